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
// How old what is shown is, by this computer's even clock and from when the page was loaded: only the browser can tell
// that nothing comes any more, or that its live parts have never begun.
const lateAfter = 5000, lostAfter = 15000;
let shown = document.querySelector(".age[data-at]")?.dataset.at ?? "", since = performance.now();
setInterval(() => {
  const age = document.querySelector(".age[data-at]"), late = age?.nextElementSibling;
  if (!age) return;
  if (age.dataset.at !== shown) { shown = age.dataset.at; since = performance.now(); }
  const old = performance.now() - since;
  late.hidden = old < lateAfter;
  const words = old >= lostAfter ? (modal && !modal.hidden ? age.dataset.lost : age.dataset.still)
    : old >= lateAfter ? `${age.dataset.late} ${Math.round(old / 1000)} ${age.dataset.seconds}` : "";
  // An alert is read out whenever it changes: the count of seconds is not.
  late.setAttribute("role", old >= lostAfter ? "alert" : "none");
  if (late.textContent !== words) late.textContent = words;
}, 1000);

// A second press of a button would send again what the first is still doing: for a while it is only told so. A brake is
// pressed as often as one likes. What the page itself does with a form it does each time.
const pressAgainAfter = 60000, pressed = new WeakMap();
document.addEventListener("submit", e => {
  if (e.defaultPrevented || e.target.method !== "post" || e.submitter?.classList.contains("brake")) return;
  const now = performance.now();
  if (!(now - pressed.get(e.target)?.at < pressAgainAfter)) {
    pressed.set(e.target, { at: now });
    return;
  }
  e.preventDefault();
  const of = pressed.get(e.target);
  of.said ??= e.target.appendChild(Object.assign(document.createElement("p"), { className: "warn" }));
  of.said.setAttribute("role", "status");
  of.said.textContent = document.body.dataset.pressed;
});
addEventListener("pageshow", e => {
  if (e.persisted) document.querySelectorAll("form").forEach(f => { pressed.get(f)?.said?.remove(); pressed.delete(f); });
});

// Two minutes before the session ends it is said, with a way to stay. Another tab may have kept it alive: asked first.
const ending = document.querySelector(".session[data-left]");
if (ending) {
  const [stay, signIn] = ending.querySelectorAll("a"), warnAt = 120;
  let timer = 0;
  const plan = (left, ask) => {
    clearTimeout(timer);
    ending.hidden = left > warnAt;
    if (left > warnAt) timer = setTimeout(() => ask(ending.dataset.look), (left - warnAt) * 1000);
    else timer = setTimeout(() => ask(ending.dataset.look), Math.max(1, left) * 1000);
  };
  const over = () => {
    ending.firstElementChild.textContent = ending.dataset.over;
    stay.hidden = true;
    ending.hidden = signIn.hidden = false;
  };
  const ask = async path => {
    try {
      // Whoever is not signed in is led to another page.
      const answer = await fetch(path, { redirect: "manual" });
      const left = answer.ok ? Number(await answer.text()) : 0;
      if (left > 0) plan(left, ask); else over();
    } catch { timer = setTimeout(() => ask(ending.dataset.look), 10000); } // no connection: nothing is known
  };
  stay.addEventListener("click", e => { e.preventDefault(); ask(ending.dataset.stay); });
  plan(Number(ending.dataset.left), ask);
}

// Last, as all above is said as well where it does not begin.
Blazor.start({
  circuit: {
    reconnectionOptions: {
      maxRetries: Number.MAX_SAFE_INTEGER,
      retryIntervalMilliseconds: n => Math.min(30000, 1000 * 2 ** Math.min(n, 5)),
    },
  },
});
