import { cpSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inRoot } from "../../../scripts/system/layout.mjs";
import { askQuickInput } from "../harness/quickInput";
import { look } from "./look";
import { sessionForAll } from "./session";
import { answerInputBox, codeHasFocus, focusCode, openFile, selectLines, textArea } from "./steps";

const notebook = {
  cells: [
    { cell_type: "code", source: ["first = 1"], metadata: {}, outputs: [], execution_count: null },
    {
      cell_type: "code",
      source: ["total = 2\n", "print(total)"],
      metadata: {},
      outputs: [],
      execution_count: null,
    },
  ],
  metadata: { language_info: { name: "python" } },
  nbformat: 4,
  nbformat_minor: 5,
};

describe("commands on code", () => {
  const session = sessionForAll(() => ({ groq: { speed: 2000 } }));

  /** The project on which the commands are tried. */
  function writeProject(): void {
    const { folder } = session();
    cpSync(inRoot("test", "fixtures", "testConventions", "vitest"), folder, { recursive: true });
    cpSync(inRoot("test", "fixtures", "billing"), `${folder}/src/core`, { recursive: true });
    const write = (path: string, text: string) => writeFileSync(`${folder}/${path}`, text);

    write("broken.json", '{\n  "names": ["a", "b"\n}\n');
    write("totals.py", "def total(lines):\n    return sum(line.price for line in lines)\n");
    write("notes.ipynb", JSON.stringify(notebook));
  }

  /** The tokens of the last request's prompt, as the service counted them. */
  async function inputTokens(): Promise<number> {
    const { editor } = session();
    const answer = editor.webview("view").getByRole("article", { name: "Groq Coder" }).last();
    await answer.getByText("tokens/s").waitFor();
    const [, tokens = ""] = /([\d,]+) in/.exec((await answer.textContent()) ?? "") ?? [];
    return Number(tokens.replaceAll(",", ""));
  }

  /** Resolves when nothing moves the focus any longer. */
  async function rejectAll(): Promise<void> {
    const { editor } = session();
    await editor.runCommand("groqCoder.rejectAllEdits");
    await editor.page
      .getByRole("tab", { name: /proposed edit/ })
      .first()
      .waitFor({ state: "detached" });
    await editor.webview("view").getByText("Rejected.").last().waitFor();
    await focusCode(editor);
  }

  function lastPrompt(): string {
    return JSON.stringify(session().groq.requests.at(-1)?.body);
  }

  it("explains a 20-line function, no more than a cursor in it, in at most 500 tokens of input", async () => {
    const { editor } = session();
    writeProject();
    await openFile(editor, "src/core/billing.ts");
    await selectLines(editor, 25, 25);
    await editor.page.keyboard.press("Home");
    await editor.runCommand("groqCoder.explainSelection");
    const input = await inputTokens();
    console.info(`explain a 20-line function: ${input} input tokens`);
    expect(lastPrompt()).toContain("(lines 19-38)");
    expect(input).toBeLessThanOrEqual(500);
    const chat = editor.webview("view");
    await look(editor, "commands-explain", chat.locator("body"), [/billing\.ts:19-38/]);
  });

  it("renames in a file of 38 lines with one request of at most 900 tokens of input", async () => {
    const { editor, groq } = session();
    await openFile(editor, "src/core/billing.ts");
    await selectLines(editor, 19, 38);
    const before = groq.requests.length;
    await editor.page.keyboard.press("Control+K");
    await editor.page.keyboard.press("g");
    const box = editor.page.locator(".quick-input-widget");
    await box.getByText(/~\d+ tokens · ~\$0\.000\d+ · now/).waitFor();
    await look(editor, "commands-edit-in-place", box, [/Edit src\/core\/billing\.ts:19-38/]);
    await answerInputBox(editor, "Rename reduced to discounted");
    const chat = editor.webview("view");
    await chat
      .getByRole("button", { name: "Accept all" })
      .or(chat.getByRole("button", { name: "Accept" }))
      .first()
      .waitFor();
    const input = await inputTokens();
    console.info(
      `rename in a 38-line file: ${groq.requests.length - before} request, ${input} input tokens`,
    );
    expect(groq.requests.length - before).toBe(1);
    expect(input).toBeLessThanOrEqual(900);
    await editor.screenshot("commands-edit-review");
    await rejectAll();
  });

  it("fixes a diagnostic from the lightbulb", async () => {
    const { editor, groq } = session();
    // The only language with a server in every editor in which the journeys run.
    await openFile(editor, "broken.json");
    await editor.page.locator(".squiggly-error").first().waitFor();
    await focusCode(editor);
    await editor.page.keyboard.press("F8");
    await editor.page.locator(".marker-widget").first().waitFor();
    await editor.page.keyboard.press("Escape");
    await editor.page.locator(".lightBulbWidget:visible").first().waitFor();
    // No key that moves the focus: done late, it would close the menu again.
    await codeHasFocus(editor);
    await editor.page.keyboard.press("Control+.");
    const entry = editor.page.getByText("Fix with Groq Coder");
    await entry.waitFor();
    await editor.screenshot("commands-lightbulb");
    groq.queueAnswer({
      content:
        'Closed.\n\n*** Begin Patch\n*** Update File: broken.json\n@@\n {\n-  "names": ["a", "b"\n+  "names": ["a", "b"]\n }\n*** End Patch',
    });
    await entry.click();
    const chat = editor.webview("view");
    await chat.getByRole("button", { name: "Accept" }).first().waitFor();
    expect(lastPrompt()).toContain("line 3: error: Expected comma");
    await editor.screenshot("commands-fix-review");
    await rejectAll();
  });

  it("documents Python, where no language server helps", async () => {
    const { editor, groq } = session();
    await openFile(editor, "totals.py");
    await selectLines(editor, 2, 2);
    await editor.page.keyboard.press("Home");
    groq.queueAnswer({
      content:
        '*** Begin Patch\n*** Update File: totals.py\n@@\n def total(lines):\n+    """The sum of all prices."""\n     return sum(line.price for line in lines)\n*** End Patch',
    });
    await editor.runCommand("groqCoder.documentSelection");
    const chat = editor.webview("view");
    await chat.getByRole("button", { name: "Accept" }).first().waitFor();
    expect(lastPrompt()).toContain("Use docstrings.");
    await chat.getByRole("button", { name: "Accept" }).first().click();
    // The merged view shows the new line too: wait until it is gone, since its closing closes an open box.
    await chat.getByText("Accepted.").last().waitFor();
    await expect.poll(() => editor.page.getByRole("tab", { name: /totals\.py/ }).count()).toBe(1);
    await expect.poll(() => textArea(editor).textContent()).toContain("The");
    await focusCode(editor);
  });

  it("generates tests where the project has them", async () => {
    const { editor, groq } = session();
    await openFile(editor, "src/core/cart.ts");
    await selectLines(editor, 6, 9);
    groq.queueAnswer({
      content:
        'Sums are tested.\n\n*** Begin Patch\n*** Add File: test/unit/cart.test.ts\n+import { expect, it } from "vitest";\n+import { total } from "../../src/core/cart";\n+\n+it("is nothing without lines", () => {\n+  expect(total([])).toBe(0);\n+});\n*** End Patch',
    });
    await editor.runCommand("groqCoder.generateTests");
    const chat = editor.webview("view");
    await chat.getByRole("button", { name: "Accept" }).first().waitFor();
    expect(lastPrompt()).toContain(
      "Use vitest. Put them into the new file test/unit/cart.test.ts.",
    );
    await editor.screenshot("commands-tests-review");
    await rejectAll();
  });

  it("edits a notebook's cell", async () => {
    const { editor, groq } = session();
    const box = await askQuickInput(editor.page, "Control+P", "notes.ipynb");
    await box.getByRole("option", { name: "notes.ipynb" }).first().click();
    const cell = editor.page
      .locator(".notebook-editor .cell-inner-container .monaco-editor")
      .nth(1);
    await cell.click();
    await editor.page.keyboard.press("Control+A");
    groq.queueAnswer({
      content:
        "Renamed.\n\n*** Begin Patch\n*** Update File: notes.ipynb#2\n@@\n-total = 2\n-print(total)\n+amount = 2\n+print(amount)\n*** End Patch",
    });
    await editor.page.keyboard.press("Control+K");
    await editor.page.keyboard.press("g");
    await box.getByText(/now/).first().waitFor();
    await answerInputBox(editor, "Rename total to amount");
    const chat = editor.webview("view");
    await chat.getByRole("button", { name: "Accept" }).first().waitFor();
    expect(lastPrompt()).toContain("File: notes.ipynb#2");
    await editor.screenshot("commands-notebook-review");
    await chat.getByRole("button", { name: "Accept" }).first().click();
    await expect
      .poll(() => editor.page.locator(".notebookOverlay").textContent())
      .toContain("amount");
    await editor.screenshot("commands-notebook");
  });

  it("all of them stand in the editor's context menu", async () => {
    const { editor } = session();
    await openFile(editor, "src/core/cart.ts");
    await selectLines(editor, 6, 9);
    await focusCode(editor);
    await editor.page.keyboard.press("Shift+F10");
    const entry = editor.page.getByRole("menuitem", { name: "Groq Coder" });
    await entry.hover();
    await editor.page.getByRole("menuitem", { name: "Generate Tests" }).waitFor();
    await editor.screenshot("commands-submenu");
    const names = await editor.page.getByRole("menuitem").allTextContents();
    for (const name of [
      "Explain Selection",
      "Add Selection to Chat",
      "Edit Selection…",
      "Refactor Selection…",
      "Fix Selection",
      "Document Selection",
      "Generate Tests",
    ])
      expect(names.some((text) => text.startsWith(name))).toBe(true);
    await editor.page.keyboard.press("Escape");
    await editor.page.keyboard.press("Escape");
  });
});
