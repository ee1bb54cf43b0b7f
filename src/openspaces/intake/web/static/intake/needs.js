// News for a host whose card's page is open: what needs them is drawn anew as soon as it changes, and everything that is
// being typed stays. Without it the page says the same when it is loaded again.
const code = document.querySelector("[data-needs]")?.dataset.needs;
const event = location.pathname.split("/")[1];
const between = (from, to) => 1000 * (from + Math.random() * (to - from));
const heard = Object.assign(document.createElement("p"), { className: "sr", role: "status" });
const needs = () => document.getElementById("needs");

const drawn = () => [...needs().querySelectorAll("[data-need]")]
  .map((need) => `${need.dataset.need} ${need.querySelector("strong").textContent}`).join("\n");

async function told() {
  const answer = await fetch(`/${event}/me?lang=${document.documentElement.lang}`).catch(() => null);
  if (!answer?.ok) return null;
  const { cards, todo } = await answer.json();
  if (!cards.includes(code)) return undefined;
  return (todo.find(({ card }) => card === code)?.needs ?? []).map(({ kind, says }) => `${kind} ${says}`).join("\n");
}

let asking = 0;

function askIn(wait) {
  clearTimeout(asking);
  asking = setTimeout(ask, wait);
}

async function ask() {
  askIn(between(8, 14));
  if (document.hidden) return;
  const now = await told();
  if (now === null || now === undefined || now === drawn()) return;
  const address = new URL(location.href);
  address.search = address.searchParams.has("lang") ? `?lang=${document.documentElement.lang}` : "";
  const came = await fetch(address).catch(() => null);
  const fresh = came?.ok ? new DOMParser().parseFromString(await came.text(), "text/html") : null;
  if (fresh) renew(fresh);
}

/** The focus stays on its button where that is there still. */
function renew(fresh) {
  const there = fresh.getElementById("needs");
  if (!there) { location.reload(); return; }
  const stops = () => [...needs().querySelectorAll("a, button")];
  const focused = stops().indexOf(document.activeElement);
  needs().replaceChildren(...there.childNodes);
  const when = fresh.getElementById("when");
  if (when) document.getElementById("when")?.replaceChildren(...when.childNodes);
  if (focused >= 0) (stops()[focused] ?? stops()[0] ?? document.querySelector("h1")).focus({ preventScroll: true });
  heard.textContent = needs().querySelector("strong")?.textContent ?? "";
}

if (code) {
  document.body.append(heard);
  askIn(between(3, 6));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) askIn(between(0.1, 1)); });
}
