// A form is sent once its board can be reached: without a network the page stays, says so, and keeps what was typed, where
// the browser's own error page would stand instead. Forms that another script sends are left to it.
const PATIENCE = 8_000;
const unsent = document.getElementById("unsent");
const reached = new WeakSet();
const asking = new WeakSet();

document.addEventListener("submit", (submit) => {
  const form = submit.target;
  if (submit.defaultPrevented || form.method !== "post" || reached.delete(form)) return;
  submit.preventDefault();
  if (!asking.has(form)) send(form, submit.submitter);
});

async function send(form, button) {
  asking.add(form);
  const there = await reach();
  asking.delete(form);
  form.querySelector("[data-unsent]")?.remove();
  if (!there) { form.append(refusal()); return; }
  reached.add(form);
  form.requestSubmit(button);
}

function reach() {
  const asked = fetch(import.meta.url, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
  return asked.then(() => true, () => false);
}

function refusal() {
  const box = Object.assign(document.createElement("div"), { className: "refusal", role: "alert" });
  box.dataset.unsent = "";
  box.append(Object.assign(document.createElement("p"), { textContent: unsent.textContent }));
  return box;
}
