import { existsSync, readFileSync } from "node:fs";
import type { Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { look } from "./look";
import { openSession } from "./session";
import type { Session } from "./session";
import { answerInputBox, meter, newChat, notification, selectFunction, sendMessage } from "./steps";

const file = "src/core/limits/bucket.ts";

// A day's conversations: found again, kept in order, taken out and brought back.
describe("conversations", () => {
  let session: Session;
  beforeAll(async () => {
    session = await openSession({ file });
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await session.editor.screenshot(`failed-${task.name}`);
  });
  afterAll(() => session.close());

  const chat = () => session.editor.webview("view");
  const box = () => session.editor.page.locator(".quick-input-widget");
  const line = (name: string | RegExp) => box().getByRole("option", { name });
  const question = (text: string) =>
    chat().getByRole("article", { name: "You" }).filter({ hasText: text });

  /** The message box takes the focus once its page is loaded, which may be late: an open list would then close. */
  const focusOnMessage = () => chat().locator("textarea:focus").waitFor();

  /** The history, with all its rows. */
  async function openHistory(): Promise<Locator> {
    await session.editor.runCommand("groqCoder.openHistory");
    await box().getByPlaceholder("Search in titles, questions and answers").waitFor();
    return box().getByRole("textbox");
  }

  async function press(name: string | RegExp, button: string): Promise<void> {
    await line(name).hover();
    await line(name).getByRole("button", { name: button }).click();
  }

  it("are listed with their titles, and found by a word of an answer", async () => {
    const { editor, folder } = session;
    await editor.runCommand("groqCoder.openChat");
    await sendMessage(chat(), "What is a semaphore for?\nIn one line.");
    await chat().getByText("tokens/s").waitFor();
    const other = await chat().getByRole("log").textContent();
    await newChat(editor);
    await selectFunction(editor, `${folder}/${file}`, "waitMs");
    await editor.runCommand("groqCoder.explainSelection");
    await chat().getByText("tokens/s").waitFor();
    const said = (await chat().getByRole("log").locator(".markdown").textContent()) ?? "";
    const word = said
      .match(/[a-z]{8,}/gi)
      ?.find((candidate) => other?.includes(candidate) === false);

    const search = await openHistory();
    await line(/^Explain src\/core\/limits\/bucket\.ts:\d+-\d+/).waitFor();
    await look(editor, "history", box(), [
      /option "?Explain src\/core\/limits\/bucket\.ts:\d+-\d+.*workspace.*2 messages.*\$0\.000\d+/,
      /option "?What is a semaphore for\?/,
      'button "Rename"',
      'button "Pin"',
      'button "Delete"',
    ]);
    await search.fill(word ?? "");
    await line("semaphore").waitFor({ state: "hidden" });
    await look(editor, "history-search", box(), [new RegExp(`option "?Explain .*${word}`)]);
    await search.fill("semaph");
    await line("semaphore").waitFor();
    await search.press("Enter");
    await question("What is a semaphore for?").waitFor();
  });

  it("are renamed and pinned", async () => {
    const { editor } = session;
    const search = await openHistory();
    await press("semaphore", "Rename");
    await box().getByText("Rename Conversation").waitFor();
    await answerInputBox(editor, "Locks and keys");
    await press("Locks and keys", "Pin");
    await line(/^Locks and keys.*Pinned$/).waitFor();
    await line("Locks and keys").hover();
    await look(editor, "history-pinned", box(), [/option "?Locks and keys[^]*option "?Explain/]);
    await search.press("Escape");
    await box().waitFor({ state: "hidden" });
  });

  it("are deleted, and come back with Undo", async () => {
    const { editor } = session;
    const search = await openHistory();
    await press("Locks and keys", "Delete");
    await line("Locks and keys").waitFor({ state: "detached" });
    await search.press("Escape");
    // It was open in the chat, which is empty now.
    await question("What is a semaphore for?").waitFor({ state: "hidden" });
    const told = await notification(editor, "The conversation “Locks and keys” was deleted.");
    await look(editor, "history-undo", told, ["Locks and keys"]);
    await told.getByRole("button", { name: "Undo" }).click();
    await question("What is a semaphore for?").waitFor();
  });

  it("are exported, and imported as new ones", async () => {
    const { editor, folder } = session;
    const path = `${folder}/chat.json`;
    await editor.runCommand("groqCoder.exportChat");
    await line(/^JSON/).click();
    // The dialog for files has its own default, and takes another place once it has shown that.
    const place = box().getByRole("textbox");
    await expect.poll(() => place.inputValue()).toContain("Locks and keys.json");
    await place.fill(path);
    await box().getByRole("button", { name: "OK" }).click();
    await expect.poll(() => existsSync(path)).toBe(true);
    await notification(editor, "The conversation was exported to chat.json.");
    expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({
      format: "groq-coder-conversation",
      title: "Locks and keys",
      turns: [{ role: "user" }, { role: "answer" }],
    });
    const spent = session.groq.bill().total;
    await editor.runCommand("groqCoder.importChat");
    await line(/^chat\.json/).click();
    // It is open now, and its costs are those of another conversation.
    await chat().getByText("Session: $0.00", { exact: true }).waitFor();
    await openHistory();
    await expect.poll(() => line("Locks and keys").count()).toBe(2);
    await look(editor, "history-imported", box(), [/option "?Explain/]);
    await editor.page.keyboard.press("Escape");
    expect(session.groq.bill().total).toBe(spent);
  });

  it("survive a reload, an answer in its middle with what had come of it, charged and marked", async () => {
    const { editor, groq } = session;
    await newChat(editor);
    groq.queueAnswer({
      content: `The first words. ${"And more of them. ".repeat(100)}`,
      fault: { kind: "stall", afterEvents: 50 },
    });
    await sendMessage(chat(), "Tell me about lighthouses, please");
    await chat().getByText("The first words.").waitFor();
    await editor.reload();
    await editor.runCommand("groqCoder.openChat");
    await question("Tell me about lighthouses, please").waitFor();
    await chat().getByText("The first words.").waitFor();
    await focusOnMessage();
    await look(editor, "reload-in-mid-answer", chat().locator("body"), [
      // Whether the extension still had time to stop it depends on the editor.
      /Stopped|The window was closed during the answer/,
      'button "Retry"',
      /Session: ~\$0\.00\d+/,
    ]);
    await expect.poll(() => meter(editor).textContent()).toMatch(/~\$0\.00\d+/);

    const search = await openHistory();
    await expect.poll(() => line("Locks and keys").count()).toBe(2);
    await search.fill("lighthouses");
    await line("Locks and keys").first().waitFor({ state: "hidden" });
    await look(editor, "history-interrupted", box(), [/option "?Tell me about lighthouses/]);
    await search.fill("semaph");
    await line("Locks and keys").first().waitFor();
    await search.press("Enter");
    await question("What is a semaphore for?").waitFor();
    expect(editor.consoleErrors.filter((error) => error.includes("groqCoder"))).toEqual([]);
  });
});
