// The presence code, for screens that may show it: those with a token of their own, which came in the address's
// #fragment and is kept, and devices of the staff. Every other screen shows none.

const root = document.body;
const box = document.getElementById("code");
const { event } = root.dataset;
const KEPT = `openspaces screen ${event}`;
const COUNTS = 600_000; // A code still counts for so long after the next one has come.
const REFUSED = 600_000;
const AGAIN = 10_000;

let timer = 0;
let over = 0;

function keep() {
  const token = decodeURIComponent(location.hash.slice(1));
  if (!token) return;
  history.replaceState(null, "", location.pathname + location.search);
  try { localStorage.setItem(KEPT, token); } catch { /* without storage the link has to be opened each time */ }
}

function kept() {
  try { return localStorage.getItem(KEPT); } catch { return null; }
}

async function ask() {
  clearTimeout(timer);
  const token = kept();
  if (!token && !("presence" in root.dataset)) { show(""); return; }
  const headers = { Accept: "application/json", ...(token ? { Authorization: `Bearer ${token}` } : {}) };
  const answer = await fetch(`/${event}/screen/code`, { headers, cache: "no-store", signal: AbortSignal.timeout?.(10_000) }).catch(() => null);
  timer = setTimeout(ask, await taken(answer));
}

/** Shows what was answered; how many milliseconds until the next question. */
async function taken(answer) {
  if (answer?.ok) {
    const { code, until } = await answer.json();
    const left = Math.max(0, Date.parse(until) - (Date.parse(answer.headers.get("date")) || Date.now()));
    over = Date.now() + left + COUNTS;
    show(code);
    return left + 1_000 + 2_000 * Math.random();
  }
  const refused = answer?.status === 403;
  if (refused || Date.now() > over) show("");
  return refused ? REFUSED : AGAIN;
}

function show(code) {
  const half = Math.ceil(code.length / 2);
  box.querySelector("b").textContent = code && `${code.slice(0, half)} ${code.slice(half)}`;
  box.hidden = !code;
}

let used = "presence" in root.dataset;
document.addEventListener("fresh-page", () => {
  if (used === "presence" in root.dataset) return;
  used = !used;
  ask();
});
addEventListener("hashchange", () => { keep(); ask(); });
addEventListener("online", ask);
keep();
ask();
