// Reads the fields of a form as one types, and never writes them: they belong to the browser.
export function watch(formId, page) {
  const form = document.getElementById(formId);
  if (!form) return { stop() {} };
  let timer = 0, number = 0, composing = false, stopped = false;
  const send = () => {
    timer = 0;
    if (stopped) return;
    const values = {};
    for (const [name, value] of new FormData(form)) {
      if (!name.startsWith("f:")) continue;
      const path = name.slice(2);
      values[path] = path in values ? values[path] + "\n" + value : value;
    }
    page.invokeMethodAsync("Check", ++number, values).catch(() => {});
  };
  const later = () => { clearTimeout(timer); timer = setTimeout(send, 400); };
  const on = [
    ["input", () => { if (!composing) later(); }],
    ["change", later],
    ["compositionstart", () => { composing = true; }],
    ["compositionend", () => { composing = false; later(); }],
  ];
  for (const [event, heed] of on) form.addEventListener(event, heed);
  send();
  return { stop() { stopped = true; clearTimeout(timer); for (const [event, heed] of on) form.removeEventListener(event, heed); } };
}
