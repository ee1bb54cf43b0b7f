// Says that one waits, and before a file is sent that it is too large. Without this the form works as it is.

for (const form of document.querySelectorAll("[data-import]")) {
  const status = form.querySelector("[data-status]");
  form.addEventListener("submit", (submit) => {
    const file = form.querySelector("[type=file]")?.files[0];
    if (form.dataset.most && file && file.size > Number(form.dataset.most)) {
      submit.preventDefault();
      status.textContent = form.dataset.large;
    } else if (form.dataset.sent) {
      submit.preventDefault();
    } else {
      form.dataset.sent = "1";
      status.textContent = form.dataset.busy;
    }
  });
  addEventListener("pageshow", () => { delete form.dataset.sent; status.textContent = ""; });
}
