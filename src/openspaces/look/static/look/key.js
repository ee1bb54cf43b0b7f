// Turns the secret in an address's #fragment into a form that is posted: it never reaches a log or a Referer.
// A page that takes one has <form method="post" data-secret="key"> with that one field in it.
const form = document.querySelector("form[data-secret]");

function send() {
  const secret = decodeURIComponent(location.hash.slice(1));
  if (!form || !secret) return;
  history.replaceState(null, "", location.pathname + location.search);
  form.elements[form.dataset.secret].value = secret;
  form.requestSubmit();
}

addEventListener("hashchange", send); // the link pasted over the page that asks for it loads nothing anew
send();
