import { join } from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { packBuilt } from "../../../scripts/bundle/vsix.mjs";
import { makeTemporaryFolder, removeFolder } from "../../../scripts/system/cleanup.mjs";
import { look } from "./look";
import { sessionForAll } from "./session";
import { answerInputBox, meter, newChat, notification, sendMessage, textArea } from "./steps";

type Step = "key" | "question" | "edit" | "budget" | "cost";

const key = "gsk_stranger0123456789abcdef";

// A stranger's first minutes: the packed extension in an editor that has nothing else, no key and no folder.
describe("the first minutes", () => {
  const packed = makeTemporaryFolder("vsix");
  afterAll(() => removeFolder(packed));
  const session = sessionForAll(async () => {
    const { file } = await packBuilt(process.execPath, join(packed, "groq-coder.vsix"));
    // A step takes the focus when it has unfolded, from a list that was opened faster than a person would.
    const settings = { "workbench.reduceMotion": "on" };
    return { vsix: file, bare: false, openFolder: false, keyInEnvironment: false, settings };
  });
  const chat = () => session().editor.webview("view");
  const walkthrough = () => session().editor.page.locator(".gettingStartedContainer");
  // The editor nests buttons and boxes in a step's button, where roles cannot be found.
  const stepOf = (id: Step) => walkthrough().locator(`[data-step-id$="#${id}"]`);
  const tick = (id: Step) => walkthrough().locator(`[data-done-step-id$="#${id}"]`);

  /** Selects a step of the walkthrough and presses its button. */
  async function take(step: Step, button: string): Promise<void> {
    await showWalkthrough();
    await stepOf(step).locator(".step-title").click();
    await stepOf(step).locator(".monaco-button").filter({ hasText: button }).click();
  }

  async function expectTicked(step: Step): Promise<void> {
    await showWalkthrough();
    await expect.poll(() => tick(step).getAttribute("aria-checked")).toBe("true");
  }

  async function showWalkthrough(): Promise<void> {
    const { editor } = session();
    if (!(await stepOf("key").isVisible())) await editor.runCommand("groqCoder.openWalkthrough");
    await stepOf("key").waitFor();
  }

  /** Without the editor's own errors about services that it cannot reach. */
  function ownErrors(): readonly string[] {
    return session().editor.consoleErrors.filter((error) => /groq/i.test(error));
  }

  function quickInput(): Locator {
    return session().editor.page.locator(".quick-input-widget");
  }

  it("the view says where to get a key, what the free plan gives, what is sent where", async () => {
    const { editor, groq } = session();
    await editor.page.getByRole("tab", { name: "Groq Coder" }).click();
    await chat().getByText("No Groq API key is set").waitFor();
    await look(editor, "first-1-no-key", chat().locator("body"), [
      'heading "Welcome to Groq Coder"',
      'button "Set API Key"',
      'button "Get a Key"',
      'button "Open Walkthrough"',
      "console.groq.com",
      /30 requests and 8,000 tokens a minute, 1,000 requests and 200,000 tokens a day/,
      "nothing is sent before you ask",
      'textbox "Message"',
    ]);
    expect(groq.requests).toEqual([]);
    expect(ownErrors()).toEqual([]);
  });

  it("the walkthrough opens from there, with nothing ticked off", async () => {
    const { editor } = session();
    await chat().getByRole("button", { name: "Open Walkthrough" }).click();
    await stepOf("key").locator(".monaco-button").filter({ hasText: "Set API Key" }).waitFor();
    await look(editor, "first-2-walkthrough", walkthrough(), [
      "First steps with Groq Coder",
      "Set your Groq API key",
      "Ask a first question",
      "Make an edit, and review it",
      "Set a budget",
      "See what it costs",
    ]);
    expect(await tick("key").getAttribute("aria-checked")).toBe("false");
  });

  it("a key: wrong ones say why, a good one is kept and the welcome goes", async () => {
    const { editor, groq } = session();
    await take("key", "Set API Key");
    await answerInputBox(editor, "xai-stranger0123456789");
    await quickInput().getByText("This is a key for xAI, not for Groq").waitFor();
    await look(editor, "first-3-key-of-another-company", quickInput(), [
      "A Groq key starts with gsk_",
    ]);
    expect(groq.requests).toEqual([]);
    await answerInputBox(editor, key);
    await quickInput().waitFor({ state: "hidden" });
    await chat().getByText("Ask, explain, refactor").waitFor();
    await expectTicked("key");
    await look(editor, "first-3-key", chat().locator("body"), ['heading "Ask, explain, refactor"']);
    expect(await chat().getByText("No Groq API key is set").count()).toBe(0);
    expect(groq.requests.map(({ path }) => path)).toEqual(["/openai/v1/models"]);
  });

  it("a first question is answered, with what it cost", async () => {
    const { editor } = session();
    await take("question", "Ask Something");
    await chat().locator("textarea:focus").waitFor();
    await sendMessage(chat(), "What is a closure?");
    await chat().getByText("tokens/s").waitFor();
    await expectTicked("question");
    await look(editor, "first-4-question", chat().locator("body"), [
      "What is a closure?",
      /\d+ in · \d+ out · \$0\.000\d+/,
      /Session: \$0\.000\d+/,
    ]);
  });

  it("a first edit, on the sample: asked in place, reviewed, accepted", async () => {
    const { editor } = session();
    await take("edit", "Try It on a Sample");
    await quickInput().getByPlaceholder("What should be changed?").waitFor();
    await editor.screenshot("first-5-sample");
    await answerInputBox(editor, "Rename sum to amount");
    const accept = chat().getByRole("button", { name: "Accept" });
    await accept.waitFor();
    await look(editor, "first-6-review", chat().getByRole("region", { name: "Proposed edit" }), [
      'button "Accept"',
      'button "Reject"',
    ]);
    await accept.click();
    const review = editor.page.getByRole("tab", { name: "proposed edit" });
    await review.waitFor({ state: "detached" });
    await expect.poll(() => textArea(editor).textContent()).toMatch(/let\samount\s=/);
    expect(await textArea(editor).textContent()).not.toContain("sum");
    await editor.screenshot("first-7-accepted");
    await expectTicked("edit");
  });

  it("a budget is set, and stands in the status bar", async () => {
    const { editor } = session();
    await take("budget", "Set Budget");
    await quickInput().getByRole("option", { name: "Each day" }).click();
    await quickInput().getByText("US dollars, such as 0.50").waitFor();
    await answerInputBox(editor, "0.50");
    await quickInput().waitFor({ state: "hidden" });
    await expect.poll(() => meter(editor).textContent()).toMatch(/\$0\.00\d+ \/ \$0\.50/);
    await expectTicked("budget");
    await editor.screenshot("first-8-budget");
  });

  it("what it costs: the limits, and all steps are done", async () => {
    const { editor } = session();
    await take("cost", "Show Limits");
    await expectTicked("cost");
    await editor.runCommand("groqCoder.showLimits");
    await quickInput()
      .getByRole("option", { name: /^Tokens per minute/ })
      .waitFor();
    await look(editor, "first-9-limits", quickInput(), ["Tokens per minute", "Set Budget"]);
    await editor.page.keyboard.press("Escape");
    await editor.screenshot("first-10-done");
  });

  it("diagnostics hold what a report needs, and neither the key nor the question", async () => {
    const { editor } = session();
    await editor.runCommand("groqCoder.copyDiagnostics");
    const told = await notification(editor, "Diagnostics were copied to the clipboard");
    await told.getByRole("button", { name: "Show" }).click();
    await editor.page.getByRole("tab", { name: /^Groq Coder 0/ }).waitFor();
    const shown = editor.page.locator(".view-lines").filter({ hasText: "Last failures" });
    await shown.waitFor();
    await editor.screenshot("first-11-diagnostics");
    const text = (await shown.innerText()).replaceAll("\u00a0", " ");
    expect(text).toContain("key: usable");
    expect(text).toContain("budget.daily: 0.5");
    for (const own of [key, "closure", "amount"]) expect(text).not.toContain(own);
  });

  it("without the key again: the conversation stays in sight", async () => {
    const { editor } = session();
    await editor.runCommand("groqCoder.clearApiKey");
    await notification(editor, "The API key was removed from this machine");
    await chat().getByText("No Groq API key is set").waitFor();
    await look(editor, "first-12-cleared", chat().locator("body"), [
      // Only the near part of a long conversation is drawn.
      'article "Groq Coder"',
      'button "Set API Key"',
    ]);
    expect(await chat().getByText("Welcome to Groq Coder").count()).toBe(0);
    expect(ownErrors()).toEqual([]);
  });

  it("a question without a key: the answer says so, and is asked again with a good one", async () => {
    const { editor, groq } = session();
    const { answers } = await newChat(editor);
    const before = groq.requests.length;
    await sendMessage(chat(), "What is a monad?");
    await answers.first().getByText("No Groq API key is set").waitFor();
    expect(groq.requests).toHaveLength(before);
    await answers.first().getByRole("button", { name: "Set API Key" }).click();
    await answerInputBox(editor, "gsk_wrong0123456789");
    await quickInput().getByText("Groq does not accept this API key").waitFor();
    await look(editor, "first-13-wrong-key", quickInput(), ["Replace it with a valid one"]);
    await answerInputBox(editor, key);
    await quickInput().waitFor({ state: "hidden" });
    await answers.first().getByRole("button", { name: "Retry", exact: true }).click();
    await chat().getByText("tokens/s").waitFor();
    expect(groq.requests.slice(before).map(({ path }) => path)).toEqual([
      "/openai/v1/models",
      "/openai/v1/models",
      "/openai/v1/chat/completions",
    ]);
  });
});
