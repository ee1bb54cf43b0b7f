// Hears the board's news and fetches the part of the page that changes; what is no news (ballots, reports, the time) comes
// every ten seconds. Tells `fresh`.

const desk = document.getElementById("desk");
const stale = document.getElementById("stale");
const language = document.documentElement.lang;
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

const EVERY = 10_000;
const QUIET = 30_000;
const REST = 20_000;

let source = null;
let again = 0;
let resting = 0;
let heard = Date.now();
let fetching = null;
let once_more = false;

function open() {
  close();
  if (document.hidden) return;
  const query = new URLSearchParams({ lang: language, last: `${desk.dataset.epoch}:${desk.dataset.number}` });
  source = new EventSource(`/${desk.dataset.event}/live?${query}`);
  for (const name of ["cells", "resync"]) source.addEventListener(name, refresh);
  source.addEventListener("bye", () => openIn(1000 + Math.random() * 4000));
  source.addEventListener("error", () => { if (source?.readyState === EventSource.CLOSED) openIn(20_000 + Math.random() * 20_000); });
}

function close() {
  clearTimeout(again);
  source?.close();
  source = null;
}

function openIn(wait) {
  close();
  again = setTimeout(open, wait);
}

/** One at a time; news that come meanwhile are fetched after it. */
function refresh() {
  if (fetching) { once_more = true; return; }
  fetching = fetchPart().catch(() => {}).finally(() => {
    fetching = null;
    if (once_more) { once_more = false; refresh(); }
  });
}

async function fetchPart() {
  const address = new URL(location.href);
  const part = document.querySelector("[data-part][id]")?.dataset.part;
  if (part) address.searchParams.set("part", part);
  address.searchParams.delete("done");
  const answer = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout?.(10_000) });
  if (answer.status === 403) { location.reload(); return; }
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  heard = Date.now();
  showAge();
  tell("fresh", page);
}

function showAge() {
  const old = Date.now() - heard > QUIET;
  if (old) {
    const time = new Date(heard).toLocaleTimeString(`${language}-u-nu-latn`, { hour: "2-digit", minute: "2-digit", hour12: "halves" in stale.dataset });
    const words = stale.dataset.says.replace("{time}", time);
    if (stale.textContent !== words) stale.textContent = words;
  }
  stale.hidden = !old;
}

function wake() {
  clearTimeout(resting);
  if (document.hidden) { resting = setTimeout(close, REST); return; }
  if (!source) open();
  refresh();
}

if (document.querySelector("[data-part][id]")) {
  document.addEventListener("visibilitychange", wake);
  document.addEventListener("answered", refresh);
  addEventListener("online", wake);
  addEventListener("pagehide", close);
  addEventListener("pageshow", (shown) => { if (shown.persisted) wake(); });
  setInterval(() => { if (!document.hidden) { refresh(); showAge(); } }, EVERY);
  open();
}
