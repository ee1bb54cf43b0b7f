// Passkeys: what the browser makes or signs goes into the form's field `credential`. A form says which it wants:
// data-passkey="create", with what the server asks for in data-options; or "get", for which it is fetched when needed,
// so that looking at the page makes no session.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

function text(buffer) {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}

const known = (list) => (list ?? []).map((each) => ({ ...each, id: bytes(each.id) }));

async function create({ publicKey: asked }) {
  const user = { ...asked.user, id: bytes(asked.user.id) };
  const publicKey = { ...asked, user, challenge: bytes(asked.challenge), excludeCredentials: known(asked.excludeCredentials) };
  const made = await navigator.credentials.create({ publicKey });
  const { attestationObject, clientDataJSON } = made.response;
  return { ...named(made), response: { attestationObject: text(attestationObject), clientDataJSON: text(clientDataJSON) } };
}

async function get({ publicKey: asked }) {
  const publicKey = { ...asked, challenge: bytes(asked.challenge), allowCredentials: known(asked.allowCredentials) };
  const signed = await navigator.credentials.get({ publicKey });
  const { authenticatorData, clientDataJSON, signature, userHandle } = signed.response;
  const parts = Object.entries({ authenticatorData, clientDataJSON, signature, userHandle });
  return { ...named(signed), response: Object.fromEntries(parts.filter(([, part]) => part).map(([name, part]) => [name, text(part)])) };
}

const named = (credential) => ({
  id: credential.id,
  rawId: text(credential.rawId),
  type: credential.type,
  clientExtensionResults: credential.getClientExtensionResults(),
});

async function asked(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return (await answer.json()).request_options;
}

async function send(form) {
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  try {
    const credential = await (form.dataset.passkey === "create" ? create : get)(await asked(form));
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  } catch {
    failed.hidden = false; // refused by the person or the device; which of them, browsers do not tell
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  document.querySelector("[data-passkey-none]")?.remove();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
}
