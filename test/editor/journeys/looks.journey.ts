import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runFromPalette } from "../harness/commandPalette";
import { openSession } from "./session";
import type { Session } from "./session";
import { openFile, sendMessage } from "./steps";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const answer = [
  "## A heading",
  "Words with `code`, **weight**, a [link](https://example.com) and `src/core/limits/bucket.ts:3`.",
  "- one\n- two",
  "| Name | Value |\n| --- | --- |\n| one | 1 |",
  "> A quote",
  "```ts\n// a comment\nexport class Sum extends Base {\n  total(n: number): string {\n    return `${n * 2}` + 'x' + true;\n  }\n}\n```",
  "```diff\n- old\n+ new\n```",
].join("\n\n");

const themes = [
  { kind: "vscode-dark", title: "Dark Modern" },
  { kind: "vscode-light", title: "Light Modern" },
  { kind: "vscode-high-contrast", title: "Dark High Contrast" },
  { kind: "vscode-high-contrast-light", title: "Light High Contrast" },
];

/** What a rule finds and is let pass: the rule and the element, with the reason. None so far. */
const allowed: readonly { readonly rule: string; readonly selector: RegExp }[] = [];

describe("the chat in every theme", () => {
  let session: Session;
  beforeAll(async () => {
    session = await openSession({ groq: { plan: "developer" } });
    const { editor, groq } = session;
    await openFile(editor, "src/core/limits/bucket.ts");
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

  it.each(themes)("$kind: nothing that axe calls serious", async ({ kind, title }) => {
    const { editor } = session;
    const { page } = editor;
    await runFromPalette(page, "Preferences: Color Theme");
    await page.locator(".quick-input-widget").getByRole("textbox").fill(title);
    await page.keyboard.press("Enter");
    const chat = editor.webview("view");
    await chat.locator(`body[data-vscode-theme-kind="${kind}"]`).waitFor();
    await editor.screenshot(`looks-${kind}`);
    const frame = await (await chat.locator("body").elementHandle()).ownerFrame();
    if (!frame) throw new Error("the chat has no frame");
    // The editor paints behind the page, which axe cannot see: it takes what it cannot see for white.
    await chat
      .locator("html")
      .evaluate(({ style }) => style.setProperty("background", "var(--vscode-sideBar-background)"));
    await frame.evaluate(`${axe};0`);
    const { violations } = await frame.evaluate<AxeResults>("axe.run(document)");
    const serious = violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => ({ rule: id, html, failureSummary })),
      )
      .filter(
        ({ rule, html }) => !allowed.some((one) => one.rule === rule && one.selector.test(html)),
      );
    expect(serious).toEqual([]);
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
