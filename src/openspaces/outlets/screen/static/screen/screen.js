// The picture on the screen: which hours are on now and next, by the event's clock, and what everyone must know.
// Hears `fresh-page` (the page as it is now), `drift` (how far this machine's clock is off) and `stale`.
// Tells `filled` when other rows are on the screen, `turn` when it is time for the next page, and `pitched`.

const root = document.body;
const html = document.documentElement;
const find = (id) => document.getElementById(id);
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
const says = JSON.parse(find("says").textContent);
const fill = (text, facts) => text.replace(/\{(\w+)\}/g, (_, name) => facts[name]);

const TURN = 10; // Seconds until the next page, announcement, contest or card.
const GIVEN = ["freeze", "said", "slots", "contests", "latest", "name", "board", "pitch"]; // What a fresh page brings.

const door = root.matches(".door");

let drift = 0;
let slots = [];
let shown = "";
let turn = 0;
let seconds = 0;
let newest = "";
const served = new Map(GIVEN.map((id) => [id, find(id).outerHTML]));
const now = () => Date.now() + drift;

// Time, as the event's clocks show it

const locale = `${html.lang === "en" ? "en-GB" : html.lang}-u-nu-latn`;
const halves = "halves" in root.dataset;
const written = (options) => new Intl.DateTimeFormat(locale, { timeZone: root.dataset.zone, ...options });
const clock = written({ hour: halves ? "numeric" : "2-digit", minute: "2-digit", hour12: halves });
const longDate = written({ weekday: "long", day: "numeric", month: "long" });
const isoDate = new Intl.DateTimeFormat("en-CA", { timeZone: root.dataset.zone, year: "numeric", month: "2-digit", day: "2-digit" });

function showClock(at) {
  const parts = clock.formatToParts(at).map(({ type, value }) => (type === "dayPeriod" ? make("small", value.toUpperCase()) : value));
  write(find("clock"), parts);
  write(find("date"), [longDate.format(at)]);
}

/** Minutes and seconds, or hours too. */
function left(milliseconds) {
  const whole = Math.max(0, Math.ceil(milliseconds / 1000));
  const pair = (number) => String(number).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes}:${pair(whole % 60)}` : `${Math.floor(minutes / 60)}:${pair(minutes % 60)}:${pair(whole % 60)}`;
}

// Now and next

function readSlots() {
  const sections = [...find("slots").querySelectorAll(".slot")];
  slots = sections.map((element) => {
    const { starts, ends } = element.dataset;
    return { ...element.dataset, element, starts: Date.parse(starts), ends: Date.parse(ends), span: element.querySelector("h2").textContent };
  }).sort((one, other) => one.starts - other.starts);
}

/** The one or two slots to show, what stands above each, and a sentence where the day has not begun or is over. */
function picked(at) {
  const running = slots.find((slot) => slot.starts <= at && at < slot.ends);
  const coming = slots.filter((slot) => slot.starts > at);
  if (running) return { message: "", shows: [[says.now, running], [heading(says.next, running, coming[0]), coming[0]]] };
  const [first, second] = coming;
  if (!first) return { message: slots.some((slot) => "last" in slot) ? says.thanks : "", shows: [] };
  const pause = slots.some((slot) => slot.day === first.day && slot.ends <= at);
  const later = second?.day === first.day ? second : null;
  return { message: pause ? "" : opening(first, isoDate.format(at)), shows: [[says.next, first], [says.after, later]] };
}

const heading = (word, from, to) => (to && to.day !== from.day ? to.weekday : word);

function opening(slot, today) {
  const facts = { time: slot.opens, day: slot.says };
  if (slot.day === today) return fill(says.opens, facts);
  if ("first" in slot) return fill(says.starts, facts);
  const nights = (Date.parse(slot.day) - Date.parse(today)) / 86_400_000;
  return fill(nights === 1 ? says.tomorrow : says.later, facts);
}

// Rows

function showRows(at) {
  const { message, shows } = picked(at);
  const there = shows.filter(([, slot]) => slot);
  const key = JSON.stringify([message, there.map(([word, slot]) => [word, slot.starts])]);
  if (key === shown) return;
  shown = key;
  fillRows(there, message, false);
}

function fillRows(shows, message, marksNews) {
  const old = new Map([...find("rows").children].map((row) => [row.dataset.key, row]));
  const rows = [...rowsOf(shows), ...idles(shows)];
  const kept = rows.map((row) => (old.get(row.dataset.key)?.innerHTML === row.innerHTML ? old.get(row.dataset.key) : row));
  const fresh = marksNews ? kept.filter((row) => row !== old.get(row.dataset.key) && !row.matches(".idles")) : [];
  kept.forEach((row, place) => { row.className = rows[place].className; });
  find("rows").replaceChildren(...kept);
  find("heads").replaceChildren(make("span"), ...shows.map(([word, slot]) => label(word, slot)));
  root.dataset.columns = shows.length;
  const empty = rows.length > 0 && rows.every((row) => row.matches(".idle, .idles"));
  write(find("message"), [message || (empty && !door ? says.empty : "")]);
  find("message").hidden = !find("message").textContent;
  root.classList.toggle("alone", !rows.length);
  tell("filled", fresh);
}

/** One row for each room, and for each card of a room that holds several. */
function rowsOf(shows) {
  const cells = shows.map(([, slot]) => grouped(slot));
  const rooms = [...new Set(cells.flatMap((each) => [...each.keys()]))];
  return rooms.flatMap((key) => {
    const lists = cells.map((each) => each.get(key) ?? []);
    const count = Math.max(...lists.map((list) => list.length));
    return Array.from({ length: count }, (_, place) => row(`${key}.${place}`, shows, lists.map((list) => list[place])));
  });
}

function grouped({ element }) {
  const groups = new Map();
  for (const cell of element.querySelectorAll("li")) groups.set(cell.dataset.room, [...(groups.get(cell.dataset.room) ?? []), cell]);
  return groups;
}

function row(key, shows, cells) {
  const made = make("li", cells.find(Boolean).querySelector("h3").cloneNode(true));
  made.dataset.key = key;
  made.className = cells.every((cell) => !cell || cell.matches(".free")) ? "row idle" : "row";
  shows.forEach(([word, slot], place) => made.append(column(word, slot, cells[place], place)));
  return made;
}

function label(word, slot) {
  const made = make("p", make("b", word), " ", make("span", slot.span));
  made.className = "label";
  return made;
}

function column(word, slot, cell, place) {
  const made = make("div", label(word, slot), ...[...(cell?.children ?? [])].slice(1).map((each) => each.cloneNode(true)));
  made.className = `${place ? "next" : "now"} ${cell?.className ?? "none"}`;
  return made;
}

/** The rooms that are free both times, in one row, for where there are too many rooms. */
function idles(shows) {
  const free = rowsOf(shows).filter((each) => each.matches(".idle")).map((each) => each.querySelector("h3 bdi").cloneNode(true));
  if (free.length < 2) return [];
  const made = make("li", make("h3", says.free), make("p", ...free));
  made.dataset.key = "idles";
  made.className = "row idles";
  return [made];
}

// What everyone must know

function showBands(at) {
  for (const each of document.querySelectorAll("[data-until]")) each.classList.toggle("over", Date.parse(each.dataset.until) <= at);
  for (const each of find("latest").children) each.classList.toggle("over", Date.parse(each.dataset.ends) <= at);
  for (const id of ["said", "contests", "latest"]) showOne(find(id));
  const counted = Date.parse(find("freeze").dataset.at) || at; // while the board is paused, contests wait
  for (const each of find("contests").querySelectorAll("[data-closes]")) showTimeLeft(each, Date.parse(each.dataset.closes) - counted);
  showPitch(at);
}

/** One of several at a time; all that is over is gone. */
function showOne(band) {
  const there = [...band.children].filter((each) => !each.matches(".over"));
  const one = there[turn % there.length];
  for (const each of band.children) each.hidden = each !== one;
  band.hidden = !one;
}

function showTimeLeft(contest, time) {
  write(contest.querySelector(".left"), [timeLeft(time / 60_000, left(time), contest.dataset.clock)]);
}

function timeLeft(minutes, time, clock) {
  if (minutes <= 0) return says.closing;
  if (minutes > 60) return fill(says.until, { time: clock });
  return minutes > 10 ? fill(says.minutes, { count: Math.ceil(minutes) }) : fill(says.left, { time });
}

function showPitch(at) {
  const pitch = find("pitch");
  root.classList.toggle("pitching", !pitch.hidden);
  if (pitch.hidden) return;
  const { ends, seconds: whole } = pitch.dataset;
  const time = ends ? Date.parse(ends) - at : whole * 1000;
  write(pitch.querySelector(".left"), [left(time)]);
  pitch.classList.toggle("ending", Boolean(ends) && time <= 10_000);
}

// News

function take(page) {
  const fresh = GIVEN.filter((id) => page.getElementById(id).outerHTML !== served.get(id));
  for (const id of fresh) {
    served.set(id, page.getElementById(id).outerHTML);
    find(id).replaceWith(document.adoptNode(page.getElementById(id)));
  }
  document.title = page.title;
  for (const name of ["epoch", "number", "presence"]) copy(name, page.body);
  if (fresh.includes("latest")) showNewest();
  if (fresh.includes("slots")) takeSlots();
  tick();
  if (fresh.includes("pitch")) tell("pitched");
}

function copy(name, from) {
  if (name in from.dataset) root.dataset[name] = from.dataset[name];
  else delete root.dataset[name];
}

function takeSlots() {
  readSlots();
  const { message, shows } = picked(now());
  fillRows(shows.filter(([, slot]) => slot), message, find("rows").children.length > 0);
}

/** What went up a moment ago is told at once. */
function showNewest() {
  const [first] = find("latest").children;
  const key = first ? first.dataset.card + first.dataset.at : "";
  if (first && newest !== "" && key !== newest) {
    turn = 0;
    seconds = 0;
    first.classList.add("glow");
  }
  newest = key;
}

// The heart

function tick() {
  const at = now();
  showClock(at);
  showRows(at);
  showBands(at);
}

function beat() {
  seconds += 1;
  if (seconds >= TURN) {
    seconds = 0;
    turn += 1;
    tell("turn");
  }
  tick();
}

function make(name, ...inside) {
  const element = document.createElement(name);
  element.append(...inside);
  return element;
}

/** Writes only what is not there yet: a screen that is drawn again each second wears out no processor. */
function write(element, parts) {
  const text = parts.map((part) => part.textContent ?? part).join("");
  if (element.textContent !== text) element.replaceChildren(...parts);
}

async function stayAwake() {
  if (!document.hidden) await navigator.wakeLock?.request("screen").catch(() => {});
}

document.addEventListener("fresh-page", ({ detail }) => take(detail));
document.addEventListener("drift", ({ detail }) => { drift = detail; tick(); });
document.addEventListener("stale", ({ detail }) => {
  find("stale").hidden = detail === null;
  if (detail !== null) write(find("stale"), [fill(says.stale, { time: clock.format(detail + drift) })]);
});
document.addEventListener("visibilitychange", stayAwake);

readSlots();
showNewest();
tick();
setInterval(beat, 1000);
stayAwake();
