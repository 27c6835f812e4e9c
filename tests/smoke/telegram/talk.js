// Starts telegram-test-api and the assistant, and talks: a command, a question, a button.
// The routes below put right what the server gives otherwise than Telegram does.
"use strict";
const assert = require("node:assert/strict");
const { spawn } = require("node:child_process");
const TelegramServer = require("@vishtar/telegram-test-api");

const TOKEN = "1:smoke";
const PORT = Number(process.env.SMOKE_PORT || 9371);
const PATIENCE = 120_000; // milliseconds for the assistant to read its documents and be there
const me = { id: 666, is_bot: true, first_name: "Trợ lý", username: "TestNameBot" };
const chat = { id: 1, type: "private", first_name: "Hoa" };
const person = { id: 1, is_bot: false, first_name: "Hoa" };
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const now = () => Math.floor(Date.now() / 1000);

// What the bot did, in order: [method, fields].
const calls = [];

function asTelegram(app, server) {
  const on = (method, work) =>
    app.all(`/bot:token/${method}`, async (req, res) => {
      if (method !== "getUpdates") calls.push([method, req.body || {}]);
      res.json({ ok: true, result: await work(req.body || {}, req.params.token) });
    });
  on("getMe", () => me);
  on("setMyCommands", () => true);
  on("sendChatAction", () => true);
  on("answerCallbackQuery", () => true);
  on("getUpdates", async (body, token) => {
    const end = Date.now() + 1000 * Math.min(Number(body.timeout || 0), 5);
    let found = server.getUpdates(token);
    while (!found.length && Date.now() < end) {
      await pause(20);
      found = server.getUpdates(token);
    }
    for (const update of found) {
      if (update.callback_query) update.callback_query.chat_instance = "1";
    }
    return found;
  });
  on("sendMessage", (body, token) => {
    const message = server.addBotMessage(body, token);
    return { message_id: message.message_id, date: now(), chat, from: me, text: body.text };
  });
  on("editMessageText", (body) => {
    server.editMessageText(body);
    return { message_id: Number(body.message_id), date: now(), chat, from: me, text: body.text };
  });
}

async function until(what, found) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const value = found();
    if (value) return value;
    assert.ok(Date.now() < end, `waited in vain for ${what}`);
    await pause(50);
  }
}

const made = (method) => calls.filter(([name]) => name === method).map(([, body]) => body);
const buttons = (body) => JSON.parse(JSON.stringify(body.reply_markup)).inline_keyboard.flat();

async function talk(client) {
  await client.sendCommand(client.makeCommand("/start"));
  const greeting = await until("the greeting", () => made("sendMessage")[0]);
  assert.equal(greeting.parse_mode, "HTML");
  assert.equal(buttons(greeting).length, 4);

  await client.sendMessage(client.makeMessage("Năm 2023 Quảng Nam đặt mục tiêu PCI hạng mấy?"));
  const answer = await until("the answer", () => made("sendMessage")[1]);
  assert.match(answer.text, /<blockquote[^>]*>.*PCI/s);
  assert.match(answer.text, /<b>/);
  assert.match(answer.text, /Nguồn:/);

  const press = buttons(answer).find((one) => one.callback_data.endsWith(":cả mục"));
  assert.ok(press, "the answer offers its whole section");
  const message = { message_id: 4, date: now(), chat, from: me, text: "câu trả lời" };
  await client.sendCallback(
    client.makeCallbackQuery(press.callback_data, { message, from: person }),
  );
  await until("the button's answer", () => made("answerCallbackQuery")[0]);
  const edit = await until("the edit", () => made("editMessageText")[0]);
  assert.match(edit.text, /PCI/);
  assert.equal(made("sendMessage").length, 2, "a button edits and adds nothing");
  assert.ok(made("setMyCommands").length, "the menu was set");
}

async function main() {
  const server = new TelegramServer(
    { port: PORT, host: "127.0.0.1" },
    { routes: [asTelegram] },
  );
  await server.start();
  const address = `http://127.0.0.1:${PORT}`;
  const assistant = spawn(
    process.env.PYTHON || "python3",
    ["-m", "tests.smoke.telegram.office", address],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  const started = new Promise((resolve) => assistant.stdout.once("data", resolve));
  const ended = new Promise((resolve) => assistant.once("exit", resolve));
  const gone = ended.then((code) => Promise.reject(new Error(`the assistant ended: ${code}`)));
  try {
    console.log(String(await Promise.race([started, gone])).trim());
    await Promise.race([talk(server.getClient(TOKEN)), gone]);
  } finally {
    gone.catch(() => {});
    assistant.stdin.end();
    await ended;
    await server.stop();
  }
  console.log("Smoke test of Telegram passed: a command, a question, a button.");
}

main().catch((error) => {
  console.error(`Smoke test of Telegram failed: ${error.message}`);
  process.exit(1);
});
