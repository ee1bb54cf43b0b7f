// The pitch: the countdown of whoever is on the screen, and cards in the row that can be dragged.
const stage = document.getElementById("stage");
const queue = () => document.querySelector("[data-queue]");
let dragged = null;

function tick() {
  const clock = stage.querySelector("[data-ends]");
  const ends = clock && Date.parse(clock.dataset.ends);
  if (!ends) return;
  const left = Math.ceil((ends - Date.now()) / 1000);
  const says = left > 0 ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : clock.dataset.over;
  if (clock.textContent !== says) clock.textContent = says;
  clock.classList.toggle("over", left <= 0);
}
setInterval(tick, 250);
tick();

function settle() {
  for (const item of queue()?.querySelectorAll("[data-code]") ?? []) item.draggable = true;
}
document.addEventListener("answered", () => { settle(); tick(); });
settle();

document.addEventListener("dragstart", (start) => {
  dragged = start.target.closest?.("[data-queue] [data-code]");
  if (dragged) start.dataTransfer.effectAllowed = "move";
});
document.addEventListener("dragover", (over) => {
  const item = dragged && over.target.closest?.("[data-queue] [data-code]");
  if (!item) return;
  over.preventDefault();
  const { top, height } = item.getBoundingClientRect();
  if (item !== dragged) item.parentElement.insertBefore(dragged, over.clientY > top + height / 2 ? item.nextSibling : item);
});
document.addEventListener("drop", (drop) => { if (dragged) drop.preventDefault(); });
document.addEventListener("dragend", () => {
  if (!dragged) return;
  dragged = null;
  const order = [...queue().querySelectorAll("[data-code]")].map((item) => item.dataset.code).join(" ");
  const said = Object.assign(document.createElement("input"), { type: "hidden", name: "order", value: order });
  queue().append(said);
  queue().requestSubmit();
  said.remove();
});
