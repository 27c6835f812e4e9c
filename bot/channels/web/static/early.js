// Runs before the first paint, so that the chosen looks do not come with a flash.
(() => {
  const root = document.documentElement;
  try {
    const kept = JSON.parse(localStorage.getItem("tro-ly-cchc") || "{}");
    if (kept.theme === "dark" || kept.theme === "light") root.dataset.theme = kept.theme;
    if (kept.large === true) root.dataset.large = "";
  } catch {
    // No storage in this frame: the looks of the device stay.
  }
})();
