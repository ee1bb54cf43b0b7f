// What passes with time: minutes that a contest is still open, announcements that end, and a board that is paused.
// Hears `drawn` (cells or notices were put in place) and `met` (it is known who looks).

const says = JSON.parse(document.getElementById("says").textContent);
const root = document.documentElement;
const WRITES = ".cell.free > a, .cell > .add, .tools .button, .own a, .own button, .doings a, .doings button, .leave button";

function showLeft() {
  for (const time of document.querySelectorAll("time[data-left]")) {
    const text = leftSays(Math.ceil((Date.parse(time.dateTime) - Date.now()) / 1000));
    const there = time.nextElementSibling;
    const left = there?.matches(".left") ? there : Object.assign(document.createElement("span"), { className: "left" });
    if (left !== there) time.after(" ", left);
    if (left.textContent !== text) left.textContent = text;
  }
}

function leftSays(seconds) {
  if (seconds <= 0) return says.closing;
  if (seconds < 100) return says.left_seconds.replace("{seconds}", seconds);
  return seconds <= 3600 ? says.left.replace("{minutes}", Math.ceil(seconds / 60)) : "";
}

function showNotices() {
  const box = document.getElementById("notices");
  if (!box) return;
  for (const each of box.querySelectorAll("[data-until]")) each.hidden = Date.parse(each.dataset.until) <= Date.now();
  box.hidden = ![...box.children].some((each) => !each.hidden);
  rest(Boolean(box.querySelector(".frozen")) && !root.classList.contains("staff"));
}

/** While the board is paused, what would write is grey; it still leads to a page that says why. */
function rest(paused) {
  if (!paused && !root.classList.contains("paused")) return;
  root.classList.toggle("paused", paused);
  for (const each of document.querySelectorAll(WRITES)) {
    if (paused) each.setAttribute("aria-disabled", "true");
    else each.removeAttribute("aria-disabled");
  }
}

function show() {
  showLeft();
  showNotices();
}

document.addEventListener("drawn", () => setTimeout(show)); // after those who add buttons of their own
document.addEventListener("met", () => setTimeout(show));
setInterval(show, 1000);
show();
