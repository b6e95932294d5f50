// Uses a passkey of the device: for signing in, or to make a new one. Without this the forms are not shown.
const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), letter => letter.charCodeAt(0));
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const named = keys => (keys ?? []).map(key => ({ ...key, id: bytes(key.id) }));

const use = async (form, options) => {
  options.challenge = bytes(options.challenge);
  if (form.dataset.passkey === "make") {
    options.user.id = bytes(options.user.id);
    options.excludeCredentials = named(options.excludeCredentials);
    return navigator.credentials.create({ publicKey: options });
  }
  options.allowCredentials = named(options.allowCredentials);
  return navigator.credentials.get({ publicKey: options });
};

const answer = credential => {
  const { response } = credential, given = { clientDataJSON: text(response.clientDataJSON) };
  if (response.attestationObject) {
    given.attestationObject = text(response.attestationObject);
    given.transports = response.getTransports?.() ?? [];
  } else {
    given.authenticatorData = text(response.authenticatorData);
    given.signature = text(response.signature);
    if (response.userHandle) given.userHandle = text(response.userHandle);
  }
  return JSON.stringify({
    id: credential.id, rawId: credential.id, type: credential.type, response: given, clientExtensionResults: {},
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
  });
};

const begin = form => {
  const told = form.querySelector(".passkey-told"), button = form.querySelector("button");
  const sent = document.getElementById(form.dataset.send);
  const tell = words => { told.textContent = words; told.hidden = !words; };
  form.addEventListener("submit", async event => {
    event.preventDefault();
    if (button.disabled) return;
    tell("");
    button.disabled = true;
    try {
      const asked = await fetch(form.dataset.ask, {
        method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual",
      });
      if (asked.status === 422) tell(await asked.text());
      else if (asked.status === 429) tell(form.dataset.many);
      else if (!asked.ok) tell(form.dataset.stale);
      else {
        sent.elements["Key.Credential"].value = answer(await use(form, await asked.json()));
        sent.submit();
        return;
      }
    } catch { tell(form.dataset.failed); } // nobody confirmed it, or there is no connection
    button.disabled = false;
  });
  form.closest("[data-passkeys]").hidden = false;
};

if (window.isSecureContext && window.PublicKeyCredential)
  for (const form of document.querySelectorAll("form[data-passkey]")) begin(form);
