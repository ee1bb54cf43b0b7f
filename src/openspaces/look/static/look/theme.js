// Light or dark as the reader chose last; before the first paint, so that nothing flashes.
{
  const root = document.documentElement;
  const wanted = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
  const dark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  if (["light", "dark"].includes(wanted())) root.dataset.theme = wanted();
  root.classList.add("scripted");
  document.addEventListener("click", (click) => {
    if (!click.target.closest("[data-toggle-theme]")) return;
    root.dataset.theme = dark() ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* a private window forgets */ }
  });
}
