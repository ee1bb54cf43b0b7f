// The desk without reloading: a form with `data-quick` is sent from here, and what changed is put in its place, so that
// nothing moves under the finger, the focus stays, and what was half typed is kept.
// Hears `fresh` (a page or part, as a document); tells `answered` after an answer of one's own was put in place.

const desk = document.getElementById("desk");
const told = document.getElementById("told");
const news = document.getElementById("news");
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

const tab = document.querySelector(".tabs [aria-current]");
const box = tab?.getBoundingClientRect();
if (tab) tab.parentElement.scrollLeft += box.left + box.width / 2 - innerWidth / 2; // on a phone not all of them fit

if (!location.hash && !document.querySelector(".given, .refusal")) firstEmpty()?.focus();

function firstEmpty() {
  return [...document.querySelectorAll("[data-first] input:not([type=hidden])")].find((field) => !field.value);
}

// Sending

document.addEventListener("submit", (submit) => {
  const form = submit.target;
  if (!form.matches("[data-quick]") || submit.defaultPrevented) return;
  submit.preventDefault();
  if (!form.dataset.sending) send(form, submit.submitter);
});

async function send(form, button) {
  form.dataset.sending = "1";
  const fields = new URLSearchParams(new FormData(form));
  if (button?.name) fields.append(button.name, button.value);
  try {
    const answer = await fetch(button?.hasAttribute("formaction") ? button.formAction : form.action, { method: "POST", body: fields });
    take(answer, new DOMParser().parseFromString(await answer.text(), "text/html"), form, button);
  } catch {
    say(desk.dataset.offline);
  } finally {
    delete form.dataset.sending;
  }
}

function take(answer, page, form, button) {
  if (answer.redirected && new URL(answer.url).pathname !== location.pathname) {
    location.assign(answer.url);
  } else if (page.getElementById("told")) {
    show(...page.getElementById("told").childNodes);
    place(page, true);
    tell("answered");
  } else {
    sendForReal(form, button); // a page that asks for something first
  }
}

function sendForReal(form, button) {
  delete form.dataset.quick;
  form.requestSubmit(button ?? undefined);
}

function say(words) {
  const box = Object.assign(document.createElement("div"), { className: "refusal told", role: "alert" });
  const away = Object.assign(document.createElement("button"), { type: "button", className: "dismiss", ariaLabel: desk.dataset.away });
  away.dataset.dismiss = "";
  box.append(Object.assign(document.createElement("p"), { textContent: words }), away);
  show(box);
}

/** While one stays on the page, what is said stands where it moves nothing. */
function show(...said) {
  told.classList.add("floats");
  told.replaceChildren(...said);
}

document.addEventListener("click", ({ target }) => { if (target.closest("[data-dismiss]")) told.replaceChildren(); });

// Putting in place

const parts = () => [...document.querySelectorAll("[data-part][id]")];
let pressed = false;
let touched = 0;
let moved = 0;
let shifted = 0;
let waiting = null;

addEventListener("pointerdown", () => { pressed = true; }, true);
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => { pressed = false; touched = Date.now(); }, true);
addEventListener("pointermove", ({ pointerType }) => { if (pointerType === "mouse") moved = Date.now(); }, { passive: true });
addEventListener("keydown", () => { touched = Date.now(); }, true);
addEventListener("click", (click) => {
  if (Date.now() - shifted > 400 || !click.isTrusted || click.detail === 0 || !click.target.closest("[data-part]")) return;
  click.preventDefault(); // what is there now was not there when the finger set out
  click.stopPropagation();
}, true);

/** Somebody is about to press something: what comes by itself waits a moment. */
function busy() {
  const now = Date.now();
  const aims = now - moved < 2500 && document.querySelector("[data-part] :is(button, summary, input):hover");
  return pressed || now - touched < 600 || Boolean(aims);
}

function place(page, own = false) {
  if (!own && busy()) { waiting = page; return; }
  waiting = null;
  const before = new Set(ids());
  held(() => {
    for (const part of parts()) {
      const fresh = page.getElementById(part.id);
      if (fresh) become(part, fresh);
    }
  }, own);
  arrived(before);
}

setInterval(() => { if (waiting) place(waiting); }, 250);
document.addEventListener("fresh", ({ detail }) => place(detail));

const ids = () => [...document.querySelectorAll("#desk [data-item]")].map((item) => item.id);

function arrived(before) {
  const fresh = ids().filter((id) => !before.has(id)).map((id) => document.getElementById(id));
  for (const item of fresh) {
    item.classList.add("arrived");
    setTimeout(() => item.classList.remove("arrived"), 2500);
  }
  if (fresh.length && news) news.textContent = news.dataset.says.replace("{what}", fresh[0].querySelector(".says")?.textContent ?? "");
}

/** Does work that changes the page, and keeps what has the focus, or what one looks at, where it is. */
function held(work, own) {
  const anchor = document.activeElement?.closest("[data-item]") ?? document.querySelector("[data-item]:hover") ?? firstSeen();
  const next = anchor && neighbours(anchor);
  const had = anchor?.contains(document.activeElement);
  const before = anchor?.getBoundingClientRect().top;
  work();
  if (anchor?.isConnected) {
    const by = anchor.getBoundingClientRect().top - before;
    if (by) scrollBy({ top: by, behavior: "instant" });
    if (!own && Math.abs(anchor.getBoundingClientRect().top - before) > 4) shifted = Date.now();
  } else if (had) {
    const onward = next.find((item) => item.isConnected) ?? document.getElementById("nothing") ?? document.querySelector("#desk h1");
    onward?.focus({ preventScroll: touched > 0 && !onward.matches("[data-item]") });
  }
}

const firstSeen = () => [...document.querySelectorAll("[data-item]")].find((item) => item.getBoundingClientRect().bottom > 60);

/** The items after it, then those before it. */
function neighbours(item) {
  const all = [...document.querySelectorAll("#desk [data-item]")];
  const at = all.indexOf(item);
  return [...all.slice(at + 1), ...all.slice(0, at).reverse()];
}

// One element becomes another, as far as it has to: fields that were typed in and details that were opened stay so.

function become(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeType !== Node.ELEMENT_NODE) { old.nodeValue = fresh.nodeValue; return; }
  const typed = "defaultValue" in old && old.value !== old.defaultValue;
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !(name === "open" && old.matches("details"))) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value && !(typed && name === "value")) old.setAttribute(name, value);
  }
  if (!typed || !old.matches("textarea")) children(old, fresh);
}

function children(old, fresh) {
  let here = old.firstChild;
  for (const wanted of [...fresh.childNodes]) {
    const found = match(old, here, wanted);
    if (!found) {
      old.insertBefore(document.importNode(wanted, true), here);
      continue;
    }
    while (here !== found && here && !stays(here, fresh)) { const gone = here; here = here.nextSibling; gone.remove(); }
    if (here === found) here = here.nextSibling;
    else old.insertBefore(found, here);
    become(found, wanted);
  }
  while (here) { const gone = here; here = here.nextSibling; gone.remove(); }
}

/** What in `old` is the same thing as `wanted`: of the same id, or without one the next of its kind. */
function match(old, here, wanted) {
  if (wanted.id) return [...old.children].find((child) => child.id === wanted.id && child.nodeName === wanted.nodeName);
  for (let each = here; each; each = each.nextSibling) {
    if (each.id) continue;
    if (each.nodeName === wanted.nodeName) return each;
    if (each.nodeType === Node.ELEMENT_NODE) return null;
  }
  return null;
}

const stays = (node, fresh) => Boolean(node.id) && [...fresh.children].some((child) => child.id === node.id);
