// What only this device may do: its own cards are marked and can be edited and moved; staff may move every card.
// Hears `drawn`; tells `choose` when a card is to be moved to a cell from a list.

const board = document.getElementById("board");
const says = JSON.parse(document.getElementById("says").textContent);
const event = board.dataset.event;
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
const make = (name, facts = {}, ...inside) => {
  const element = Object.assign(document.createElement(name), facts);
  element.append(...inside);
  return element;
};
let me = { role: null, cards: [] };

function mark() {
  const agenda = "hour" in board.dataset;
  for (const card of document.querySelectorAll("#board .card:not(.more), #beneath .card")) {
    const mine = me.cards.includes(card.dataset.card);
    if ((mine || me.role) && !card.querySelector(".own")) card.append(tools(card, mine, !agenda));
    card.classList.toggle("mine", mine);
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

async function meet() {
  const answer = await fetch(`/${event}/me`, { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.ok) me = { ...me, ...await answer.json() };
  mark();
}

document.addEventListener("drawn", mark);
addEventListener("pageshow", (shown) => { if (shown.persisted) meet(); });
meet();
