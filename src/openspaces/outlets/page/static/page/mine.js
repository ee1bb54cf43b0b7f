// What only this device may do: its own cards are marked and can be edited and moved; staff may move every card; and a
// bar says which card waits for its host. Hears `drawn` and `news`; tells `choose` when a card is to be moved to a cell
// from a list, and `met` once it knows who looks.

const board = document.getElementById("board");
const says = JSON.parse(document.getElementById("says").textContent);
const event = board.dataset.event;
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
const make = (name, facts = {}, ...inside) => {
  const element = Object.assign(document.createElement(name), facts);
  element.append(...inside);
  return element;
};
const seconds = (from, to) => 1000 * (from + Math.random() * (to - from));
const LATER = `later ${event}`;
let me = { role: null, cards: [], bar: null };

function mark() {
  const agenda = "hour" in board.dataset;
  for (const card of document.querySelectorAll("#board .card:not(.more), #beneath .card")) {
    const mine = me.cards.includes(card.dataset.card);
    if ((mine || me.role) && !card.querySelector(".own")) card.append(tools(card, mine, !agenda));
    card.classList.toggle("mine", mine);
  }
  for (const claim of document.querySelectorAll("#board [data-claim]")) {
    if (me.cards.includes(claim.dataset.claim) && !claim.querySelector(".yours")) {
      claim.append(" ", make("small", { className: "yours", textContent: says.mine }));
    }
  }
}

function tools(card, mine, movable) {
  const code = card.dataset.card;
  const title = card.querySelector("h3").textContent;
  const own = make("p", { className: "own" });
  if (mine) own.append(make("span", { textContent: says.mine }));
  own.append(make("a", { href: `/${event}/cards/${code}/edit/`, textContent: says.edit, ariaLabel: `${says.edit}: ${title}` }));
  if (movable) {
    const handle = make("button", { type: "button", textContent: says.move, ariaLabel: `${says.move} ${title}` });
    handle.addEventListener("click", () => tell("choose", { code, title }));
    own.append(handle);
  }
  return own;
}

// The bar

function remembered() {
  try { return sessionStorage.getItem(LATER); } catch { return null; }
}

function putOff(about) {
  try { sessionStorage.setItem(LATER, about); } catch { /* a private window asks again */ }
  document.querySelector(".needs-me")?.remove();
}

function showBar() {
  const facts = me.bar;
  const about = facts ? `${facts.card} ${facts.why}` : "";
  const there = document.querySelector(".needs-me");
  if (there?.dataset.about === about) return;
  there?.remove();
  if (!facts || remembered() === about) return;
  const bar = make("aside", { className: "needs-me", ariaLabel: facts.says });
  bar.dataset.about = about;
  const later = make("button", { type: "button", className: "button-quiet", textContent: facts.later });
  later.addEventListener("click", () => putOff(about));
  bar.append(
    make("p", {}, make("b", { textContent: facts.says }), " ", make("bdi", { textContent: facts.why }), " ", facts.more),
    make("p", { className: "buttons" }, make("a", { className: "button", href: facts.url, textContent: facts.open }), later),
  );
  document.getElementById("main").prepend(bar);
  tell("announce", `${facts.says} ${facts.why}`);
}

// Asking who looks: at first, after news, and now and then, for time passes too

let meeting = 0;
let due = Infinity;

async function meet() {
  due = Infinity;
  const address = `/${event}/me?lang=${document.documentElement.lang}`;
  const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.ok) me = { ...me, ...await answer.json() };
  document.documentElement.classList.toggle("staff", Boolean(me.role));
  for (const each of document.querySelectorAll("[data-staff]")) each.hidden = !me.role;
  mark();
  showBar();
  tell("met");
}

function meetIn(wait) {
  if (!me.cards.length || Date.now() + wait > due) return;
  due = Date.now() + wait;
  clearTimeout(meeting);
  meeting = setTimeout(meet, wait);
}

/** News that show a card of mine are asked about at once; others may be about one too, such as what a host asks. */
function hear({ detail }) {
  const about = detail.cells.some(({ html }) => me.cards.some((code) => html.includes(code)));
  meetIn(about ? seconds(0.1, 1) : seconds(3, 8));
}

document.addEventListener("drawn", mark);
document.addEventListener("news", hear);
document.addEventListener("fresh-page", () => meetIn(seconds(0.1, 1)));
addEventListener("pageshow", (shown) => { if (shown.persisted) meet(); });
setInterval(() => { if (!document.hidden) meetIn(seconds(0, 10)); }, 60_000);
meet();
