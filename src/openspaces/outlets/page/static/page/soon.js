// While the page is open it says by itself what this device starred or hosts and what starts within a quarter of an hour,
// wherever no message comes. Hears `met` (it is known who looks) and `drawn`; tells `announce`, and `refetch` first, for a
// page that slept may not know yet that something moved.

const board = document.getElementById("board");
const says = JSON.parse(document.getElementById("says").textContent);
const KEY = `soon ${board.dataset.event}`;
const AHEAD = 15 * 60_000;
const FRESH = 60_000;
const SETTLED = 3000;
const make = (name, facts = {}, ...inside) => {
  const element = Object.assign(document.createElement(name), facts);
  element.append(...inside);
  return element;
};
let followed = new Set();
let asked = 0;

/** What was read already: as `code slot`, in this browser alone. */
function read() {
  try { return new Set(JSON.parse(localStorage.getItem(KEY)) ?? []); } catch { return new Set(); }
}

function keep(keys) {
  try { localStorage.setItem(KEY, JSON.stringify([...read(), ...keys].slice(-50))); } catch { /* told again */ }
}

function* starting() {
  const known = read();
  for (const slot of board.querySelectorAll(".slot")) {
    const time = slot.querySelector("h2 time");
    const left = Date.parse(time?.dateTime) - Date.now();
    if (!(left > 0 && left <= AHEAD)) continue;
    for (const card of slot.querySelectorAll(".card[data-card]:has(h3)")) {
      const key = `${card.dataset.card} ${slot.id}`;
      if (followed.has(card.dataset.card) && !known.has(key)) yield { key, card, time: time.textContent };
    }
  }
}

function sentence({ card, time }) {
  const where = [".room", ".where"].map((part) => card.querySelector(part)?.textContent).filter(Boolean).join(", ");
  const facts = { "{title}": card.querySelector("h3").textContent, "{time}": time, "{room}": where };
  return says.soon.replace(/\{(title|time|room)\}/g, (name) => facts[name]);
}

function show() {
  const found = [...starting()];
  const about = found.map((each) => sentence(each)).join(" ");
  const there = document.querySelector(".starting");
  if ((there?.dataset.about ?? "") === about) return;
  if (found.length && Date.now() - asked > FRESH) { ask(); return; }
  there?.remove();
  if (!found.length) return;
  const done = make("button", { type: "button", className: "button-quiet", textContent: says.read });
  const box = make("aside", { className: "heard starting", ariaLabel: says.heard });
  box.dataset.about = about;
  box.append(
    make("ul", {}, ...found.map((each) => make("li", {}, make("a", { href: each.card.querySelector("h3 a").href, textContent: sentence(each), dir: "auto" })))),
    make("p", { className: "buttons" }, done),
  );
  done.addEventListener("click", () => { keep(found.map(({ key }) => key)); box.remove(); });
  document.getElementById("main").append(box);
  document.dispatchEvent(new CustomEvent("announce", { detail: about }));
  knock(found);
}

/** Nothing is told from an old page: it is fetched anew first, and looked at once more. */
function ask() {
  asked = Date.now();
  document.dispatchEvent(new CustomEvent("refetch"));
  setTimeout(show, SETTLED);
}

/** Somebody who looks elsewhere and allows it sees it there, unless a message comes to this browser by itself. */
async function knock(found) {
  if (!document.hidden || !("Notification" in window) || Notification.permission !== "granted") return;
  const worker = await navigator.serviceWorker?.getRegistration("/").catch(() => null);
  if (await worker?.pushManager?.getSubscription().catch(() => null)) return;
  for (const each of found) {
    const shown = { tag: `${board.dataset.event} ${each.card.dataset.card}`, data: { url: each.card.querySelector("h3 a").pathname } };
    try {
      if (worker) await worker.showNotification(sentence(each), shown);
      else new Notification(sentence(each), shown);
    } catch { /* some browsers have no such thing without a worker */ }
  }
}

document.addEventListener("met", ({ detail }) => {
  followed = new Set([...detail?.starred ?? [], ...detail?.cards ?? []]);
  show();
});
document.addEventListener("drawn", () => { if (document.querySelector(".starting")) show(); });
document.addEventListener("submit", (sent) => {
  const button = sent.target.querySelector("[data-star]");
  if (button?.getAttribute("aria-pressed") === "true") followed.add(button.dataset.star);
});
setInterval(show, 20_000);
