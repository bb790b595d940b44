import { chmodSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { takeFromQuickInput } from "../harness/quickInput";
import { look } from "./look";
import { sessionForAll, sessionsPerTest } from "./session";
import {
  answerInputBox,
  focusCode,
  meter,
  newChat,
  notification,
  openFile,
  selectLines,
  sendMessage,
  textArea,
} from "./steps";

// What goes wrong in a first version's life: each a clear message with a way out, and nothing lost.
describe("troubles", () => {
  const open = sessionsPerTest();

  it("no key: says where to get one, refuses those of others, and takes a good one", async () => {
    const { editor, groq } = await open({ keyInEnvironment: false });
    await editor.runCommand("groqCoder.openChat");
    const chat = editor.webview("view");
    await chat.getByText("No Groq API key is set").waitFor();
    await look(editor, "no-key", chat.locator("body"), [
      'button "Set API Key"',
      'button "Get a Key"',
    ]);
    await sendMessage(chat, "hello");
    const answer = chat.getByRole("article", { name: "Groq Coder" });
    await answer.getByText("No Groq API key is set").waitFor();
    expect(groq.requests).toEqual([]);

    await answer.getByRole("button", { name: "Set API Key" }).click();
    await answerInputBox(editor, "xai-0123456789");
    const box = editor.page.locator(".quick-input-widget");
    await box.getByText("This is a key of xAI, not of Groq").waitFor();
    await look(editor, "key-of-another-company", box, ["A Groq key starts with gsk_"]);
    await answerInputBox(editor, "gsk_wrong0123456789");
    await box.getByText("Groq does not accept this API key").waitFor();
    await look(editor, "wrong-key", box, ["Replace it with a valid one"]);
    await answerInputBox(editor, "gsk_good0123456789");
    await box.waitFor({ state: "hidden" });

    await answer.getByRole("button", { name: "Retry", exact: true }).click();
    await chat.getByText("tokens/s").waitFor();
    expect(groq.requests.map(({ path }) => path)).toEqual([
      "/openai/v1/models",
      "/openai/v1/models",
      "/openai/v1/chat/completions",
    ]);
  });

  it("server down: says what cannot be reached; the question stays and can be retried", async () => {
    const { editor } = await open({
      env: { GROQ_API_KEY: "gsk_journey", GROQ_BASE_URL: "http://127.0.0.1:59999" },
    });
    await editor.runCommand("groqCoder.openChat");
    const chat = editor.webview("view");
    await sendMessage(chat, "are you there?");
    const answer = chat.getByRole("article", { name: "Groq Coder" });
    await answer.getByText("Trying again").waitFor();
    await editor.screenshot("trying-again");
    await answer.getByRole("button", { name: "Retry", exact: true }).waitFor();
    await look(editor, "server-down", chat.locator("body"), [
      "are you there?",
      "ECONNREFUSED",
      'button "Retry"',
      'button "Open Setting"',
      "Session: $0.00",
    ]);
  });

  it("a retired default: its successor answers, and one notice offers to keep it", async () => {
    const { editor, groq } = await open({
      settings: { "groqCoder.model": "llama-3.3-70b-versatile" },
    });
    const notice = await notification(
      editor,
      "Groq does not offer llama-3.3-70b-versatile any more",
    );
    await look(editor, "default-retired", editor.page.locator(".notifications-center"), [
      'button "Keep openai/gpt-oss-120b"',
      'button "Open Setting"',
    ]);
    await notice.getByRole("button", { name: "Keep openai/gpt-oss-120b" }).click();
    await editor.runCommand("groqCoder.openChat");
    const chat = editor.webview("view");
    await sendMessage(chat, "hello");
    await chat.getByText("tokens/s").waitFor();
    expect(groq.requests.map(({ body }) => body)).toMatchObject([{ model: "openai/gpt-oss-120b" }]);
  });

  it("model retired since: names the successor and switches to it", async () => {
    const { editor, groq } = await open({ settings: { "groqCoder.model": "qwen/qwen3.6-27b" } });
    await editor.runCommand("groqCoder.openChat");
    const chat = editor.webview("view");
    await sendMessage(chat, "hello");
    const answer = chat.getByRole("article", { name: "Groq Coder" });
    await answer.getByText("Groq does not offer qwen/qwen3.6-27b any more").waitFor();
    await look(editor, "model-retired", chat.locator("body"), [
      'button "Use qwen/qwen3.8-27b"',
      "Session: $0.00",
    ]);
    await chat.getByRole("button", { name: "Use qwen/qwen3.8-27b" }).click();
    await chat.getByText("tokens/s").waitFor();
    expect(groq.requests.at(-1)?.body).toMatchObject({ model: "qwen/qwen3.8-27b" });
  });

  it("budget reached: nothing is sent, the numbers are told, and a smaller model still fits", async () => {
    const { editor, groq } = await open({ settings: { "groqCoder.budget.daily": 0.0003 } });
    await editor.runCommand("groqCoder.openChat");
    const chat = editor.webview("view");
    await sendMessage(chat, "hello");
    const answer = chat.getByRole("article", { name: "Groq Coder" }).first();
    await answer.getByText("Today's budget of $0.00030 is reached").waitFor();
    await look(editor, "over-budget", chat.locator("body"), [
      "Nothing was sent",
      'button "Change Budget"',
      'button "Select Model"',
      "Session: $0.00",
    ]);
    expect(groq.requests).toEqual([]);

    await answer.getByRole("button", { name: "Select Model" }).click();
    const models = editor.page.locator(".quick-input-widget");
    await models.getByRole("button", { name: "Refresh list" }).click();
    await models.getByPlaceholder("your list is of").waitFor();
    await look(editor, "select-model", models, [
      /openai\/gpt-oss-120b, current · 1,000 requests, 200,000 tokens left today, \$0\.15 in/,
      "qwen/qwen3.8-27b, preview",
    ]);
    await models.getByRole("option", { name: /gpt-oss-20b/ }).click();
    await models.waitFor({ state: "hidden" });
    // The setting is written after the list has gone.
    const chosen = chat.getByRole("combobox", { name: "Model" });
    await expect.poll(() => chosen.inputValue()).toBe("openai/gpt-oss-20b");
    await sendMessage(chat, "hello again");
    await chat.getByText("tokens/s").waitFor();
    expect(groq.requests.at(-1)?.body).toMatchObject({ model: "openai/gpt-oss-20b" });
  });

  it("Restricted Mode: chat works, edits are off and say why", async () => {
    const { editor, groq, folder } = await open({ trusted: false });
    await editor.runCommand("groqCoder.openChat");
    const chat = editor.webview("view");
    await sendMessage(chat, "hello");
    await chat.getByText("tokens/s").waitFor();
    await openFile(editor, "src/core/limits/bucket.ts");
    await selectLines(editor, 24, 29);
    const before = readFileSync(`${folder}/src/core/limits/bucket.ts`, "utf8");
    await editor.runCommand("groqCoder.refactorSelection");
    const notice = await notification(editor, "Edits are off in Restricted Mode");
    await notice.click();
    await look(editor, "restricted-mode", editor.page.locator(".notifications-center"), [
      "Edits are off in Restricted Mode",
      "Manage Trust",
    ]);
    expect(groq.requests.length).toBe(1);
    expect(readFileSync(`${folder}/src/core/limits/bucket.ts`, "utf8")).toBe(before);
  });
});

// Slow enough to be left in mid-answer.
describe("troubles with an answer, and with what is selected", () => {
  const session = sessionForAll(() => ({
    groq: { speed: 60 },
    files: { "src/nothing.txt": "\n\n" },
  }));

  it("revoked key: the answer says so and offers to replace it", async () => {
    const { editor, groq } = session();
    const { chat, answers } = await newChat(editor);
    groq.queueFault({
      kind: "status",
      status: 401,
      body: {
        error: {
          message: "Invalid API Key",
          type: "invalid_request_error",
          code: "invalid_api_key",
        },
      },
    });
    await sendMessage(chat, "hello");
    const answer = answers.first();
    await answer.getByText("Groq does not accept this API key").waitFor();
    await look(editor, "revoked-key", answer, ['button "Set API Key"', 'button "Get a Key"']);
  });

  it("answer cut off in mid-stream: what came is kept, and Retry brings the rest", async () => {
    const { editor, groq } = session();
    const { chat, answers } = await newChat(editor);
    groq.queueAnswer({
      content: "Half of a sentence that never ends",
      fault: { kind: "cut", afterEvents: 6, within: "event", ending: "abrupt" },
    });
    await sendMessage(chat, "hello");
    await answers
      .first()
      .getByText("The connection broke before the answer was complete")
      .waitFor();
    await look(editor, "cut-off", chat.locator("body"), ["Half of a", 'button "Retry"', "~"]);
    await chat.getByRole("button", { name: "Retry", exact: true }).click();
    await answers.nth(1).getByText("tokens/s").waitFor();
  });

  it("empty selection; a read-only file is refused before anything is spent", async () => {
    const { editor, groq, folder } = session();
    const before = groq.requests.length;
    await openFile(editor, "src/nothing.txt");
    await editor.runCommand("groqCoder.explainSelection");
    await notification(editor, "Nothing is selected");
    await editor.screenshot("empty-selection");

    await openFile(editor, "src/core/limits/bucket.ts");
    chmodSync(`${folder}/src/core/limits/bucket.ts`, 0o444);
    await selectLines(editor, 24, 29);
    await editor.runCommand("groqCoder.refactorSelection");
    await notification(editor, "bucket.ts is read-only");
    await editor.screenshot("read-only");
    expect(groq.requests).toHaveLength(before);
  });

  it("reload in mid-answer: the text is kept, charged and marked", async () => {
    const { editor, groq } = session();
    let { chat } = await newChat(editor);
    groq.queueAnswer({ content: `The first words. ${"And more of them. ".repeat(100)}` });
    await sendMessage(chat, "tell me a long story");
    await chat.getByText("The first words.").waitFor();
    await editor.reload();
    await editor.runCommand("groqCoder.openChat");
    chat = editor.webview("view");
    await chat.getByText("tell me a long story").waitFor();
    await chat.getByText("The first words.").waitFor();
    await look(editor, "reload-in-mid-answer", chat.locator("body"), [
      /Stopped|The window was closed in mid-answer/,
      'button "Retry"',
      /Session: ~\$0\.00\d+/,
    ]);
    await expect.poll(() => meter(editor).textContent()).toMatch(/~\$0\.00\d+/);
  });
});

describe("troubles of an empty window", () => {
  const session = sessionForAll(() => ({ openFolder: false }));

  it("nothing selected, no file open, no folder open", async () => {
    const { editor, groq } = session();
    await editor.runCommand("groqCoder.explainSelection");
    await notification(editor, "No file is open in an editor");
    await editor.screenshot("no-file");

    await editor.runCommand("groqCoder.openChat");
    const chat = editor.webview("view");
    await sendMessage(chat, "hello");
    await chat.getByText("tokens/s").waitFor();
    expect(groq.requests.length).toBe(1);
  });

  it("untitled document: explained, edited, undone", async () => {
    const { editor } = session();
    const title = "Create: New Untitled Text File";
    const name = /^(Create|File): New Untitled Text File/;
    await takeFromQuickInput(editor.page, "F1", `>${title}`, name);
    await textArea(editor).waitFor();
    await focusCode(editor);
    await editor.page.keyboard.insertText("const total = 1;\nconst double = total * 2;\n");
    await editor.page.keyboard.press("Control+A");
    await editor.runCommand("groqCoder.refactorSelection");
    await answerInputBox(editor, "Rename total to sum");
    const chat = editor.webview("view");
    await chat.getByRole("button", { name: "Accept" }).click();
    await expect.poll(() => textArea(editor).textContent()).toMatch(/const\ssum\s/);
    await editor.screenshot("untitled");
  });
});
