// Says that one waits, and before a file is sent that it is too large. Without this the form works as it is.

for (const form of document.querySelectorAll("[data-import]")) {
  const status = form.querySelector("[data-status]");
  form.addEventListener("submit", (submit) => {
    const file = form.querySelector("[type=file]")?.files[0];
    const large = Boolean(form.dataset.most && file && file.size > Number(form.dataset.most));
    if (large) submit.preventDefault();
    status.textContent = large ? form.dataset.large : form.dataset.busy;
  });
  addEventListener("pageshow", () => { status.textContent = ""; });
}
