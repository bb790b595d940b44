import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSession } from "./session";
import type { Session } from "./session";
import { sendMessage } from "./steps";
import { seriousFindings, takeTheme, themes } from "./themes";

const answer = [
  "## A heading",
  "Words with `code`, **weight**, a [link](https://example.com) and `src/core/limits/bucket.ts:3`.",
  "- one\n- two",
  "| Name | Value |\n| --- | --- |\n| one | 1 |",
  "> A quote",
  "```ts\n// a comment\nexport class Sum extends Base {\n  total(n: number): string {\n    return `${n * 2}` + 'x' + true;\n  }\n}\n```",
  "```diff\n- old\n+ new\n```",
].join("\n\n");

/** Findings that are accepted: the rule and the element, with the reason. None so far. */
const allowed: readonly { readonly rule: string; readonly selector: RegExp }[] = [];

describe("the chat in every theme", () => {
  let session: Session;
  beforeAll(async () => {
    session = await openSession({ file: "src/core/limits/bucket.ts", groq: { plan: "developer" } });
    const { editor, groq } = session;
    await editor.runCommand("groqCoder.openChat");
    const chat = editor.webview("view");
    groq.queueAnswer({ content: answer, reasoning: "Let me think." });
    await sendMessage(chat, "What is there to see?");
    await chat.getByText("tokens/s").waitFor();
    groq.queueFault({
      kind: "status",
      status: 400,
      body: { error: { message: "No such thing." } },
    });
    await sendMessage(chat, "And of what fails?");
    await chat.getByRole("button", { name: "Retry" }).nth(1).waitFor();
  });
  afterAll(() => session.close());

  it("is at the end of the last answer", async () => {
    const log = session.editor.webview("view").getByRole("log");
    const toTheEnd = () =>
      log.evaluate((element) => element.scrollHeight - element.clientHeight - element.scrollTop);
    await expect.poll(toTheEnd).toBeLessThan(2);
  });

  it.each(themes)("$kind: nothing that axe calls serious", async (theme) => {
    const { editor } = session;
    const chat = editor.webview("view");
    await takeTheme(editor, chat, theme);
    await editor.screenshot(`looks-${theme.kind}`);
    const serious = await seriousFindings(chat, "--vscode-sideBar-background");
    const notAllowed = serious.filter(
      ({ rule, html }) => !allowed.some((one) => one.rule === rule && one.selector.test(html)),
    );
    expect(notAllowed).toEqual([]);
  });

  it.each([250, 800])("at a width of %i pixels nothing sticks out", async (width) => {
    const { editor } = session;
    const chat = editor.webview("view");
    const { page } = editor;
    const box = await page.locator(".part.sidebar").boundingBox();
    if (box === null) throw new Error("there is no side bar");
    await page.mouse.move(box.x + box.width, 500);
    await page.mouse.down();
    await page.mouse.move(box.x + width, 500, { steps: 5 });
    await page.mouse.up();
    await expect
      .poll(async () => Math.abs((await page.locator(".part.sidebar").boundingBox())?.width ?? 0))
      .toBeCloseTo(width, -1.5);
    await editor.screenshot(`looks-${width}`);
    const sticksOut = await chat
      .locator("body")
      .evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(sticksOut).toBe(0);
  });
});
