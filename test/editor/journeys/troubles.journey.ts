import { chmodSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { takeFromQuickInput } from "../harness/quickInput";
import { look } from "./look";
import { sessionForAll } from "./session";
import {
  answerInputBox,
  focusCode,
  newChat,
  notification,
  openFile,
  selectLines,
  sendMessage,
  textArea,
} from "./steps";

// What can go wrong: each time a clear message with a way out, and nothing lost.
describe("troubles", () => {
  const session = sessionForAll(() => ({
    trusted: false,
    settings: { "groqCoder.model": "llama-3.3-70b-versatile" },
    files: { "src/nothing.txt": "\n\n" },
  }));

  it("a retired default: its successor answers, and one notice offers to keep it", async () => {
    const { editor, groq } = session();
    const notice = await notification(editor, "Groq no longer offers llama-3.3-70b-versatile");
    await look(editor, "default-retired", editor.page.locator(".notifications-center"), [
      'button "Keep openai/gpt-oss-120b"',
      'button "Open Setting"',
    ]);
    await notice.getByRole("button", { name: "Keep openai/gpt-oss-120b" }).click();
    const { chat } = await newChat(editor);
    await sendMessage(chat, "hello");
    await chat.getByText("tokens/s").waitFor();
    expect(groq.requests.map(({ body }) => body)).toMatchObject([{ model: "openai/gpt-oss-120b" }]);
  });

  it("Restricted Mode: chat works, edits are off and say why, until the folder is trusted", async () => {
    const { editor, groq, folder } = session();
    const { page } = editor;
    const { chat } = await newChat(editor);
    await sendMessage(chat, "hello");
    await chat.getByText("tokens/s").waitFor();
    const asked = groq.requests.length;
    await openFile(editor, "src/core/limits/bucket.ts");
    await selectLines(editor, 24, 29);
    const before = readFileSync(`${folder}/src/core/limits/bucket.ts`, "utf8");
    await editor.runCommand("groqCoder.refactorSelection");
    const notice = await notification(editor, "Edits are off in Restricted Mode");
    await notice.click();
    await look(editor, "restricted-mode", page.locator(".notifications-center"), [
      "Edits are off in Restricted Mode",
      "Manage Trust",
    ]);
    expect(groq.requests).toHaveLength(asked);
    expect(readFileSync(`${folder}/src/core/limits/bucket.ts`, "utf8")).toBe(before);

    await notice.getByRole("button", { name: "Manage Trust" }).click();
    await page
      .locator(".workspace-trust-editor")
      .getByRole("button", { name: "Trust", exact: true })
      .click();
    await openFile(editor, "src/core/limits/bucket.ts");
    await selectLines(editor, 24, 29);
    await editor.runCommand("groqCoder.refactorSelection");
    const box = page.locator(".quick-input-widget");
    await box.getByText("Enter sends, and shows the change before it is made").waitFor();
    await page.keyboard.press("Escape");
    await box.waitFor({ state: "hidden" });
  });

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
      // Slow enough to be read before the connection breaks.
      tokensPerSecond: 10,
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

  it("server down: says what cannot be reached; the question stays and can be retried", async () => {
    const { editor, groq } = session();
    const { chat, answers } = await newChat(editor);
    await groq.close();
    await sendMessage(chat, "are you there?");
    const answer = answers.first();
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
});

describe("troubles of an empty window", () => {
  const session = sessionForAll(() => ({
    openFolder: false,
    settings: { "groqCoder.model": "qwen/qwen3.6-27b" },
  }));

  it("model retired since: names the successor and switches to it", async () => {
    const { editor, groq } = session();
    const { chat, answers } = await newChat(editor);
    await sendMessage(chat, "hello");
    await answers.first().getByText("Groq no longer offers qwen/qwen3.6-27b").waitFor();
    await look(editor, "model-retired", chat.locator("body"), [
      'button "Use qwen/qwen3.8-27b"',
      "Session: $0.00",
    ]);
    await chat.getByRole("button", { name: "Use qwen/qwen3.8-27b" }).click();
    await chat.getByText("tokens/s").waitFor();
    expect(groq.requests.at(-1)?.body).toMatchObject({ model: "qwen/qwen3.8-27b" });
  });

  it("nothing selected, no file open, no folder open", async () => {
    const { editor, groq } = session();
    await editor.runCommand("groqCoder.explainSelection");
    await notification(editor, "No file is open in an editor");
    await editor.screenshot("no-file");

    const before = groq.requests.length;
    const { chat } = await newChat(editor);
    await sendMessage(chat, "hello");
    await chat.getByText("tokens/s").waitFor();
    expect(groq.requests).toHaveLength(before + 1);
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
