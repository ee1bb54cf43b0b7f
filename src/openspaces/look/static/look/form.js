// The card's form as one types: letters left, the card as it will look, cards with a similar title, what is understood of
// a wish. Without it the
// form works all the same. It listens on the document, so that a form that is put into the page later works too.
const QUIET = 350;

document.addEventListener("input", (typed) => {
  const field = typed.target;
  const form = field.closest("[data-card-form]");
  if (!form) return;
  count(form, field);
  preview(form, field);
  if (field.name === "title") lookSoon(form, field.value);
  if (field.name === "wish" && form.dataset.understood) readSoon(form, field.value);
});
document.addEventListener("focusin", (came) => came.target.matches("[data-copy]") && came.target.select());
document.addEventListener("click", (click) => {
  const share = click.target.closest("[data-share]");
  if (share) navigator.share({ title: share.dataset.title, text: share.dataset.text, url: share.dataset.share }).catch(() => {});
});

for (const form of document.querySelectorAll("[data-card-form]")) {
  for (const field of form.elements) {
    if (field.value && field.dataset.limit) count(form, field);
    preview(form, field);
  }
}
for (const share of document.querySelectorAll("[data-share]")) share.hidden = !navigator.share;

// The board counts letters as Python does: one for each code point, line ends as one.
function count(form, field) {
  const limit = Number(field.dataset.limit);
  const counter = limit && form.querySelector(`[id="${field.id}-count"]`);
  if (!counter) return;
  const left = limit - [...field.value.normalize("NFC").replaceAll("\r\n", "\n").trim()].length;
  counter.textContent = (left < 0 ? form.dataset.over : form.dataset.left).replace("{count}", Math.abs(left));
  counter.classList.toggle("near", left < 10);
}

function preview(form, field) {
  const shown = form.parentElement.querySelector(`[data-shows="${field.name}"]`);
  if (!shown) return;
  shown.textContent = field.value || shown.dataset.empty || "";
  shown.classList.toggle("soft", !field.value && "empty" in shown.dataset);
}

let waiting = 0;
let asked = "";

function lookSoon(form, title) {
  clearTimeout(waiting);
  if (form.dataset.similar) waiting = setTimeout(() => look(form, title.trim()), QUIET);
}

async function look(form, title) {
  asked = title;
  const place = form.querySelector("[data-similar-to]");
  const found = [...title].length < 3 ? { cards: [] } : await alike(form.dataset.similar, title);
  if (asked !== title) return;
  place.replaceChildren(...(found.cards.length ? [line(found.says), list(found.cards)] : []));
}

// What is understood of a wish, as it is typed.
let reading = 0;
let wished = "";

function readSoon(form, wish) {
  clearTimeout(reading);
  reading = setTimeout(() => read(form, wish.trim()), QUIET);
}

async function read(form, wish) {
  wished = wish;
  const place = form.querySelector("[data-understood-of]");
  const query = new URLSearchParams({ wish, lang: document.documentElement.lang });
  const answer = wish ? await fetch(`${form.dataset.understood}?${query}`).catch(() => null) : null;
  const says = answer?.ok ? (await answer.json()).says : "";
  if (wished === wish) place.textContent = says;
}

async function alike(address, title) {
  try {
    const answer = await fetch(`${address}?${new URLSearchParams({ title, lang: document.documentElement.lang })}`);
    return answer.ok ? await answer.json() : { cards: [] };
  } catch {
    return { cards: [] };
  }
}

function line(says) {
  const paragraph = document.createElement("p");
  paragraph.textContent = says;
  return paragraph;
}

function list(cards) {
  const all = document.createElement("ul");
  for (const card of cards) {
    const link = Object.assign(document.createElement("a"), { href: card.url, target: "_blank", textContent: card.title });
    const when = Object.assign(document.createElement("bdi"), { textContent: card.when, className: "facts" });
    link.dir = "auto";
    const item = document.createElement("li");
    item.append(link, " ", when);
    all.append(item);
  }
  return all;
}
