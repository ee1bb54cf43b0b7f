// The board in the browser: marks the hour, finds cards, and puts news in their place without moving the reader.
// Hears `news` (cells and sentences), `fresh-page` (the whole page anew) and `settled` (nothing is being dragged).
// Tells `drawn` after cells were put in place, and `hour-over` when the present slot has changed.

const board = document.getElementById("board");
const says = JSON.parse(document.getElementById("says").textContent);
const news = document.getElementById("news");
const wide = matchMedia("(min-width: 700px)");
const LIVE = "[id^=cell-], [id^=open-], #notices, #beneath li[id], li[id^=contest-]"; // what the server draws anew
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

// The hour

const times = (slot) => [...slot.querySelectorAll("h2 time")].map((time) => Date.parse(time.dateTime));
let present = "";

function markHour() {
  const now = Date.now();
  for (const slot of board.querySelectorAll(".slot")) {
    const [starts, ends] = times(slot);
    slot.classList.toggle("past", ends <= now);
    slot.classList.toggle("now", starts <= now && now < ends);
    markNow(slot, (now - starts) / (ends - starts));
  }
  const here = [...board.querySelectorAll(".slot.now, .slot.past")].map((slot) => slot.className + slot.id).join();
  if (present && here !== present) tell("hour-over");
  present = here || "none";
}

function markNow(slot, share) {
  if ("hour" in board.dataset) return; // the page of the hour says by itself which is which
  slot.querySelectorAll(".now-mark, .hour").forEach((old) => old.remove());
  if (!slot.classList.contains("now")) return;
  const mark = Object.assign(document.createElement("span"), { className: "now-mark", textContent: says.now });
  slot.querySelector("h2").append(" ", mark);
  const line = Object.assign(document.createElement("div"), { className: "hour" });
  line.style.insetBlockStart = `${(share * 100).toFixed(1)}%`;
  slot.append(line);
}

function goToPresent() {
  const slot = board.querySelector(".slot.now") ?? (board.querySelector(".slot.past") && board.querySelector(".slot:not(.past)"));
  if (!slot || location.hash || scrollY > 0 || !slot.previousElementSibling?.matches(".slot")) return;
  const heads = board.querySelector(".heads")?.offsetHeight ?? 0;
  if (wide.matches) board.scrollTop += slot.getBoundingClientRect().top - board.getBoundingClientRect().top - heads;
  else slot.scrollIntoView();
}

function showZone() {
  const zone = document.getElementById("zone");
  const first = board.querySelector("time")?.dateTime;
  if (!zone || !first) return;
  const there = first.endsWith("Z") ? "+00:00" : first.slice(-6);
  const [hours, minutes] = there.slice(1).split(":").map(Number);
  const offset = (there[0] === "-" ? 1 : -1) * (hours * 60 + minutes);
  zone.textContent = says.zone.replace("{zone}", zone.dataset.zone.replaceAll("_", " "));
  zone.hidden = new Date(first).getTimezoneOffset() === offset;
}

function showWindow() {
  for (const [name, line] of [["opens", "[data-opens]"], ["closes", "[data-closes]"]]) {
    document.querySelectorAll(line).forEach((each) => { each.hidden = Date.parse(each.dataset[name]) < Date.now(); });
  }
}

// Finding

const filter = document.getElementById("filter");
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function find() {
  const wanted = plain(filter?.value ?? "").split(/\s+/).filter(Boolean);
  board.classList.toggle("filtering", wanted.length > 0);
  let count = 0;
  for (const cell of board.querySelectorAll(".cell")) {
    const text = wanted.length && cell.querySelector(".card, .wanted") ? plain(cell.textContent) : "";
    const found = text && wanted.every((word) => text.includes(word));
    cell.classList.toggle("found", Boolean(found));
    count += found && !cell.classList.contains("on") ? 1 : 0;
  }
  return wanted.length ? says.found.replace("{count}", count) : "";
}

filter?.addEventListener("input", () => announce([find()]));
filter?.addEventListener("keydown", (key) => { if (key.key === "Escape") { filter.value = ""; announce([find()]); } });

// News

const served = new Map([...document.querySelectorAll(LIVE)].map((each) => [each.id, each.outerHTML]));
let waiting = [];

function announce(sentences) {
  news.textContent = "";
  setTimeout(() => { news.textContent = sentences.filter(Boolean).join(". "); }, 50);
}

function parsed(html) {
  const box = document.createElement("template");
  box.innerHTML = html;
  return box.content.firstElementChild;
}

/** Puts one element in place; answers it if it is news. Focus inside stays where it was. */
function put(id, html) {
  const old = document.getElementById(id);
  const fresh = html ? parsed(html) : null;
  if (fresh && served.get(id) === fresh.outerHTML) return null;
  if (fresh) served.set(id, fresh.outerHTML); else served.delete(id);
  if (!fresh) old?.remove();
  else if (old && isInItsList(old, fresh)) replace(old, fresh);
  else enlist(old, fresh);
  return fresh?.isConnected ? fresh : null;
}

const isInItsList = (old, { dataset }) => !dataset.list || old.parentElement.id === dataset.list;

/** An item that is new to its list, or that goes from one list to another: an idea gets a host, a contest its outcome. */
function enlist(old, fresh) {
  const list = document.getElementById(fresh.dataset.list);
  old?.remove();
  if (list && "newestFirst" in list.dataset) list.prepend(fresh); else list?.append(fresh);
}

function replace(old, fresh) {
  const stops = (element) => [...element.querySelectorAll("a, button, summary")];
  const focused = stops(old).indexOf(document.activeElement);
  if (old.open && fresh.matches("details")) fresh.open = true;
  old.replaceWith(fresh);
  if (focused >= 0) {
    const stop = stops(fresh)[focused] ?? stops(fresh)[0] ?? fresh;
    if (stop === fresh) fresh.tabIndex = -1;
    stop.focus({ preventScroll: true });
  }
}

/** Does `work` and keeps what the reader looks at where it was on the screen. */
function held(work) {
  const spot = wide.matches ? board.getBoundingClientRect().top + 80 : 60;
  const near = document.elementFromPoint(innerWidth / 2, Math.max(spot, 60))?.closest("[id^=cell-], [id^=slot-], li[id]");
  const before = near?.getBoundingClientRect().top;
  work();
  const after = near && document.getElementById(near.id)?.getBoundingClientRect().top;
  if (after === undefined || after === null || Math.abs(after - before) < 1) return;
  const moved = after - before;
  const inside = wide.matches && board.contains(document.getElementById(near.id));
  (inside ? board : window).scrollBy({ top: moved, behavior: "instant" });
}

/** Quiet news, such as counted stars, neither glow nor are read out. */
function show(cells, sentences, quiet = false) {
  if (document.querySelector(".lifted")) { waiting.push([cells, sentences, quiet]); return; }
  held(() => {
    const fresh = cells.map(({ id, html }) => put(id, html)).filter(Boolean);
    if (!quiet) fresh.filter((each) => each.matches(".cell, li")).forEach(glow);
    tell("drawn");
  });
  find();
  markHour();
  if (!quiet) announce(sentences);
}

function glow(element) {
  element.classList.add("glow");
  setTimeout(() => element.classList.remove("glow"), 2500);
}

const layout = (page) => [...page.querySelectorAll(".heads li, .slot, .cell")].map((each) => each.id || each.textContent).join();

/** The whole page anew: cell by cell where the rooms and hours are the same, otherwise all of it. */
function renew(page) {
  const fresh = page.getElementById("board");
  if (!fresh) { location.reload(); return; }
  const same = layout(fresh) === layout(board);
  const drawn = [...page.querySelectorAll(LIVE)];
  const gone = [...document.querySelectorAll("#beneath li[id]")].filter((each) => !page.getElementById(each.id));
  if (same) {
    show([...drawn.map((each) => ({ id: each.id, html: each.outerHTML })), ...gone.map(({ id }) => ({ id, html: "" }))], []);
  } else {
    renewAll(page, fresh, drawn);
  }
  document.title = page.title;
  Object.assign(board.dataset, { ...fresh.dataset });
}

function renewAll(page, fresh, drawn) {
  const focused = document.activeElement?.closest("[id]")?.id;
  held(() => {
    board.replaceChildren(...fresh.childNodes);
    for (const part of [".days", ".head", "#notices", ".beneath"]) {
      const [here, there] = [document.querySelector(part), page.querySelector(part)];
      if (here && there) here.replaceWith(there);
    }
    served.clear();
    drawn.forEach((each) => served.set(each.id, each.outerHTML));
    tell("drawn");
  });
  if (focused && !document.getElementById(focused)?.contains(document.activeElement)) {
    (document.getElementById(focused)?.querySelector("a, button") ?? document.getElementById(focused))?.focus({ preventScroll: true });
  }
  start();
}

document.addEventListener("news", ({ detail }) => show(detail.cells, detail.says, detail.quiet));
document.addEventListener("fresh-page", ({ detail }) => renew(detail));
document.addEventListener("settled", () => waiting.splice(0).forEach((news) => show(...news)));
document.addEventListener("announce", ({ detail }) => announce([detail]));

function start() {
  markHour();
  showZone();
  showWindow();
  find();
}

start();
goToPresent();
const named = location.hash.startsWith("#cell-") && document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (named) { named.scrollIntoView({ block: "center", inline: "center" }); glow(named); }
setInterval(() => { markHour(); showWindow(); }, 20_000);
