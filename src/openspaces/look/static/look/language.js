// Where the address names a language (?lang=de), links and forms go on in it.
const asked = new URLSearchParams(location.search).get("lang");

function keep(element, name) {
  const address = new URL(element[name], location.href);
  if (address.origin !== location.origin || address.searchParams.has("lang")) return;
  address.searchParams.set("lang", asked);
  element[name] = address.href;
}

function follow({ target }) {
  const link = target.closest("a[href]");
  if (link) keep(link, "href");
}

if (asked) {
  document.addEventListener("click", follow, { capture: true });
  document.addEventListener("auxclick", follow, { capture: true });
  document.addEventListener("submit", ({ target, submitter }) => {
    if (submitter?.hasAttribute("formaction")) keep(submitter, "formAction");
    else if (target.method === "post") keep(target, "action");
  });
}
