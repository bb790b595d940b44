import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { look } from "./look";
import { openSession } from "./session";
import type { Session } from "./session";
import { focusCode, newChat, selectLines, sendMessage, textArea } from "./steps";

const file = "src/core/limits/bucket.ts";

/** Errors that our page may have caused; the editor has others of its own. */
const ours = /Content Security Policy|groq-coder|groqCoder|webview/;

const answer = [
  "## What to change",
  "",
  `The place is \`${file}:3\`, not [this one](command:workbench.action.quit), and not src/core/nowhere.ts.`,
  "",
  "1. First this:",
  "",
  "   ```ts",
  "   // a comment",
  "   export function waitLonger(ms: number): string {",
  "     return `${ms * 2} ms`;",
  "   }",
  "   ```",
  "",
  "2. Then that.",
  "",
  "| Name | Value |",
  "| --- | ---: |",
  "| `one` | 1 |",
  "",
  "```python",
  "def twice(n: int) -> int:",
  '    return n * 2  # "doubled"',
  "```",
  "",
  "```json",
  '{ "a": [1, true, null] }',
  "```",
].join("\n");

describe("an answer in the transcript", () => {
  let session: Session;
  beforeAll(async () => {
    session = await openSession({ file });
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await session.editor.screenshot(`failed-${task.name}`);
  });
  afterAll(() => session.close());

  it("has highlighted code, links to files, and its cost and speed", async () => {
    const { editor, groq } = session;
    await editor.runCommand("groqCoder.openChat");
    const chat = editor.webview("view");
    groq.queueAnswer({ content: answer, reasoning: "Let me think about it." });
    await sendMessage(chat, "What do I have to change?");
    await chat.getByText("tokens/s").waitFor();
    await chat.locator(".code-keyword").first().waitFor();
    await chat.getByRole("link", { name: `${file}:3` }).waitFor();
    await look(editor, "transcript", chat.getByRole("article", { name: "Groq Coder" }), [
      'button "Copy"',
      'button "Insert"',
      'button "New file"',
      'button "Apply"',
      'link "src/core/limits/bucket.ts:3"',
      'button "Retry"',
      /\d+ in · \d+ out · \$0\.\d+ · \d+\.\d s to first token · [\d,]+ tokens\/s/,
    ]);
    expect(await chat.getByRole("link").count()).toBe(1);
    expect(await chat.locator(".code-comment").first().textContent()).toBe("// a comment");
  });

  it("opens a file at its line", async () => {
    const { editor } = session;
    await editor
      .webview("view")
      .getByRole("link", { name: `${file}:3` })
      .click();
    await editor.page.getByText("Ln 3, Col 1").waitFor();
  });

  it("puts code at the cursor, undone in one step", async () => {
    const { editor } = session;
    const chat = editor.webview("view");
    await selectLines(editor, 1, 1);
    await chat.getByRole("button", { name: "Insert" }).nth(1).click();
    await expect.poll(() => textArea(editor).textContent()).toMatch(/def\stwice/);
    await focusCode(editor);
    await editor.page.keyboard.press("Control+Z");
    await expect.poll(() => textArea(editor).textContent()).not.toMatch(/def\stwice/);
  });

  it("shows a diff before it applies code to the selection", async () => {
    const { editor } = session;
    const chat = editor.webview("view");
    await selectLines(editor, 1, 1);
    await chat.getByRole("button", { name: "Apply" }).first().click();
    await editor.page.getByRole("tab", { name: "bucket.ts: proposed edit" }).waitFor();
    const accept = chat.getByRole("button", { name: "Accept" });
    await accept.waitFor();
    await look(editor, "transcript-apply", chat.getByRole("region", { name: "Proposed edit" }), [
      'button "Accept"',
    ]);
    await accept.click();
    await expect.poll(() => textArea(editor).textContent()).toMatch(/waitLonger/);
  });

  it("opens code as a new file", async () => {
    const { editor } = session;
    await editor.webview("view").getByRole("button", { name: "New file" }).nth(1).click();
    await editor.page.getByRole("tab", { name: /Untitled-1/ }).waitFor();
    await editor.page
      .getByRole("button", { name: /Python/ })
      .first()
      .waitFor();
    expect(editor.consoleErrors.filter((error) => ours.test(error))).toEqual([]);
  });

  it("goes on with an answer that reached its length", async () => {
    const { editor, groq } = session;
    const { chat } = await newChat(editor);
    groq.queueAnswer({ content: "The first ha", finishReason: "length" });
    groq.queueAnswer({ content: "lf and the second." });
    await sendMessage(chat, "Tell me both halves");
    await chat.getByRole("button", { name: "Continue" }).click();
    await chat.getByText("The first half and the second.").waitFor();
    await expect.poll(() => chat.getByRole("button", { name: "Continue" }).count()).toBe(0);
  });

  it("asks an edited question as a branch, and keeps the old one", async () => {
    const { editor, groq } = session;
    const chat = editor.webview("view");
    groq.queueAnswer({ content: "Now in one piece." });
    await chat.getByRole("button", { name: "Edit", exact: true }).click();
    const box = chat.getByRole("textbox", { name: "Edited question" });
    await box.fill("Tell me all at once");
    await box.press("Enter");
    await chat.getByText("Now in one piece.").waitFor();
    await look(editor, "transcript-branch", chat.getByRole("log"), [
      "Tell me all at once",
      "2/2",
      'button "Previous version"',
    ]);
    await chat.getByRole("button", { name: "Previous version" }).click();
    await chat.getByText("The first half and the second.").waitFor();
    expect(await chat.getByText("Now in one piece.").count()).toBe(0);
  });

  it("asks once more with another model", async () => {
    const { editor, groq } = session;
    const chat = editor.webview("view");
    groq.queueAnswer({ content: "Said by another.", model: "openai/gpt-oss-20b" });
    await chat.getByRole("button", { name: "Ask another model" }).click();
    const picker = editor.page.locator(".quick-input-widget");
    await picker.getByRole("option", { name: /gpt-oss-20b/ }).click();
    await chat.getByText("Said by another.").waitFor();
    await chat.getByText(/gpt-oss-20b · .*tokens\/s/).waitFor();
  });

  it("leaves who reads further up alone while it grows, and follows who comes back to its end", async () => {
    const { editor, groq } = session;
    const { chat } = await newChat(editor);
    const line = (number: number) => `Line ${number} of a long answer.`;
    const lines = Array.from({ length: 160 }, (_, number) => line(number));
    groq.queueAnswer({ content: lines.join("\n\n"), tokensPerSecond: 150 });
    await sendMessage(chat, "Tell me at length");
    const log = chat.getByRole("log");
    const toTheEnd = () =>
      log.evaluate((element) => element.scrollHeight - element.clientHeight - element.scrollTop);
    await chat.getByText(line(50)).waitFor();
    await log.hover();
    await editor.page.mouse.wheel(0, -300);
    await expect.poll(toTheEnd).toBeGreaterThan(200);
    await chat.getByText(line(90)).waitFor();
    expect(await toTheEnd()).toBeGreaterThan(500);
    await editor.page.mouse.wheel(0, 100_000);
    await chat.getByText(line(159)).waitFor();
    await chat.getByText("tokens/s").waitFor();
    await expect.poll(toTheEnd).toBeLessThan(2);
  });
});
