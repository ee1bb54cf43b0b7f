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
const HEARD = `heard ${event}`;
let me = { role: null, cards: [], bar: null, starred: [], heard: [] };

function mark() {
  const movable = board.matches(".grid");
  for (const card of document.querySelectorAll("#board .card:not(.more), #beneath .card")) {
    const mine = me.cards.includes(card.dataset.card);
    if ((mine || me.role) && !card.querySelector(".own")) card.append(tools(card, mine, movable));
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
  if (me.role && !movable) own.append(make("a", { href: `/${event}/desk/cards/${code}/`, textContent: says.desk, ariaLabel: `${says.desk}: ${title}` }));
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

/** The cell that is offered first, to be had from here. */
function oneTap({ take, url }) {
  if (!take) return [];
  const form = make("form", { method: "post", action: url });
  for (const name of ["do", "slots"]) form.append(make("input", { type: "hidden", name, value: take[name] }));
  form.append(make("button", { className: "button", name: "cell", value: take.cell, textContent: take.says }));
  return [form];
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
    make("div", { className: "buttons" }, ...oneTap(facts), make("a", { className: facts.take ? "button-quiet" : "button", href: facts.url, textContent: facts.open }), later),
  );
  document.getElementById("main").prepend(bar);
  tell("announce", `${facts.says} ${facts.why}`);
}

// What is new for this device, of what it starred and of what it hosts: told until it was read

function readTo() {
  try { return Number(localStorage.getItem(HEARD)); } catch { return 0; }
}

function showHeard() {
  const fresh = me.heard.filter(({ at }) => Date.parse(at) > readTo());
  const there = document.querySelector(".heard");
  const about = fresh.map(({ at, says: text }) => `${at} ${text}`).join();
  if (there?.dataset.about === about) return;
  there?.remove();
  if (!fresh.length) return;
  const read = make("button", { type: "button", className: "button-quiet", textContent: says.read });
  const box = make("aside", { className: "heard", ariaLabel: says.heard }, make("h2", { textContent: says.heard }));
  box.dataset.about = about;
  box.append(
    make("ul", {}, ...fresh.map(({ url, says: text }) => make("li", {}, make("a", { href: url, textContent: text, dir: "auto" })))),
    make("p", { className: "buttons" }, read),
  );
  read.addEventListener("click", () => {
    try { localStorage.setItem(HEARD, Math.max(...fresh.map(({ at }) => Date.parse(at)))); } catch { /* told again */ }
    box.remove();
  });
  document.getElementById("notices").after(box);
  tell("announce", fresh.map(({ says: text }) => text).join(" "));
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
  showHeard();
  tell("met", me);
}

function meetIn(wait) {
  if (!(me.cards.length || me.starred.length) || Date.now() + wait > due) return;
  due = Date.now() + wait;
  clearTimeout(meeting);
  meeting = setTimeout(meet, wait);
}

/** News that show a card of mine are asked about at once; others may be about one too, such as what a host asks. Those
 * who would come to a card are many, so they do not ask all at once. */
function hear({ detail }) {
  if (detail.quiet) return;
  const about = detail.cells.some(({ html }) => me.cards.some((code) => html.includes(code)));
  if (about || me.cards.length) meetIn(about ? seconds(0.1, 1) : seconds(3, 8));
  else if (detail.cells.some(({ html }) => me.starred.some((code) => html.includes(code)))) meetIn(seconds(1, 12));
}

document.addEventListener("drawn", mark);
document.addEventListener("news", hear);
document.addEventListener("fresh-page", () => meetIn(seconds(0.1, 1)));
addEventListener("pageshow", (shown) => { if (shown.persisted) meet(); });
setInterval(() => { if (!document.hidden) meetIn(seconds(0, 10)); }, 60_000);
meet();
