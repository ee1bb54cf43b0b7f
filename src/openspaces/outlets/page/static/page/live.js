// Keeps an open page fresh: a stream of news, polling where the stream fails, and a plain word when both do.
// Tells `news` and `fresh-page`; hears `refetch` and `hour-over`.

const board = document.getElementById("board");
const stale = document.getElementById("stale");
const says = JSON.parse(document.getElementById("says").textContent);
const language = document.documentElement.lang;
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
const seconds = (from, to = from) => 1000 * (from + Math.random() * (to - from));

const LATE = seconds(16, 18); // The server's heart beats every 15 s; if a beat is late we ask anew, for TCP may wait long.
const QUIET = 27_000; // Within 30 s of silence we say that we are out of touch.
const PATIENCE = 8_000; // So long may a stream take to open before we poll beside it.
const REST = 20_000; // So long a page that nobody sees keeps its stream: browsers open six to a server, not more.

let source = null;
let opened = 0;
let heard = Date.now();
let asked = 0;
let fetching = null;
let again = 0;
let hidden = 0;
let awake = 0;
let resting = 0;

// The stream

function open() {
  close();
  opened = Date.now();
  const position = `${board.dataset.epoch}:${board.dataset.number}`;
  const query = new URLSearchParams({ day: board.dataset.day ?? "", lang: language, last: position });
  source = new EventSource(`/${board.dataset.event}/live?${query}`);
  source.addEventListener("open", hear);
  source.addEventListener("cells", (frame) => { hear(); take(frame); });
  source.addEventListener("beat", (frame) => { hear(); compare(JSON.parse(frame.data).number); });
  source.addEventListener("resync", () => { hear(); refetch(); });
  source.addEventListener("bye", () => openAgain(seconds(1, 5)));
  source.addEventListener("error", () => { if (source?.readyState === EventSource.CLOSED) openAgain(seconds(20, 60)); });
}

function close() {
  clearTimeout(again);
  source?.close();
  source = null;
}

function openAgain(wait) {
  close();
  if (!document.hidden) again = setTimeout(open, wait);
}

function hear() {
  heard = Date.now();
  showAge();
}

function take(frame) {
  const { number, at, cells, says: sentences, quiet } = JSON.parse(frame.data);
  const [epoch] = frame.lastEventId.split(":");
  if (epoch !== board.dataset.epoch) { refetch(); return; }
  if (number <= Number(board.dataset.number)) return;
  Object.assign(board.dataset, { number, at });
  tell("news", { cells, says: sentences, quiet });
}

/** A beat that is ahead of us: a frame was lost, unless it is just on its way. */
function compare(number) {
  setTimeout(() => { if (number > Number(board.dataset.number)) refetch(); }, 1500);
}

// The page itself

/** Fetches the page; the browser asks with If-None-Match, so nothing new costs nothing. */
function refetch() {
  fetching ??= fetchPage().catch(() => {}).finally(() => { fetching = null; });
  return fetching;
}

async function fetchPage() {
  asked = Date.now();
  const answer = await fetch(location.pathname + location.search, { cache: "no-cache", signal: AbortSignal.timeout?.(10_000) });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const there = page.getElementById("board")?.dataset;
  hear();
  if (!there) return;
  const here = board.dataset;
  const news = there.epoch !== here.epoch || Number(there.number) > Number(here.number) || there.day !== here.day;
  if (news || "hour" in here) tell("fresh-page", page);
}

/** Some pages show what is present: the one of the hour, and the board at its own address, which begins with today. */
const isOfToday = () => "hour" in board.dataset || location.pathname === `/${board.dataset.event}/`;

// Out of touch

const streams = () => source?.readyState === EventSource.OPEN;

function look() {
  const now = Date.now();
  showAge();
  if (document.hidden) return;
  if (streams() && now - heard > LATE) open();
  else if (!streams() && now - opened > PATIENCE && now - asked > seconds(8, 12)) refetch();
}

function showAge() {
  const age = Date.now() - heard;
  const is = age > QUIET && Date.now() - awake > 4000;
  if (is) {
    const halves = /[^\d:]/.test(board.querySelector("time")?.textContent ?? ""); // as the page writes its own times
    const time = new Date(heard).toLocaleTimeString(`${language}-u-nu-latn`, { hour: "2-digit", minute: "2-digit", hour12: halves });
    const minutes = Math.floor(age / 60_000);
    const text = (minutes ? says.stale_minutes : says.stale).replace("{time}", time).replace("{minutes}", minutes);
    if (stale.textContent !== text) stale.textContent = text;
  }
  stale.hidden = !is;
}

/** A phone that slept, or a network that is back: its stream may be dead without a word. */
function wake() {
  clearTimeout(resting);
  if (document.hidden) {
    hidden = Date.now();
    resting = setTimeout(close, REST);
  } else {
    awake = Date.now();
    if (!streams() || awake - hidden > seconds(10)) open();
    if (awake - heard > QUIET) refetch();
  }
}

document.addEventListener("visibilitychange", wake);
addEventListener("online", () => { open(); refetch(); });
addEventListener("offline", showAge);
addEventListener("pagehide", close);
addEventListener("pageshow", (shown) => { if (shown.persisted) { open(); refetch(); } });
document.addEventListener("refetch", refetch);
document.addEventListener("hour-over", () => { if (isOfToday()) refetch(); });

open();
if (document.hidden) wake();
setInterval(look, 1000);
