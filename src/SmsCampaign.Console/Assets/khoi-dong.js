// Begins the live parts of a page. A page works without them: they only bring what is shown up to date.
const modal = document.getElementById("components-reconnect-modal");
modal?.addEventListener("components-reconnect-state-changed", e => {
  const state = e.detail.state;
  if (state === "rejected" || state === "resume-failed") {
    // A page with a form keeps what was typed: the form still posts without the circuit.
    if (document.querySelector("form[data-keep]")) modal.textContent = modal.dataset.kept;
    else location.reload();
  } else modal.hidden = state === "hide";
});
Blazor.start({
  circuit: {
    reconnectionOptions: {
      maxRetries: Number.MAX_SAFE_INTEGER,
      retryIntervalMilliseconds: n => Math.min(30000, 1000 * 2 ** Math.min(n, 5)),
    },
  },
});
