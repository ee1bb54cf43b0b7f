// Copies with one tap, puts the address of a part together, hands the board to what this device shares with, and lays the
// reader's own calendar over the page, which is the same for everyone.

const event = document.querySelector("[data-event]").dataset.event;
const told = document.getElementById("told");
const byId = (id) => document.getElementById(id);

document.addEventListener("focusin", (came) => came.target.matches("[data-copy]") && came.target.select());
document.addEventListener("click", async (click) => {
  const button = click.target.closest("[data-copies]");
  if (!button) return;
  const field = byId(button.dataset.copies);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    document.execCommand("copy"); // a plain http address in the hall has no clipboard
  }
  say(button);
});

function say(button) {
  button.dataset.label ??= button.textContent; // tapped again, it says "Copied" already
  told.textContent = "";
  button.textContent = told.dataset.copied;
  setTimeout(() => { told.textContent = told.dataset.copied; }, 50);
  setTimeout(() => { button.textContent = button.dataset.label; }, 2000);
}

// A part of the calendar

const part = byId("part");
part.addEventListener("input", () => {
  const wanted = [...new FormData(part)].filter(([, value]) => value.trim());
  byId("part-address").value = part.dataset.base + (wanted.length ? `?${new URLSearchParams(wanted)}` : "");
});

// Sharing

const share = byId("share");
share.hidden = !navigator.share;
share.addEventListener("click", () => {
  navigator.share({ title: share.dataset.title, text: share.dataset.text, url: share.dataset.share }).catch(() => {});
});

// What is mine

async function lay() {
  const answer = await fetch(`/${event}/me`, { headers: { Accept: "application/json" } }).catch(() => null);
  const calendar = answer?.ok ? (await answer.json()).calendar : "";
  if (!calendar) return;
  byId("mine").value = calendar;
  byId("mine-open").href = calendar.replace(/^https?:/, "webcal:");
  document.querySelector("[data-without]").hidden = true;
  document.querySelector("[data-with]").hidden = false;
}

lay();
