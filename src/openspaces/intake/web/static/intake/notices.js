// Switches messages on: asks the browser's owner, lets the browser name where it takes them, and sends the form. What
// hinders it is said in words that stand in the page already.

const part = document.getElementById("switch");
const form = document.getElementById("start");
const on = "on" in part.dataset;
const KEY = part.dataset.key;

const show = (name) => {
  for (const each of part.querySelectorAll("[data-case]")) each.hidden = each.dataset.case !== name;
};

function hindrance() {
  if (!isSecureContext) return "insecure";
  const apple = /iP(hone|ad|od)/.test(navigator.userAgent) || (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1);
  if (apple && !navigator.standalone && !matchMedia("(display-mode: standalone)").matches) return "home";
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) return "none";
  return Notification.permission === "denied" ? "denied" : "";
}

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

/** The browser's line to us; one that was made with another key of ours is of no use any more. */
async function lineNow() {
  const registration = await navigator.serviceWorker.getRegistration("/");
  const line = await registration?.pushManager.getSubscription();
  const key = line?.options?.applicationServerKey;
  return line && (!key || text(key) === KEY) ? line : null;
}

async function start() {
  if (await Notification.requestPermission() !== "granted") { show("denied"); return; }
  const registration = await navigator.serviceWorker.register("/sw.js");
  await navigator.serviceWorker.ready;
  if (!await lineNow()) await (await registration.pushManager.getSubscription())?.unsubscribe();
  const line = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(KEY) });
  form.elements.endpoint.value = line.endpoint;
  for (const name of ["p256dh", "auth"]) form.elements[name].value = text(line.getKey(name));
  form.submit();
}

form.addEventListener("submit", (sent) => {
  sent.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  start().catch(() => show("failed")).finally(() => { button.disabled = false; });
});

document.getElementById("stop")?.addEventListener("click", () => {
  lineNow().then((line) => line?.unsubscribe()).catch(() => {});
});

async function look() {
  const why = hindrance();
  const there = why ? null : await lineNow().catch(() => null);
  const lost = on && !there;
  form.hidden = Boolean(why) || (on && !lost);
  show(why || (lost ? "lost" : ""));
  const told = part.querySelector("[data-is-on]");
  if (told) told.hidden = Boolean(why) || lost;
}

look();
