// While the board is paused, what would be sent is grey; one may go on typing. It goes on by itself: the page looks now
// and then whether the board does. Without it the page says the same, and what is sent too early is refused and kept.
const wait = () => 3000 + 5000 * Math.random();
const said = () => document.querySelectorAll("[data-paused]");

function rest(paused) {
  for (const button of document.querySelectorAll("main form[method=post] button:not(.sr)")) {
    if (paused) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}

async function look() {
  const came = document.hidden ? null : await fetch(location.href).catch(() => null);
  const fresh = came?.ok ? new DOMParser().parseFromString(await came.text(), "text/html") : null;
  if (!fresh || fresh.querySelector("[data-paused]")) { setTimeout(look, wait()); return; }
  said().forEach((each) => each.remove());
  rest(false);
}

rest(true);
setTimeout(look, wait());
