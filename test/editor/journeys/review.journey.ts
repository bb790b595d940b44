import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { runFromPalette } from "../harness/commandPalette";
import { look } from "./look";
import { sessionForAll } from "./session";
import { focusCode, newChat, notification, openFile, sendMessage, textArea } from "./steps";

/** Ten lines, each naming the file and its number. */
function lines(name: string): string {
  return Array.from({ length: 10 }, (_, at) => `export const ${name}${at} = ${at};\n`).join("");
}

const threeFiles = `Renamed.

\`\`\`diff
*** Begin Patch
*** Update File: one.ts
@@
 export const one0 = 0;
-export const one1 = 1;
+export const first = 1;
 export const one2 = 2;
@@
 export const one7 = 7;
-export const one8 = 8;
+export const eighth = 8;
 export const one9 = 9;
*** Update File: two.ts
@@
 export const two0 = 0;
-export const two1 = 1;
+export const second = 1;
 export const two2 = 2;
*** Update File: three.ts
@@
 export const three0 = 0;
-export const three1 = 1;
+export const third = 1;
 export const three2 = 2;
*** End Patch
\`\`\`
`;

const threeSteps = `Tidied up.

\`\`\`diff
*** Begin Patch
*** Add File: made/new.ts
+export const made = true;
*** Delete File: gone.ts
*** Update File: old.ts
*** Move to: moved.ts
@@
 export const old0 = 0;
-export const old1 = 1;
+export const moved = 1;
 export const old2 = 2;
*** End Patch
\`\`\`
`;

describe("an edit of several files", () => {
  const session = sessionForAll(() => ({
    groq: { speed: 2000 },
    settings: { "files.autoSave": "off" },
  }));
  const onDisk = (name: string) => {
    const file = join(session().folder, name);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  };

  beforeAll(() => {
    for (const name of ["one", "two", "three", "gone", "old"])
      writeFileSync(join(session().folder, `${name}.ts`), lines(name));
  });

  /** The actions above the first change, or above the file. */
  const lens = (name: string) =>
    session().editor.page.locator(".codelens-decoration").getByRole("button", { name }).first();

  /** Asks, and opens the review of the answer's block. */
  async function review(answer: string, tab: string): Promise<void> {
    const { editor, groq } = session();
    groq.queueAnswer({ content: answer });
    const { chat, answers } = await newChat(editor);
    await sendMessage(chat, "Please do.");
    await answers.getByText("tokens/s").waitFor();
    await answers.getByRole("button", { name: "Apply" }).click();
    await editor.page.getByRole("tab", { name: tab }).waitFor();
    await lens("Accept all").waitFor();
    // The keys for deciding need the focus in the editor.
    await editor.page.locator(".editor-group-container .monaco-editor.focused").first().waitFor();
  }

  /** The view shows both old and new lines: what was applied can be seen only once it is closed. */
  async function reviewEnds(): Promise<void> {
    const { page } = session().editor;
    await page.getByRole("tab", { name: "proposed edit" }).first().waitFor({ state: "detached" });
    await page.getByRole("tab", { selected: true, name: /\.ts/ }).first().waitFor();
    await textArea({ page }).waitFor();
  }

  async function saveAll(): Promise<void> {
    await runFromPalette(session().editor.page, "File: Save All Files");
  }

  it("is decided on change by change; nothing is written before the last decision", async () => {
    const { editor } = session();
    const { page } = editor;
    await openFile(editor, "one.ts");
    await review(threeFiles, "one.ts: proposed edit");
    await look(editor, "review-three-files", page.locator(".editor-instance").first(), [
      'button "Accept all"',
      'button "Reject all"',
      'button "Accept"',
      'button "Reject"',
      'button "All 3 files"',
    ]);
    // The cursor is in the first change.
    await page.keyboard.press("Control+Backspace");
    await page.locator(".codelens-decoration", { hasText: "Rejected" }).waitFor();
    await editor.screenshot("review-one-rejected");
    expect(onDisk("one.ts")).toBe(lines("one"));
    await editor.runCommand("groqCoder.showAllEditDiffs");
    await page.getByRole("tab", { name: "Groq Coder: all changes" }).waitFor();
    await page.locator(".multiDiffEntry").first().waitFor();
    await editor.screenshot("review-multi-diff");

    await editor.reload();
    await editor.runCommand("groqCoder.openChat");
    await editor.webview("view").getByRole("button", { name: "Apply" }).last().click();
    await page.locator(".codelens-decoration", { hasText: "Rejected" }).waitFor();
    await editor.screenshot("review-after-reload");

    await editor.webview("view").getByRole("button", { name: "Accept" }).last().click();
    await reviewEnds();
    await expect.poll(() => textArea(editor).textContent()).toMatch(/eighth/);
    await editor.screenshot("review-applied");
    for (const name of ["one", "two", "three"]) expect(onDisk(`${name}.ts`)).toBe(lines(name));
    // The editor opens files that were changed in the background a moment later.
    for (const name of ["two.ts", "three.ts"]) await page.getByRole("tab", { name }).waitFor();
    await saveAll();
    await expect.poll(() => onDisk("one.ts")).toBe(lines("one").replace("one8", "eighth"));
    await expect.poll(() => onDisk("two.ts")).toBe(lines("two").replace("two1", "second"));
    await expect.poll(() => onDisk("three.ts")).toBe(lines("three").replace("three1", "third"));
  });

  it("is undone in all files after saving and reloading", async () => {
    const { editor } = session();
    await editor.reload();
    await editor.runCommand("groqCoder.undoLastApply");
    for (const [name, line] of [
      ["one", "one8"],
      ["two", "two1"],
      ["three", "three1"],
    ] as const) {
      await editor.page.getByRole("tab", { name: `${name}.ts` }).click();
      await expect.poll(() => textArea(editor).textContent()).toContain(line);
    }
    // Like applying, undoing saves nothing.
    expect(onDisk("two.ts")).toBe(lines("two").replace("two1", "second"));
  });

  it("makes, deletes and moves files; undone, they are back", async () => {
    const { editor } = session();
    await review(threeSteps, "proposed edit");
    await editor.screenshot("review-steps");
    expect(onDisk("made/new.ts")).toBeUndefined();
    await editor.page.keyboard.press("Control+Shift+Enter");
    await reviewEnds();
    await expect.poll(() => onDisk("gone.ts")).toBeUndefined();
    await expect.poll(() => onDisk("old.ts")).toBeUndefined();
    // What was written into them waits for the user to save it.
    await expect.poll(() => onDisk("made/new.ts")).toBe("");
    await expect.poll(() => onDisk("moved.ts")).toBe(lines("old"));
    await expect.poll(() => textArea(editor).textContent()).toMatch(/const\smoved\s/);
    await editor.screenshot("review-steps-applied");

    await editor.runCommand("groqCoder.undoLastApply");
    await expect.poll(() => onDisk("gone.ts")).toBe(lines("gone"));
    await expect.poll(() => onDisk("old.ts")).toBe(lines("old"));
    await expect.poll(() => onDisk("moved.ts")).toBeUndefined();
    await expect.poll(() => onDisk("made/new.ts")).toBeUndefined();
  });

  it("is not undone over later work", async () => {
    const { editor } = session();
    const { page } = editor;
    await page.getByRole("tab", { name: "one.ts" }).click();
    await review(threeFiles, "one.ts: proposed edit");
    await page.keyboard.press("Control+Shift+Enter");
    await reviewEnds();
    await expect.poll(() => textArea(editor).textContent()).toMatch(/eighth/);
    await focusCode(editor);
    await page.keyboard.press("Control+End");
    await page.keyboard.type("// mine");
    await editor.runCommand("groqCoder.undoLastApply");
    const told = await notification(editor, "one.ts has changed since the edit was applied");
    await look(editor, "review-conflict", told, ['button "Show Differences"']);
    await told.getByRole("button", { name: "Show Differences" }).click();
    await page.getByRole("tab", { name: "one.ts: before the edit, and now" }).waitFor();
    await editor.screenshot("review-conflict-shown");
    expect(editor.consoleErrors.filter((error) => error.includes("groqCoder"))).toEqual([]);
  });
});
