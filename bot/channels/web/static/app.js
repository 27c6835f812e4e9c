// The conversation: what was typed or pressed goes to the server, what comes back is drawn.

import { ask } from "./asking.js";
import { drawQuestion, drawReply, element, foldLong } from "./drawing.js";
import { Keeping, newId } from "./keeping.js";
import { setUpOptions } from "./options.js";

const GREETING = "/start";
const byId = (id) => document.getElementById(id);
const words = JSON.parse(byId("words").textContent);
const [log, field, thinking, examples] = ["log", "question", "thinking", "examples"].map(byId);
const kept = new Keeping();
const drawn = new Map(); // entry -> its article
let busy = null; // the entry that is being answered

const announce = (text) => {
  byId("status").textContent = text;
  // Who sees has the dots for it.
  byId("status").classList.toggle("unseen", text === words.thinking);
};

// Asks `text`; what a person reads of it is `shown`, nothing for the greeting. An `origin` is the
// entry of the reply whose button was pressed; `quiet` draws the question only with its reply.
function say(text, { shown = text, turn = null, origin = null, quiet = false } = {}) {
  if (busy) {
    announce(words.waiting);
    return false;
  }
  const entry = { who: "me", text, shown, turn, id: newId(), state: "waiting" };
  kept.add(entry);
  if (!quiet) draw(entry);
  send(entry, origin);
  return true;
}

async function send(entry, origin) {
  setBusy(entry);
  const { text, turn, id } = entry;
  const session = kept.session;
  const question = { text, session, id, ...(turn ? { turn } : {}) };
  try {
    const reply = await ask(question, words);
    if (session === kept.session) take(entry, reply, origin);
  } catch (error) {
    if (session === kept.session) fail(entry, error.message);
  } finally {
    if (busy === entry) setBusy(null);
  }
}

function take(entry, reply, origin) {
  announce("");
  if (reply.brief && origin && drawn.has(origin)) {
    kept.remove(entry);
    forget(entry);
    note(origin, reply.text);
    return;
  }
  entry.state = "sent";
  // Drawn anew, so that a question that was sent again stands right above its reply.
  forget(entry);
  kept.entries = kept.entries.filter((other) => other !== entry);
  kept.add(entry);
  const question = draw(entry);
  const answer = { who: "it", reply, notes: [] };
  kept.add(answer);
  const article = draw(answer);
  const shown = entry.shown ? question : null;
  if (shown) show(shown);
  else if (kept.entries.length > 2) show(article);
}

function show(article, block = "start") {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  article.scrollIntoView({ block, behavior: still ? "auto" : "smooth" });
}

function fail(entry, reason) {
  entry.state = "failed";
  entry.reason = reason;
  kept.save();
  forget(entry);
  show(draw(entry));
}

// A reply that only says that something was noted stands under the reply that it belongs to.
function note(origin, text) {
  origin.notes = [...origin.notes.slice(-2), text];
  kept.save();
  const noted = element("p", { class: "noted" }, text);
  drawn.get(origin).append(noted);
  show(noted, "nearest");
}

function forget(entry) {
  const article = drawn.get(entry);
  if (article) article.remove();
  drawn.delete(entry);
}

function draw(entry) {
  const article = entry.who === "me" ? drawMine(entry) : drawIts(entry);
  drawn.set(entry, article);
  log.append(article);
  if (entry.who === "it") foldLong(article, words);
  showBeginning();
  return article;
}

// Examples and advice are for who has not asked yet; later they would only take up room.
function showBeginning() {
  const begun = kept.entries.some((one) => one.who === "me" && one.shown);
  examples.hidden = begun;
  document.documentElement.toggleAttribute("data-begun", begun);
}

function drawMine(entry) {
  const article = drawQuestion(entry, words);
  if (!entry.shown) article.classList.add("nothing");
  if (entry.state === "failed") {
    article.classList.add("failed");
    const again = element("button", { type: "button", class: "again" }, words.retry);
    again.addEventListener("click", () => retry(entry));
    article.append(element("p", { class: "reason" }, entry.reason), again);
  }
  return article;
}

function retry(entry) {
  if (busy) {
    announce(words.waiting);
    return;
  }
  entry.state = "waiting";
  forget(entry);
  draw(entry);
  focusField();
  send(entry, null);
}

function drawIts(entry) {
  const { reply } = entry;
  // A reply without the name of its turn can only be gone on with while it is the last one.
  for (const [other, article] of drawn) {
    if (other.who === "it" && !other.reply.turn) spend(article);
  }
  const article = drawReply(reply, words, (button, text, shown) => {
    if (button.getAttribute("aria-disabled") === "true") return;
    const action = button.classList.contains("action");
    say(text, { shown, turn: reply.turn, origin: entry, quiet: action });
  });
  entry.notes.forEach((text) => article.append(element("p", { class: "noted" }, text)));
  return article;
}

function spend(article) {
  for (const button of article.querySelectorAll(".choice, .action")) {
    button.setAttribute("aria-disabled", "true");
  }
}

function setBusy(now) {
  busy = now;
  thinking.hidden = !now;
  byId("send").setAttribute("aria-disabled", String(Boolean(now)));
  if (now) announce(words.thinking);
  else if (byId("status").textContent === words.thinking) announce("");
}

// A finger on a button does not want the keyboard of the phone to come up.
function focusField() {
  if (matchMedia("(pointer: fine)").matches) field.focus({ preventScroll: true });
}

function fitField() {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
}

function submit() {
  const text = field.value.trim();
  if (!text) {
    field.focus();
    return;
  }
  if (!say(text)) return;
  field.value = "";
  keepDraft();
}

function keepDraft() {
  kept.draft = field.value;
  kept.save();
  fitField();
}

function clear() {
  kept.clear();
  drawn.clear();
  log.replaceChildren();
  showBeginning();
  setBusy(null);
  field.focus();
  say(GREETING, { shown: "" });
  announce(words.cleared);
}

function setUpField() {
  byId("form").addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  field.addEventListener("keydown", (event) => {
    // Input methods for Vietnamese use Enter to end a word.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  field.addEventListener("input", keepDraft);
  field.value = kept.draft;
  fitField();
}

function setUpLine() {
  const offline = byId("offline");
  const look = () => {
    offline.hidden = navigator.onLine;
  };
  addEventListener("offline", look);
  addEventListener("online", () => {
    look();
    announce(words.online);
  });
  look();
}

// Takes up what this tab has said before, and what the address asks.
function begin() {
  for (const entry of [...kept.entries]) {
    if (entry.state === "waiting") Object.assign(entry, { state: "failed", reason: words.unreached });
    draw(entry);
  }
  const asked = new URLSearchParams(location.search);
  const [question, link] = [asked.get("hoi"), asked.get("start")];
  if (question || link) {
    asked.delete("hoi");
    asked.delete("start");
    const rest = asked.toString();
    history.replaceState(null, "", location.pathname + (rest ? `?${rest}` : ""));
  }
  if (question) say(question);
  else if (link) say(`${GREETING} ${link}`, { shown: "" });
  else if (!kept.entries.length) say(GREETING, { shown: "" });
  else log.lastElementChild.scrollIntoView({ block: "start" });
}

// What is scrolled to or focused is not to end up under the head of the page.
new ResizeObserver(([head]) => {
  document.documentElement.style.setProperty("--top", `${head.target.offsetHeight}px`);
}).observe(document.querySelector(".top"));

const shutMenu = setUpOptions(clear);
setUpField();
setUpLine();
for (const button of document.querySelectorAll(".example")) {
  button.addEventListener("click", () => say(button.textContent));
}
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || shutMenu() || byId("sure").open) return;
  if (parent !== window) parent.postMessage("tro-ly-cchc:close", "*");
});
performance.mark("interactive");
begin();
