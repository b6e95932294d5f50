// Sends a list with its progress shown: it can be dropped on the form, and stopped. Without this the form posts by itself.
const form = document.querySelector("form[data-upload]");
const drop = form?.querySelector(".drop"), sending = form?.querySelector(".sending"), told = form?.querySelector(".upload-told");
if (form && drop && sending && told) {
  const input = form.querySelector("input[type=file]"), button = form.querySelector("button[type=submit]");
  const bar = sending.querySelector("progress"), count = sending.querySelector(".upload-count");
  const heard = sending.querySelector("[role=status]"), stop = sending.querySelector("button");
  const unsure = form.querySelector(".upload-unsure");
  let request = null, said = -1, sent = false;
  drop.hidden = false;

  const tell = words => { told.textContent = words; told.hidden = !words; };
  const rest = words => {
    request = null;
    sending.hidden = true;
    button.disabled = false;
    button.focus();
    tell(words);
  };
  // All of it is with the server, which may have taken it: who does not know looks before sending it again.
  const doubt = () => {
    request = null;
    sending.hidden = true;
    unsure.hidden = false;
    unsure.querySelector("a").focus();
  };
  const take = files => {
    if (files.length === 0) return;
    if (files.length > 1) return tell(form.dataset.one);
    input.files = files;
    tell("");
  };

  const holds = event => [...(event.dataTransfer?.types ?? [])].includes("Files");
  // A file that is dropped beside the form would be opened in the place of the page.
  document.addEventListener("dragover", event => { if (holds(event)) event.preventDefault(); });
  document.addEventListener("drop", event => {
    if (!holds(event)) return;
    event.preventDefault();
    drop.classList.remove("over");
    if (form.contains(event.target) && !request) take(event.dataTransfer.files);
  });
  form.addEventListener("dragenter", event => { if (holds(event)) drop.classList.add("over"); });
  form.addEventListener("dragleave", event => { if (!form.contains(event.relatedTarget)) drop.classList.remove("over"); });

  form.addEventListener("submit", event => {
    event.preventDefault();
    if (request) return;
    const file = input.files[0];
    if (file && file.size > Number(form.dataset.most)) return tell(form.dataset.large);

    tell("");
    said = -1;
    sent = false;
    stop.hidden = false;
    button.disabled = true;
    sending.hidden = false;
    bar.value = 0;
    request = new XMLHttpRequest();
    const whole = () => { sent = true; stop.hidden = true; };
    request.upload.addEventListener("load", whole);
    request.upload.addEventListener("progress", e => {
      const percent = e.total > 0 ? Math.floor(100 * e.loaded / e.total) : 0;
      bar.value = percent;
      if (percent === 100 && !sent) whole();
      count.textContent = percent < 100
        ? `${percent}% (${Math.round(e.loaded / 1e6)}/${Math.round(e.total / 1e6)} MB)` : form.dataset.checking;
      // Read out each quarter, and not at every step.
      const quarter = Math.floor(percent / 25);
      if (quarter !== said) { said = quarter; heard.textContent = percent < 100 ? `${percent}%` : form.dataset.checking; }
    });
    request.addEventListener("load", () => {
      if (request.status === 200) location.assign(request.responseURL);
      else if (request.status === 400 || request.status === 401) rest(form.dataset.refused);
      else if (request.status < 500) rest(form.dataset.denied);
      else doubt();
    });
    request.addEventListener("error", () => sent ? doubt() : rest(form.dataset.lost));
    request.addEventListener("abort", () => sent ? doubt() : rest(form.dataset.stopped));
    request.open("POST", form.action);
    request.send(new FormData(form));
    stop.focus();
  });
  stop.addEventListener("click", () => request?.abort());
}
