// Fits the rows on the screen: larger where there is room, on several pages where there is none.
// Hears `filled` (with the rows that are news), `turn`, and `pitched` (somebody else may be on stage).

const root = document.body;
const rows = document.getElementById("rows");
const dots = document.getElementById("dots");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const small = matchMedia("(max-width: 599.98px)");
const FADE = 350;

const door = root.matches(".door");
// How large, whether texts are shown, whether the rooms that are free share a row: the first that fits is taken.
const PLANS = door
  ? [...[3.2, 2.8, 2.4, 2.1, 1.8].map((scale) => ({ scale, texts: true })), ...[2.4, 2.1, 1.8, 1.5, 1.25, 1].map((scale) => ({ scale }))]
  : [{ scale: 1.7, texts: true }, { scale: 1.45, texts: true }, { scale: 1.2, texts: true }, ...[1.6, 1.45, 1.3, 1.15, 1].map((scale) => ({ scale })), ...[1.15, 1, 0.9].map((scale) => ({ scale, folds: true }))];
// Where none fits there are pages; a bit smaller if that makes fewer of them, for nobody waits for the last of nine.
const PAGED = door ? [{ scale: 1 }] : [1, 0.92, 0.85].map((scale) => ({ scale, folds: true }));

let pages = [];
let page = 0;
let fading = 0;

function fit() {
  if (small.matches) { flow(); return; }
  if (!rows.clientHeight) return; // something else has the whole screen
  const anchor = pages[page]?.[0]?.dataset.key;
  rows.classList.add("measuring");
  pages = paged();
  rows.classList.remove("measuring");
  const found = pages.findIndex((each) => each.some((row) => row.dataset.key === anchor));
  show(Math.max(0, found));
}

/** On a phone the list is as long as it is. */
function flow() {
  root.style.removeProperty("--scale");
  rows.classList.remove("texts");
  [...rows.children].forEach((row) => { row.hidden = row.matches(".idles"); });
  pages = [];
  dots.hidden = true;
}

/** The rows by page: one page at the largest size at which all of them fit, if they ever do. */
function paged() {
  const space = rows.clientHeight - 2 * (parseFloat(getComputedStyle(rows).paddingBlockStart) || 0);
  for (const plan of PLANS) {
    const there = laidOut(plan);
    if (there.reduce((sum, row) => sum + height(row), -gap()) <= space + 1) return [there];
  }
  const ways = PAGED.map((plan) => {
    const there = laidOut(plan);
    return { plan, made: balanced(there, there.map(height), space) };
  });
  const fewest = ways.reduce((best, way) => (way.made.length < best.made.length ? way : best));
  laidOut(fewest.plan);
  return fewest.made;
}

/** Lays the rows out as planned, and answers which are shown. */
function laidOut({ scale, texts, folds }) {
  const folded = folds && rows.querySelector(".idles");
  root.style.setProperty("--scale", scale);
  rows.classList.toggle("texts", Boolean(texts));
  for (const row of rows.children) row.hidden = row.matches(folded ? ".idle" : ".idles");
  return [...rows.children].filter((row) => !row.hidden);
}

const gap = () => parseFloat(getComputedStyle(rows).rowGap) || 0;
const height = (row) => row.offsetHeight + gap();

/** As few pages as it takes, all about equally full. */
function balanced(there, heights, space) {
  const most = space + gap();
  const count = packed(there, heights, most).length;
  let [low, high] = [Math.max(0, ...heights), most];
  for (let step = 0; step < 10 && low < high; step += 1) {
    const middle = (low + high) / 2;
    if (packed(there, heights, middle).length > count) low = middle; else high = middle;
  }
  return packed(there, heights, Math.max(high, 1));
}

function packed(there, heights, most) {
  const made = [];
  let full = Infinity;
  there.forEach((row, place) => {
    if (full + heights[place] > most) { made.push([]); full = 0; }
    made.at(-1).push(row);
    full += heights[place];
  });
  return made;
}

function show(which) {
  page = pages.length ? which % pages.length : 0;
  for (const row of rows.children) row.hidden = !pages[page]?.includes(row);
  dots.hidden = pages.length < 2;
  if (dots.children.length !== pages.length) dots.replaceChildren(...pages.map(() => document.createElement("i")));
  [...dots.children].forEach((dot, place) => dot.classList.toggle("here", place === page));
}

/** Whoever is on stage is shown as large as what they say allows. */
function fitPitch() {
  const first = document.querySelector("#pitch .first");
  for (const scale of [1, 0.92, 0.85, 0.78, 0.71, 0.65, 0.6, 0.56, 0.5, 0.45, 0.4]) {
    first?.style.setProperty("--pitch", scale);
    if (!first || first.scrollHeight <= first.clientHeight + 1) break;
  }
}

function turnTo(which) {
  clearTimeout(fading);
  if (still.matches) { show(which); return; }
  rows.classList.add("turning");
  fading = setTimeout(() => {
    show(which);
    rows.classList.remove("turning");
  }, FADE);
}

/** News are seen at once, on whatever page they are, and glow for a moment. */
function welcome(fresh) {
  fit();
  if (!fresh.length) return;
  const at = pages.findIndex((each) => fresh.some((row) => each.includes(row)));
  if (at >= 0 && !pages[page].some((row) => fresh.includes(row))) show(at);
  fresh.forEach((row) => row.classList.add("glow"));
  setTimeout(() => fresh.forEach((row) => row.classList.remove("glow")), 2500);
}

document.addEventListener("filled", ({ detail }) => welcome(detail));
document.addEventListener("turn", () => { if (pages.length > 1) turnTo(page + 1); });
document.addEventListener("pitched", fitPitch);
new ResizeObserver(fit).observe(rows);
new ResizeObserver(fitPitch).observe(document.body);
document.fonts?.ready.then(() => { fit(); fitPitch(); });
