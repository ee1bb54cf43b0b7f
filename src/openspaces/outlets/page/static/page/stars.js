// One tap says "I'd come", another takes it back. What this device starred is laid over the page, which is the same for
// everyone. Hears `met` (it is known who looks) and `drawn`; on a page without a board it asks by itself.

const board = document.getElementById("board");
const event = (board ?? document.getElementById("card")).dataset.event;
const language = document.documentElement.lang;
const starred = new Set();
let calendar = "";

function show() {
  for (const button of document.querySelectorAll("[data-star]")) {
    button.setAttribute("aria-pressed", String(starred.has(button.dataset.star)));
  }
  showCalendar();
}

/** What is starred as a calendar of one's own, at its secret address. */
function showCalendar() {
  const offer = document.getElementById("my-calendar");
  if (!offer) return;
  offer.hidden = !(calendar && starred.size);
  if (offer.hidden) return;
  const webcal = calendar.replace(/^https?:/, "webcal:");
  const google = `https://calendar.google.com/calendar/render?cid=${encodeURIComponent(webcal)}`;
  const as = { webcal, google, file: calendar };
  for (const link of offer.querySelectorAll("[data-as]")) link.href = as[link.dataset.as];
}

function learn(me) {
  starred.clear();
  me.starred?.forEach((code) => starred.add(code));
  calendar = me.calendar ?? calendar;
  show();
}

/** A key that makes a retry harmless. (crypto.randomUUID is missing on a plain http address in the hall.) */
function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Sends once, and twice again with the same key where the network fails; whether it is done. */
async function send(code, method) {
  const headers = { "Idempotency-Key": newKey(), "Accept-Language": language };
  for (const wait of [0, 800, 2500]) {
    await new Promise((ready) => { setTimeout(ready, wait); });
    try {
      return (await fetch(`/api/${event}/cards/${code}/star`, { method, headers })).ok;
    } catch { /* try again */ }
  }
  return false;
}

/** One after the other: the first answer makes the device known, and of two taps the last one counts. */
let line = Promise.resolve();

function inLine(code, method) {
  line = line.then(() => send(code, method));
  return line;
}

/** The button shows at once what was meant. What cannot be done is left to the form, whose page says why. */
async function toggle(form, code) {
  const on = !starred.has(code);
  mark(code, on);
  if (await inLine(code, on ? "PUT" : "DELETE")) {
    if (!board) setTimeout(count, 1500);
    if (!calendar) learnCalendar();
    return;
  }
  mark(code, !on);
  form.submit();
}

async function ask() {
  const answer = await fetch(`/${event}/me?lang=${language}`, { headers: { Accept: "application/json" } }).catch(() => null);
  return answer?.ok ? answer.json() : null;
}

/** The first star makes the device known, and only then it has a calendar. */
async function learnCalendar() {
  calendar = (await ask())?.calendar ?? "";
  showCalendar();
}

function mark(code, on) {
  if (on) starred.add(code); else starred.delete(code);
  show();
}

/** Pages that hear no news look once at what was counted. */
async function count() {
  const answer = await fetch(location.href, { cache: "no-cache" }).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("stars");
  const here = document.getElementById("stars");
  if (fresh && here) here.replaceWith(fresh);
}

document.addEventListener("submit", (sent) => {
  const button = sent.target.querySelector("[data-star]");
  if (!button) return;
  sent.preventDefault();
  toggle(sent.target, button.dataset.star);
});
for (const form of document.querySelectorAll("[data-once]")) {
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "key", value: newKey() }));
}
document.addEventListener("met", ({ detail }) => learn(detail ?? {}));
document.addEventListener("drawn", show);
show();
if (!board) ask().then((me) => { if (me) learn(me); });
