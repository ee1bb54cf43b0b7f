// A contest while it is open: the time left, how many have voted, and the outcome as soon as there is one. Without it
// the page says the same when it is loaded again.
const between = (from, to) => 1000 * (from + Math.random() * (to - from));
const part = (name) => document.querySelector(`[data-${name}]`);
const heard = Object.assign(document.createElement("p"), { className: "sr", role: "status" });

let closes = Infinity;
let ticking = 0;
let asking = 0;

function start() {
  const facts = part("contest")?.dataset;
  if (!facts) return;
  closes = "seconds" in facts ? performance.now() + 1000 * Number(facts.seconds) : Infinity;
  if (part("left")) {
    ticking = setInterval(tick, 1000);
    tick();
  }
  askIn(between(5, 10));
}

function stop() {
  clearInterval(ticking);
  clearTimeout(asking);
}

function tick() {
  const seconds = Math.max(0, Math.ceil((closes - performance.now()) / 1000));
  part("left").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  if (seconds > 0) return;
  clearInterval(ticking);
  askIn(between(0.5, 3));
}

function askIn(wait) {
  clearTimeout(asking);
  asking = setTimeout(ask, wait);
}

async function ask() {
  askIn(performance.now() < closes ? between(8, 14) : between(2, 4));
  if (document.hidden) return;
  const { count, cards } = part("contest").dataset;
  const answer = await fetch(`${count}?lang=${document.documentElement.lang}`).catch(() => null);
  const now = answer?.ok ? await answer.json() : null;
  if (!now) return;
  if (!now.open || now.cards.length !== Number(cards)) await renew();
  else if (part("ballots")) part("ballots").textContent = now.says;
}

/** The page anew. What was ticked and not sent stays ticked, and what has the focus keeps it if it is there still. */
async function renew() {
  const address = new URL(location.href);
  address.searchParams.delete("voted");
  const came = await fetch(address).catch(() => null);
  if (!came?.ok) return;
  const fresh = new DOMParser().parseFromString(await came.text(), "text/html");
  const ticked = [...document.querySelectorAll("[name=cards]")].filter((box) => box.checked !== box.defaultChecked);
  const focused = document.activeElement?.id;
  stop();
  document.getElementById("main").replaceChildren(...fresh.getElementById("main").childNodes);
  document.title = fresh.title;
  for (const { id, checked } of ticked) Object.assign(document.getElementById(id) ?? {}, { checked });
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  heard.textContent = document.querySelector(".won")?.textContent ?? "";
  start();
}

document.body.append(heard);
document.addEventListener("visibilitychange", () => { if (!document.hidden && part("contest")) askIn(between(0.1, 1)); });
start();
