// Keeps a screen fresh with nobody's hands: a stream of news, polling beside it, and no end of trying.
// It never leaves its page, unless the server has just shown that there is a page to come back to.
// Tells `fresh-page`, `drift` (how many milliseconds this machine's clock is behind) and `stale` (since when, or null).

const root = document.body;
const language = document.documentElement.lang;
const { event } = root.dataset;
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
const between = (from, to) => from + Math.random() * (to - from);

const SOON = 300; // News come in handfuls; a screen takes a handful at once.
const LATE = between(16_000, 18_000); // The server's heart beats every 15 s; when a beat is missing we ask anew.
const QUIET = 27_000; // Within 30 s of silence a screen says that it is stale.
const POLL = 60_000; // Beside a stream that works.
const OFTEN = 10_000; // Without one.
const LONGEST = 30_000;
const OFF = 3_000; // The server tells whole seconds, and an answer takes its time: a clock that is off by less is right.
const RENEWED = "openspaces screen renewed";

let source = null;
let streams = false;
let tries = 0;
let again = 0;
let alive = 0; // When the stream said something.
let heard = Date.now(); // When we last knew that what we show is so.
let asked = 0;
let waiting = 0;
let fetching = false;
let last = "";
let drift = 0;

// The stream

function open() {
  close();
  const query = new URLSearchParams({ lang: language, last: `${root.dataset.epoch}:${root.dataset.number}` });
  source = new EventSource(`/${event}/live?${query}`);
  source.addEventListener("open", () => { streams = true; tries = 0; lives(); refetch(); });
  source.addEventListener("cells", () => { lives(); soon(); });
  source.addEventListener("resync", () => { lives(); soon(); });
  source.addEventListener("beat", (frame) => {
    lives();
    if (JSON.parse(frame.data).number > Number(root.dataset.number)) soon(); else hear();
  });
  source.addEventListener("bye", () => openAgain(between(500, 3_000)));
  source.addEventListener("error", () => openAgain(between(0.5, 1) * Math.min(LONGEST, 1_000 * 2 ** tries++)));
}

function close() {
  clearTimeout(again);
  source?.close();
  source = null;
  streams = false;
}

function openAgain(wait) {
  close();
  again = setTimeout(open, wait);
}

function lives() {
  alive = Date.now();
}

function hear() {
  heard = Date.now();
  tell("stale", null);
}

// The page

/** In a moment, for there may be more; but never put off by what comes meanwhile. */
function soon() {
  waiting ||= setTimeout(() => { waiting = 0; refetch(); }, SOON);
}

function refetch() {
  if (fetching) { soon(); return; }
  fetching = true;
  fetchPage().catch(() => {}).finally(() => { fetching = false; });
}

/** The browser asks with If-None-Match, so nothing new costs nothing. */
async function fetchPage() {
  asked = Date.now();
  const answer = await fetch(location.pathname + location.search, { cache: "no-cache", signal: AbortSignal.timeout?.(10_000) });
  const text = answer.ok ? await answer.text() : "";
  const page = new DOMParser().parseFromString(text, "text/html");
  if (!page.getElementById("screen")) return; // not ours: a server that is busy, or the door of a network
  hear();
  setClock(answer.headers.get("date"));
  if (assets(page).join() !== assets(document).join()) { await renew(page); return; }
  if (text !== last) tell("fresh-page", page);
  last = text;
}

function setClock(told) {
  const off = Date.parse(told) + 500 - Date.now();
  if (Number.isNaN(off) || Math.abs(off - drift) < OFF) return;
  drift = Math.abs(off) < OFF ? 0 : off;
  tell("drift", drift);
}

// A newer program

function assets(page) {
  return [...page.querySelectorAll("script[src], link[rel=stylesheet]")].map((each) => each.getAttribute("src") ?? each.getAttribute("href"));
}

/** The page was just there; when all that it needs is there too, it is opened anew. Not every moment, for two servers
    may be of two versions for a while. */
async function renew(page) {
  const before = Number(sessionStorage.getItem(RENEWED)) || 0;
  if (Math.abs(Date.now() - before) < 60_000) return;
  const answers = await Promise.all(assets(page).map((address) => fetch(address)));
  if (!answers.every((answer) => answer.ok)) return;
  sessionStorage.setItem(RENEWED, Date.now());
  location.reload();
}

// Beside the stream

function look() {
  const now = Date.now();
  if (streams && now - alive > LATE) open();
  if (now - asked > (streams ? POLL : OFTEN)) refetch();
  if (now - heard > QUIET) tell("stale", heard);
}

addEventListener("online", () => { tries = 0; open(); refetch(); });
addEventListener("pagehide", close);
addEventListener("pageshow", (shown) => { if (shown.persisted) { open(); refetch(); } });

open();
setInterval(look, 2_000);
