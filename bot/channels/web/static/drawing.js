// Replies as elements of the page. Everything that came from outside becomes text, never markup.

const LINK = /https?:\/\/[^\s<>"“”]+/g;
const CHOICE = /^\s*(\d{1,2})[.)]\s/;
const VALIDITIES = ["in_force", "ended", "replaced", "unknown"];
const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml"];

export function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const unseen = (words) => element("span", { class: "unseen" }, words);

export function drawQuestion(entry, words) {
  const said = entry.shown ? [element("p", {}, entry.shown)] : [];
  return element("article", { class: "mine" },
    element("h2", { class: "unseen" }, words.you), ...said);
}

// `press(button, text, shown)` is called when a choice or an action is taken.
export function drawReply(reply, words, press) {
  const article = element("article", { class: "reply", "data-status": reply.status },
    element("h2", { class: "unseen" }, words.assistant));
  const offered = new Map((reply.choices || []).map((choice) => [choice.id, choice]));
  for (const part of reply.parts || []) article.append(...drawPart(part, words, offered, press));
  if (offered.size) article.append(choiceList([...offered.values()], words, press));
  article.append(...(reply.attachments || []).map((file) => attachment(file, words)));
  if (reply.actions && reply.actions.length) article.append(actionRow(reply.actions, words, press));
  return article;
}

function drawPart(part, words, offered, press) {
  if (part.kind === "quote") return [quote(part, words)];
  if (part.kind === "source") return [source(part, words)];
  if (part.kind === "choices") {
    const taken = part.text.split("\n").map((line) => (line.match(CHOICE) || [])[1]);
    const choices = taken.map((id) => offered.get(id)).filter(Boolean);
    choices.forEach((choice) => offered.delete(choice.id));
    if (choices.length) return [choiceList(choices, words, press)];
  }
  const kind = part.kind === "understood" ? "understood" : "words";
  return [element("p", { class: kind }, ...linked(part.text, words))];
}

function quote(part, words) {
  const pieces = (part.pieces || [{ text: part.text }]).map((piece) =>
    piece.answering ? element("mark", {}, piece.text) : piece.text);
  const said = element("blockquote", {}, ...pieces);
  return element("figure", { class: "quote" },
    element("figcaption", { class: "unseen" }, words.quote), said);
}

// Folds the quotes that are long on this screen; to be called when they stand in the page.
export function foldLong(article, words) {
  for (const said of article.querySelectorAll("blockquote")) {
    said.classList.add("folded");
    if (said.scrollHeight < said.clientHeight * 1.4) said.classList.remove("folded");
    else said.after(foldButton(said, words));
  }
}

function foldButton(said, words) {
  const button = element("button", { type: "button", class: "unfold" });
  const fold = (folded) => {
    said.classList.toggle("folded", folded);
    // What answers is seen in the folded quote too.
    const mark = said.querySelector("mark");
    if (folded && mark) said.scrollTop = mark.offsetTop - 40;
    said.classList.toggle("amid", said.scrollTop > 0);
    button.setAttribute("aria-expanded", String(!folded));
    button.textContent = folded ? words.unfold : words.fold;
  };
  fold(true);
  button.addEventListener("click", () => fold(!said.classList.contains("folded")));
  return button;
}

function source(part, words) {
  const lines = part.text.split("\n");
  const first = element("p", { class: "where" });
  const at = part.label ? lines[0].lastIndexOf(part.label) : -1;
  if (at < 0) {
    first.append(...linked(lines[0], words));
  } else {
    const state = VALIDITIES.includes(part.validity) ? part.validity : "unknown";
    const before = lines[0].slice(0, at);
    const named = before.replace(/[\s·]+$/, "");
    // The dot is there for who copies or listens; the eye has the badge.
    first.append(named, " ", element("span", { class: "unseen" }, before.slice(named.length).trim()), " ",
      element("span", { class: `badge ${state}` }, part.label), lines[0].slice(at + part.label.length));
  }
  const notes = lines.slice(1).map((line) => element("p", {}, ...linked(line, words)));
  return element("div", { class: "source" }, first, ...notes);
}

function linked(text, words) {
  const found = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const address = match[0].replace(/[.,;:!?)\]]+$/, "");
    const link = element("a",
      { href: address, target: "_blank", rel: "noopener noreferrer", title: address },
      address, unseen(` (${words.new_window})`));
    found.push(text.slice(from, match.index), link);
    from = match.index + address.length;
  }
  return [...found, text.slice(from)];
}

function choiceList(choices, words, press) {
  const items = choices.map((choice) => {
    const button = element("button", { type: "button", class: "choice" },
      element("span", { class: "number" }, `${choice.id}.`), " ", element("span", {}, choice.label));
    button.addEventListener("click", () =>
      press(button, choice.id, `${choice.id}. ${choice.label}`));
    return element("li", {}, button);
  });
  return element("ul", { class: "choices", "aria-label": words.choices }, ...items);
}

function actionRow(actions, words, press) {
  const buttons = actions.map((action) => {
    const button = element("button", { type: "button", class: "action" }, action.label);
    button.addEventListener("click", () => press(button, action.word, action.label));
    return button;
  });
  return element("div", { class: "actions", role: "group", "aria-label": words.actions }, ...buttons);
}

function attachment(file, words) {
  const link = element("a", { class: "file", href: file.url, download: file.name },
    `${words.attachment} ${file.name}`);
  if (!PICTURES.includes(file.media_type)) {
    return element("p", { class: "words" }, file.caption, element("br"), link);
  }
  return element("figure", { class: "picture" },
    element("img", { src: file.url, alt: file.caption }),
    element("figcaption", {}, file.caption, " ", link));
}
