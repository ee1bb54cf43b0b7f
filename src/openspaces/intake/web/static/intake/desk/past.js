// The slider through the log: it says the number while it moves, and shows the board when it is let go.
for (const form of document.querySelectorAll("[data-slide]")) {
  const slider = form.querySelector("[type=range]");
  const said = form.querySelector("output");
  slider.addEventListener("input", () => { said.textContent = slider.value; });
  slider.addEventListener("pointerup", () => { if (slider.value !== slider.defaultValue) form.requestSubmit(); });
}
