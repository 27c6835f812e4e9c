// The menu: large text, dark, printing, clearing; it is shut by Escape and by a click elsewhere.

const KEY = "tro-ly-cchc";
const root = document.documentElement;
const byId = (id) => document.getElementById(id);

export function setUpOptions(clear) {
  const button = byId("menu-button");
  const menu = byId("menu");
  const show = (open) => {
    menu.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => show(menu.hidden));
  document.addEventListener("click", (event) => {
    if (!menu.hidden && !menu.contains(event.target) && !button.contains(event.target)) show(false);
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget) && event.relatedTarget !== button) {
      show(false);
    }
  });
  const shut = () => {
    if (menu.hidden) return false;
    show(false);
    button.focus();
    return true;
  };

  setUpSwitches();
  byId("print").addEventListener("click", () => {
    shut();
    window.print();
  });
  byId("clear").addEventListener("click", () => {
    shut();
    byId("sure").returnValue = "";
    byId("sure").showModal();
  });
  byId("sure").addEventListener("close", () => {
    if (byId("sure").returnValue === "yes") clear();
  });
  return shut;
}

function setUpSwitches() {
  const device = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : device.matches);
  const isLarge = () => "large" in root.dataset;
  const show = () => {
    byId("dark").setAttribute("aria-checked", String(isDark()));
    byId("large").setAttribute("aria-checked", String(isLarge()));
  };
  const keep = () => {
    try {
      localStorage.setItem(KEY, JSON.stringify({ theme: root.dataset.theme, large: isLarge() }));
    } catch {
      // It holds for this visit.
    }
    show();
  };
  byId("dark").addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    keep();
  });
  byId("large").addEventListener("click", () => {
    if (isLarge()) delete root.dataset.large;
    else root.dataset.large = "";
    keep();
  });
  device.addEventListener("change", show);
  show();
}
