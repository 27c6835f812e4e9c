// Put on a portal's page by <script src="https://…/embed.js" async></script>: a button in the corner
// that opens the assistant in a frame. It reads nothing of the page and leaves no name in it.
(() => {
  const words = "{{words}}";
  const base = new URL(".", document.currentScript.src);
  const small = matchMedia("(max-width: 640px)");
  const host = document.createElement("div");
  const shadow = host.attachShadow({ mode: "open" });
  let frame = null;

  function emblem() {
    const drawing = (name, values) => {
      const made = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const [key, value] of Object.entries(values)) made.setAttribute(key, value);
      return made;
    };
    const icon = drawing("svg", { viewBox: "0 0 48 48", width: 36, height: 36, "aria-hidden": "true" });
    icon.append(
      drawing("path", { fill: "currentColor", d: "M12 9h24a4 4 0 0 1 4 4v18a4 4 0 0 1-4 4H26l-9 6v-6h-5a4 4 0 0 1-4-4V13a4 4 0 0 1 4-4Z" }),
      drawing("path", { stroke: "#0b4a6f", "stroke-width": 2.6, "stroke-linecap": "round", d: "M14 17h12M14 23h20M14 29h13" }),
    );
    return icon;
  }

  const styled = (made, rules) => Object.assign(made.style, rules) && made;
  styled(host, { all: "initial", position: "fixed", right: "0", bottom: "0", zIndex: "2147483000" });

  const button = styled(document.createElement("button"), {
    position: "fixed", right: "16px", bottom: "16px", display: "flex", alignItems: "center",
    gap: "8px", minHeight: "52px", padding: "6px 20px 6px 8px", border: "2px solid #fffdf7",
    borderRadius: "28px", background: "#0b4a6f", color: "#fffdf7", cursor: "pointer",
    font: "600 16px/1.3 -apple-system, 'Segoe UI', Roboto, 'Noto Sans', system-ui, Arial, sans-serif",
    boxShadow: "0 4px 16px rgb(0 20 40 / 35%)",
  });
  button.type = "button";
  const label = document.createElement("span");
  button.append(emblem(), label);

  const panel = styled(document.createElement("div"), {
    position: "fixed", display: "none", overflow: "hidden", background: "#fffdf7",
    boxShadow: "0 8px 40px rgb(0 20 40 / 40%)",
  });

  function lay() {
    styled(panel, small.matches
      ? { inset: "0 0 76px 0", width: "auto", height: "auto", borderRadius: "0" }
      : { inset: "auto 16px 84px auto", width: "400px", height: "min(680px, calc(100vh - 100px))",
          borderRadius: "16px" });
  }

  function show(open) {
    if (open && !frame) {
      frame = styled(document.createElement("iframe"), { width: "100%", height: "100%", border: "0" });
      frame.title = words.title;
      frame.src = new URL("embed", base).href;
      panel.append(frame);
    }
    panel.style.display = open ? "block" : "none";
    button.setAttribute("aria-expanded", String(open));
    label.textContent = open ? words.close : words.open;
    (open ? frame : button).focus();
  }

  label.textContent = words.open;
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => show(panel.style.display === "none"));
  addEventListener("message", (event) => {
    if (frame && event.source === frame.contentWindow && event.data === "tro-ly-cchc:close") show(false);
  });
  shadow.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && frame) show(false);
  });
  small.addEventListener("change", lay);
  lay();
  shadow.append(panel, button);
  const put = () => document.body.append(host);
  if (document.body) put();
  else addEventListener("DOMContentLoaded", put);
})();
