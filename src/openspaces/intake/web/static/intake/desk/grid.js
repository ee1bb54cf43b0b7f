// The grid of cells to close: ticking a room or an hour ticks its cells, and shift-click ticks all from the last one on.
for (const form of document.querySelectorAll("[data-grid]")) {
  const boxes = [...form.querySelectorAll("[name=cell]")];
  const heads = [...form.querySelectorAll("[name=row], [name=column], [name=whole]")];
  const told = form.querySelector("[data-ticked]");
  let last = null;

  const under = (head) => boxes.filter((box) => {
    const [room, slot] = box.value.split("@");
    return head.name === "whole" || head.value === (head.name === "row" ? slot : room);
  });
  const settle = () => {
    for (const head of heads) {
      const ticked = under(head).filter((box) => box.checked).length;
      head.checked = ticked > 0 && ticked === under(head).length;
      head.indeterminate = ticked > 0 && !head.checked;
    }
    const count = boxes.filter((box) => box.checked).length;
    told.textContent = count ? told.dataset.ticked.replace("{count}", count) : "";
  };
  const between = (one, other) => {
    const [a, b] = [one, other].map((box) => [box.closest("tr").rowIndex, box.closest("td").cellIndex]);
    const inside = (n, m, o) => Math.min(n, m) <= o && o <= Math.max(n, m);
    return boxes.filter((box) => inside(a[0], b[0], box.closest("tr").rowIndex) && inside(a[1], b[1], box.closest("td").cellIndex));
  };
  form.addEventListener("click", (click) => {
    if (click.target.name !== "cell") return;
    if (click.shiftKey && last) for (const box of between(last, click.target)) box.checked = click.target.checked;
    last = click.target;
    settle();
  });
  form.addEventListener("change", ({ target }) => {
    if (heads.includes(target)) for (const box of under(target)) box.checked = target.checked;
    settle();
  });
  // A ticked head says it for its cells: a large grid has more boxes than a form may have fields.
  form.addEventListener("formdata", ({ formData }) => {
    const said = new Set(heads.filter((head) => head.checked).flatMap(under).map((box) => box.value));
    const alone = formData.getAll("cell").filter((cell) => !said.has(cell));
    formData.delete("cell");
    formData.set("cell", alone.join(" "));
  });
  settle();
}
