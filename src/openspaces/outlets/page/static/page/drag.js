// Moves cards by dragging: a handle for fingers, the whole card for a mouse.
// Tells `place` where a card was dropped, and `settled` when nothing is in the air any more.

const board = document.getElementById("board");
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
const over = (slot) => Date.parse(slot.querySelectorAll("h2 time")[1].dateTime) <= Date.now();

const SLACK = 6;
let drag = null;

board.addEventListener("pointerdown", (press) => {
  const card = press.target.closest(".card");
  const handle = press.target.closest(".own button");
  const free = press.pointerType === "mouse" && !press.target.closest(".own");
  if (press.button !== 0 || !card?.querySelector(".own button") || !(handle || free)) return;
  drag = { card, press, moved: false, target: null };
});

addEventListener("pointermove", (move) => {
  if (!drag || move.pointerId !== drag.press.pointerId) return;
  if (!drag.moved && Math.hypot(move.x - drag.press.x, move.y - drag.press.y) < SLACK) return;
  if (!drag.moved) lift();
  carry(move);
});

addEventListener("pointerup", () => { if (drag?.moved) drop(drag.target); else drag = null; });
addEventListener("pointercancel", () => drop(null));
addEventListener("keydown", (key) => { if (key.key === "Escape") drop(null); });
board.addEventListener("dragstart", (start) => start.preventDefault());

function lift() {
  drag.moved = true;
  drag.ghost = drag.card.cloneNode(true);
  drag.ghost.querySelector(".own")?.remove();
  drag.ghost.classList.add("dragging");
  document.body.append(drag.ghost);
  drag.card.classList.add("lifted");
  getSelection()?.removeAllRanges();
}

function carry({ x, y }) {
  drag.ghost.style.transform = `translate(${x + 8}px, ${y + 8}px)`;
  const under = document.elementFromPoint(x, y);
  const cell = under?.closest("#board .cell.free, #board .cell.else");
  const target = cell && !over(cell.closest(".slot")) ? cell : null;
  if (target !== drag.target) {
    drag.target?.classList.remove("target");
    target?.classList.add("target");
    drag.target = target;
  }
  springOpen(under?.closest("details.open:not([open])"));
  scrollNear(x, y);
}

/** On a phone free rooms hide behind their line; holding a card over it opens it. */
function springOpen(line) {
  if (line === drag.over) return;
  clearTimeout(drag.opening);
  drag.over = line;
  if (line) drag.opening = setTimeout(() => { line.open = true; }, 400);
}

function scrollNear(x, y) {
  const edge = 60;
  const box = board.getBoundingClientRect();
  const by = (at, from, to) => (at < from + edge ? -14 : at > to - edge ? 14 : 0);
  board.scrollBy(by(x, box.left, box.right), by(y, box.top, Math.min(box.bottom, innerHeight)));
  scrollBy(0, by(y, 0, innerHeight));
}

function drop(target) {
  if (!drag) return;
  const { card, ghost, opening, moved } = drag;
  clearTimeout(opening);
  ghost?.remove();
  card.classList.remove("lifted");
  drag.target?.classList.remove("target");
  drag = null;
  if (moved) swallowClick();
  tell("settled");
  if (target) tell("place", { code: card.dataset.card, title: card.querySelector("h3").textContent, cell: target });
}

/** The click that follows a drag is no click. */
function swallowClick() {
  const swallow = (click) => { click.preventDefault(); click.stopPropagation(); };
  addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", swallow, { capture: true }), 50);
}
