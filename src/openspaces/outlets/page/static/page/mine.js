// What only this device may do: its own cards are marked, and can be moved by dragging or from a list.
// Hears `drawn`; tells `refetch`, `settled` and `announce`.

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

// Marks

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
    handle.addEventListener("click", () => chooseCell(code, title));
    own.append(handle);
  }
  return own;
}

// Asking the board

const where = (code) => document.querySelector(`#board [data-card="${code}"] .where`)?.textContent ?? "";
const length = (code) => board.querySelectorAll(`[data-card="${code}"]`).length || 1;
const cellOf = (element) => element.id.slice("cell-".length);

/** A key that makes a retry harmless. (crypto.randomUUID is missing on a plain http address in the hall.) */
function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function place(code, title, cell, more = {}) {
  const answer = await send(code, { cell: cellOf(cell), slots: length(code), where: elsewhere(cell) ? where(code) : "", ...more });
  if (!answer) { tellRefusal({ says: says.offline, free: [] }, code, title, cell); return; }
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) {
    tell("announce", says.moved.replace("{cell}", label(cell)));
    setTimeout(() => { if (body.number > Number(board.dataset.number)) tell("refetch"); }, 1500);
  } else if (body.refusal === "place-needed") {
    askWhere(code, title, cell, body.says);
  } else {
    tellRefusal(body, code, title, cell);
  }
}

/** Sends once, and twice again with the same key where the network fails; null if nothing came back. */
async function send(code, wanted) {
  const headers = { "Content-Type": "application/json", "Idempotency-Key": newKey(), "Accept-Language": document.documentElement.lang };
  const request = { method: "PUT", headers, body: JSON.stringify(wanted) };
  for (const wait of [0, 800, 2500]) {
    await new Promise((ready) => { setTimeout(ready, wait); });
    try {
      return await fetch(`/api/${event}/cards/${code}/placement`, request);
    } catch { /* try again */ }
  }
  return null;
}

// Cells in words

const elsewhere = (cell) => cell.matches(".else");
const room = (cell) => cell.querySelector(".room").textContent;
const span = (cell) => [...cell.closest(".slot").querySelectorAll("h2 time")].map((time) => time.textContent).join("–");
const label = (cell) => `${span(cell)}, ${room(cell)}`;
const over = (slot) => Date.parse(slot.querySelectorAll("h2 time")[1].dateTime) <= Date.now();
const open = (page) => [...page.querySelectorAll(".slot")].filter((slot) => !over(slot))
  .map((slot) => [slot, [...slot.querySelectorAll(".cell.free, .cell.else:has(.add)")]]).filter(([, cells]) => cells.length);

async function pageOf(day) {
  if (day === board.dataset.day) return document;
  const answer = await fetch(`/${event}/days/${day}/`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

// Dialogs

function dialog(title, ...inside) {
  const shut = make("button", { type: "button", className: "button-quiet", textContent: says.cancel });
  const heading = make("h2", { id: "dialog-title", textContent: title });
  const box = make("dialog", {}, heading, ...inside, make("p", { className: "buttons" }, shut));
  box.setAttribute("aria-labelledby", "dialog-title");
  shut.addEventListener("click", () => box.close());
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
  return box;
}

function offer(cell, text, then) {
  const button = make("button", { type: "button" }, make("bdi", { textContent: text }));
  button.addEventListener("click", () => { button.closest("dialog").close(); then(cell); });
  return make("li", {}, button);
}

async function chooseCell(code, title) {
  const list = make("div", { className: "move-list" });
  const days = [...document.querySelectorAll(".days a")];
  const parts = days.length > 1 ? [dayField(days, (day) => fill(list, code, title, day))] : [];
  dialog(says.move_title.replace("{title}", title), ...parts, list);
  await fill(list, code, title, board.dataset.day);
}

const dayOf = (link) => link.pathname.match(/days\/([^/]+)\//)[1];

function dayField(days, chosen) {
  const select = make("select", { id: "move-day" });
  select.append(...days.map((day) => new Option(day.textContent, dayOf(day), false, dayOf(day) === board.dataset.day)));
  select.addEventListener("change", () => chosen(select.value));
  return make("div", { className: "field" }, make("label", { htmlFor: "move-day", textContent: says.day }), select);
}

async function fill(list, code, title, day) {
  const slots = open(await pageOf(day).catch(() => document.implementation.createHTMLDocument("")));
  const parts = slots.map(([slot, cells]) => {
    const offers = cells.map((cell) => offer(cell, room(cell), () => place(code, title, cell)));
    return make("section", {}, make("h3", { textContent: span(slot.querySelector(".cell")) }), make("ul", { className: "offers" }, ...offers));
  });
  list.replaceChildren(...(parts.length ? parts : [make("p", { textContent: says.none_free })]));
}

async function tellRefusal(body, code, title, cell) {
  const parts = [make("p", { textContent: body.says ?? says.offline })];
  if (body.confirmable) {
    parts.push(make("ul", { className: "offers" }, offer(cell, says.anyway, () => place(code, title, cell, { confirm: true }))));
  }
  const free = await Promise.all((body.free ?? []).map(found));
  const offers = free.filter(Boolean).map((one) => offer(one, label(one), () => place(code, title, one)));
  if (offers.length) parts.push(make("p", { textContent: says.free_instead }), make("ul", { className: "offers" }, ...offers));
  dialog(says.refused, make("div", { className: "refusal" }, ...parts));
}

/** The element of a cell by its name, from the page of whatever day it is on; null if there is none. */
async function found(name) {
  const here = document.getElementById(`cell-${name}`);
  const day = [...document.querySelectorAll(".days a")].map(dayOf).find((date) => date.replaceAll("-", "").endsWith(name.split("@")[1].slice(0, 4)));
  return here ?? (day ? (await pageOf(day).catch(() => null))?.getElementById(`cell-${name}`) : null) ?? null;
}

function askWhere(code, title, cell, sentence) {
  const input = make("input", { id: "move-where", required: true, maxLength: 80, dir: "auto" });
  const field = make("div", { className: "field" }, make("label", { htmlFor: "move-where", textContent: says.where }), input);
  const form = make("form", { method: "dialog" }, field, make("p", { className: "buttons" }, make("button", { className: "button", textContent: says.move_here })));
  form.addEventListener("submit", () => place(code, title, cell, { where: input.value }));
  dialog(sentence, form);
}

// Dragging: a handle for fingers, the whole card for a mouse

const SLACK = 6;
let drag = null;

board.addEventListener("pointerdown", (press) => {
  const card = press.target.closest(".card");
  const handle = press.target.closest(".own button");
  const free = press.pointerType === "mouse" && !press.target.closest(".own");
  if (press.button !== 0 || !card?.querySelector(".own button") || !(handle || free)) return;
  drag = { card, press, moved: false, target: null };
});

addEventListener("pointermove", (move) => {
  if (!drag || move.pointerId !== drag.press.pointerId) return;
  if (!drag.moved && Math.hypot(move.x - drag.press.x, move.y - drag.press.y) < SLACK) return;
  if (!drag.moved) lift();
  carry(move);
});

addEventListener("pointerup", () => { if (drag?.moved) drop(drag.target); else drag = null; });
addEventListener("pointercancel", () => drop(null));
addEventListener("keydown", (key) => { if (key.key === "Escape") drop(null); });
board.addEventListener("dragstart", (start) => start.preventDefault());

function lift() {
  drag.moved = true;
  drag.ghost = drag.card.cloneNode(true);
  drag.ghost.querySelector(".own")?.remove();
  drag.ghost.classList.add("dragging");
  document.body.append(drag.ghost);
  drag.card.classList.add("lifted");
  getSelection()?.removeAllRanges();
}

function carry({ x, y }) {
  drag.ghost.style.transform = `translate(${x + 8}px, ${y + 8}px)`;
  const under = document.elementFromPoint(x, y);
  const cell = under?.closest("#board .cell.free, #board .cell.else");
  const target = cell && !over(cell.closest(".slot")) ? cell : null;
  if (target !== drag.target) {
    drag.target?.classList.remove("target");
    target?.classList.add("target");
    drag.target = target;
  }
  springOpen(under?.closest("details.open:not([open])"));
  scrollNear(x, y);
}

/** On a phone free rooms hide behind their line; holding a card over it opens it. */
function springOpen(line) {
  if (line === drag.over) return;
  clearTimeout(drag.opening);
  drag.over = line;
  if (line) drag.opening = setTimeout(() => { line.open = true; }, 400);
}

function scrollNear(x, y) {
  const edge = 60;
  const box = board.getBoundingClientRect();
  const by = (at, from, to) => (at < from + edge ? -14 : at > to - edge ? 14 : 0);
  board.scrollBy(by(x, box.left, box.right), by(y, box.top, Math.min(box.bottom, innerHeight)));
  scrollBy(0, by(y, 0, innerHeight));
}

function drop(target) {
  if (!drag) return;
  const { card, ghost, opening, moved } = drag;
  clearTimeout(opening);
  ghost?.remove();
  card.classList.remove("lifted");
  drag.target?.classList.remove("target");
  drag = null;
  if (moved) swallowClick();
  tell("settled");
  if (target) place(card.dataset.card, card.querySelector("h3").textContent, target);
}

/** The click that follows a drag is no click. */
function swallowClick() {
  const swallow = (click) => { click.preventDefault(); click.stopPropagation(); };
  addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", swallow, { capture: true }), 50);
}

// Who am I

async function meet() {
  const answer = await fetch(`/${event}/me`, { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.ok) me = { ...me, ...await answer.json() };
  mark();
}

document.addEventListener("drawn", mark);
addEventListener("pageshow", (shown) => { if (shown.persisted) meet(); });
meet();
