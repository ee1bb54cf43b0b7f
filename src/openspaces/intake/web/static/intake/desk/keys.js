// The desk by keys: j and k go through the list, Enter gives the first answer, u undoes, ? shows the keys.

const KEPT = "desk-keys";
const box = document.querySelector("[data-keys]");
const help = document.querySelector(".keys");
const items = () => [...document.querySelectorAll("#desk [data-item]")].filter((item) => item.offsetParent);
const kept = () => { try { return localStorage.getItem(KEPT) !== "off"; } catch { return true; } };
let on = kept();

if (box) {
  box.checked = on;
  box.addEventListener("change", () => {
    on = box.checked;
    try { localStorage.setItem(KEPT, on ? "on" : "off"); } catch { /* a private window forgets */ }
  });
}

document.addEventListener("keydown", (key) => {
  if (!on || key.ctrlKey || key.metaKey || key.altKey || key.target.closest("input, textarea, select, dialog")) return;
  if (key.key === "Enter" ? key.target.matches("[data-item]") && answer(key.target) : KEYS[key.key]?.()) key.preventDefault();
});

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  u: () => press(document.querySelector("[data-undo]")),
  "?": () => Boolean(help) && show(!help.open),
};

let from = null;

/** The keys lie over the page, which stays where it is; afterwards one is where one was. */
function show(open) {
  if (open) from = document.activeElement;
  help.open = open;
  (open ? help.querySelector("summary") : from)?.focus({ preventScroll: true });
  return true;
}

function step(by) {
  const all = items();
  const at = all.indexOf(document.activeElement?.closest("[data-item]"));
  const next = all[Math.min(Math.max(at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by, 0), all.length - 1)];
  next?.focus();
  return Boolean(next);
}

/** Where something has to be typed first, that is where one goes; and to the answers of what has to be weighed. */
function answer(item) {
  const form = item.querySelector(".answers");
  if ("weighed" in item.dataset) return form?.querySelector("button")?.focus() ?? true;
  return form?.querySelector("input:not([type=hidden])")?.focus() ?? press(form?.querySelector("button") ?? item.querySelector(".more a"));
}

function press(button) {
  button?.click();
  return Boolean(button);
}
