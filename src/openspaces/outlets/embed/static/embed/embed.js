// Keeps a framed board fresh: asks whether it changed while somebody can see it (mostly an empty 304), and marks the hour
// that runs. It opens no stream: a conference's front page has more readers than the hall.

const EVERY = 20_000;
const address = location.href;
let seen = Date.now();
let shown = document.getElementById("embed").outerHTML;

function mark() {
  const now = Date.now();
  for (const slot of document.querySelectorAll("[data-starts]")) {
    const { starts, ends } = slot.dataset;
    slot.classList.toggle("past", Date.parse(ends) <= now);
    slot.classList.toggle("now", Date.parse(starts) <= now && now < Date.parse(ends));
  }
}

/** Puts the fresh page in place of the old one, unless they are the same; what has the focus keeps it. */
function put(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("embed");
  if (!fresh || fresh.outerHTML === shown) return;
  const focused = document.activeElement?.getAttribute("href");
  shown = fresh.outerHTML;
  document.getElementById("embed").replaceWith(fresh);
  if (focused) [...fresh.querySelectorAll("a")].find((link) => link.getAttribute("href") === focused)?.focus({ preventScroll: true });
  mark();
}

function tell() {
  const stale = document.getElementById("stale");
  stale.hidden = Date.now() - seen < 3 * EVERY;
  const time = new Date(seen).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  stale.textContent = stale.hidden ? "" : document.getElementById("embed").dataset.stale.replace("{time}", time);
}

async function ask() {
  if (document.hidden) return;
  try {
    const answer = await fetch(address, { cache: "no-cache", credentials: "omit" });
    if (answer.ok) {
      put(await answer.text());
      seen = Date.now();
    }
  } catch { /* it is said below how old this is */ }
  tell();
}

mark();
// Only the frame itself scrolls: scrollIntoView would move the page around it too.
const head = document.querySelector("header").offsetHeight;
document.documentElement.scrollTop = (document.querySelector(".now")?.offsetTop ?? 0) - head;
setInterval(mark, 10_000);
setInterval(ask, EVERY);
document.addEventListener("visibilitychange", ask);
