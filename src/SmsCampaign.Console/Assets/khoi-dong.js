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

// How old what is shown is, by this computer's even clock: only the browser can tell that nothing comes any more.
const lateAfter = 5000, lostAfter = 15000;
let shown = "", since = performance.now();
setInterval(() => {
  const age = document.querySelector(".age[data-at]"), late = age?.nextElementSibling;
  if (!age || document.querySelector("[data-live=false]")) return;
  if (age.dataset.at !== shown) { shown = age.dataset.at; since = performance.now(); }
  const old = performance.now() - since;
  late.hidden = old < lateAfter;
  const words = old >= lostAfter ? age.dataset.lost
    : old >= lateAfter ? `${age.dataset.late} ${Math.round(old / 1000)} ${age.dataset.seconds}` : "";
  // An alert is read out whenever it changes: the count of seconds is not.
  late.setAttribute("role", old >= lostAfter ? "alert" : "none");
  if (late.textContent !== words) late.textContent = words;
}, 1000);
