// Asks the board to move a card, tells what it answers, and offers free cells in a list.
// Hears `choose` (from a list) and `place` (on a cell); tells `refetch` and `announce`.

const board = document.getElementById("board");
const says = JSON.parse(document.getElementById("says").textContent);
const event = board.dataset.event;
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
const make = (name, facts = {}, ...inside) => {
  const element = Object.assign(document.createElement(name), facts);
  element.append(...inside);
  return element;
};

// Asking the board

const where = (code) => document.querySelector(`#board [data-card="${code}"] .where`)?.textContent ?? "";
const length = (code) => board.querySelectorAll(`[data-card="${code}"], .contested [data-claim="${code}"]`).length || 1;
const cellOf = (element) => element.id.slice("cell-".length);

/** A key that makes a retry harmless. (crypto.randomUUID is missing on a plain http address in the hall.) */
function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function place(code, title, chosen, more = {}) {
  const cell = document.getElementById(chosen.id) ?? chosen; // news may have drawn it anew since it was offered
  const named = label(cell); // and again before the answer comes
  const left = board.querySelector(`[data-card="${code}"]`)?.closest(".cell")?.id;
  const answer = await send(code, { cell: cellOf(cell), slots: length(code), where: elsewhere(cell) ? where(code) : "", ...more });
  if (!answer) { tellRefusal({ says: says.offline, free: [] }, code, title, cell); return; }
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) {
    tell("announce", says.moved.replace("{cell}", named));
    goAlong(code, cell.id, left);
    setTimeout(() => { if (body.number > Number(board.dataset.number)) tell("refetch"); }, 1500);
  } else if (body.refusal === "place-needed") {
    askWhere(code, title, cell, body.says);
  } else {
    tellRefusal(body, code, title, cell);
  }
}

/** The focus goes with a card that was moved from under it, unless it has gone on to something else meanwhile. */
function goAlong(code, to, left) {
  const arrive = () => {
    const card = document.getElementById(to)?.querySelector(`[data-card="${code}"]`);
    if (!card) return;
    document.removeEventListener("drawn", arrive);
    setTimeout(() => { if (left && document.activeElement.closest(".cell")?.id === left) (card.querySelector(".own button") ?? card.querySelector("a")).focus(); });
  };
  document.addEventListener("drawn", arrive);
  arrive();
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
  const answer = await fetch(`/${event}/days/${day}/?lang=${document.documentElement.lang}`);
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

/** Shows the free cells of a day. Until they are there none can be taken, and of two days chosen the last is shown. */
async function fill(list, code, title, day) {
  list.replaceChildren(make("p", { className: "soft", role: "status", textContent: says.wait }));
  list.dataset.day = day;
  const slots = open(await pageOf(day).catch(() => document.implementation.createHTMLDocument("")));
  if (list.dataset.day !== day) return;
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

document.addEventListener("choose", ({ detail }) => chooseCell(detail.code, detail.title));
document.addEventListener("place", ({ detail }) => place(detail.code, detail.title, detail.cell));
