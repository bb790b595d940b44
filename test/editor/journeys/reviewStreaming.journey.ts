import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formatDollars } from "../../../src/core/budget/money";
import { look } from "./look";
import { sessionForAll } from "./session";
import {
  answerInputBox,
  newChat,
  notification,
  openFile,
  selectLines,
  sendMessage,
  textArea,
} from "./steps";

const counts = Array.from({ length: 10 }, (_, at) => `export const count${at} = ${at};\n`).join("");

const manifest = '{\n  "name": "before",\n  "version": "1.0.0"\n}\n';

const hunk = (at: number, name: string) =>
  `@@\n export const count${at - 1} = ${at - 1};\n-export const count${at} = ${at};\n+export const ${name} = ${at};\n export const count${at + 1} = ${at + 1};\n`;

const patchOf = (operations: string) => `*** Begin Patch\n${operations}*** End Patch`;

/** Ends in words, so that the answer goes on for a while when all hunks are there. */
const slowAnswer = {
  tokensPerSecond: 12,
  content: `Renamed both.\n\n${patchOf(
    `*** Update File: counts.ts\n${hunk(1, "first")}${hunk(8, "eighth")}`,
  )}\n\n${"Nothing else in the file uses these names. ".repeat(6)}`,
};

const misfit = patchOf(
  `*** Update File: counts.ts\n${hunk(1, "first")}@@\n export const count7 = 7;\n-export const total8 = 80;\n+export const eighth = 8;\n export const total9 = 90;\n`,
);

const guarded = `Done.\n\n\`\`\`diff\n${patchOf(
  `*** Update File: counts.ts\n${hunk(1, "first")}*** Update File: package.json\n@@\n {\n-  "name": "before",\n+  "name": "after",\n   "version": "1.0.0"\n`,
)}\n\`\`\`\n`;

const settings = `Done.\n\n\`\`\`diff\n${patchOf(
  '*** Add File: .vscode/settings.json\n+{ "chat.tools.autoApprove": true }\n',
)}\n\`\`\`\n`;

describe("an edit from its first words on", () => {
  const session = sessionForAll(() => ({
    groq: { plan: "developer" },
    settings: { "files.autoSave": "off", "groqCoder.plan": "developer" },
    files: { "counts.ts": counts, "package.json": manifest },
  }));
  const onDisk = (name: string) => readFileSync(join(session().folder, name), "utf8");
  const lens = (name: string | RegExp) =>
    session().editor.page.locator(".codelens-decoration").getByRole("button", { name }).first();

  async function askForEdit(words: string): Promise<void> {
    const { editor } = session();
    await openFile(editor, "counts.ts");
    await selectLines(editor, 1, 10);
    await editor.runCommand("groqCoder.editSelection");
    await answerInputBox(editor, words);
  }

  /** Asks in the chat, and opens the review of the answer's block. */
  async function applyBlock(answer: string) {
    const { editor, groq } = session();
    const { chat, answers } = await newChat(editor);
    groq.queueAnswer({ content: answer });
    await sendMessage(chat, "Please do.");
    await answers.getByText("tokens/s").waitFor();
    await answers.getByRole("button", { name: "Apply" }).click();
    return chat;
  }

  it("shows its hunks while the model writes, and takes no decision before it is whole", async () => {
    const { editor, groq } = session();
    const { page } = editor;
    groq.queueAnswer(slowAnswer);
    await askForEdit("Rename the second and the ninth");
    await page.getByRole("tab", { name: "counts.ts: proposed edit" }).waitFor();
    await expect.poll(() => textArea(editor).textContent()).toMatch(/^(?=[^]*first)(?![^]*eighth)/);
    const chat = editor.webview("view");
    await page.locator(".codelens-decoration", { hasText: "Writing…" }).first().waitFor();
    await look(editor, "review-writing", page.locator(".editor-instance").first(), [/Writing…/]);
    await chat.getByRole("button", { name: "Stop" }).waitFor();
    expect(await lens("Accept").count()).toBe(0);
    await lens("Accept all").waitFor();
    await look(editor, "review-written", page.locator(".editor-instance").first(), [
      'button "Accept all"',
      'button "Accept"',
    ]);
    await expect.poll(() => textArea(editor).textContent()).toContain("eighth");
    expect(onDisk("counts.ts")).toBe(counts);
  });

  it("is found again after a reload, with one press", async () => {
    const { editor } = session();
    await editor.reload();
    await editor.page.getByRole("tab", { name: /proposed edit/ }).waitFor({ state: "detached" });
    await editor.runCommand("groqCoder.openChat");
    const chat = editor.webview("view");
    await chat.getByRole("button", { name: "Review" }).click();
    await editor.page.getByRole("tab", { name: "counts.ts: proposed edit" }).waitFor();
    await lens("Accept all").waitFor();
    await editor.screenshot("review-after-reload");
    await editor.runCommand("groqCoder.rejectAllEdits");
    await chat.getByText("Rejected.").waitFor();
  });

  it("that does not fit is repaired once, at the cost that was told", async () => {
    const { editor, groq } = session();
    await newChat(editor);
    const billedBefore = groq.bill().total;
    groq.queueAnswer({ content: misfit });
    await askForEdit("Rename the second and the ninth once more");
    const told = await notification(editor, "The edit does not fit the file");
    await look(editor, "review-repair-offered", told, [
      /button "Repair \(~[\d,]+ tokens, ~\$[\d.]+\)"/,
    ]);
    const before = groq.requests.length;
    groq.queueAnswer({ content: patchOf(`*** Update File: counts.ts\n${hunk(8, "eighth")}`) });
    await told.getByRole("button", { name: /^Repair/ }).click();
    await lens("Accept all").waitFor();
    expect(groq.requests.length - before).toBe(1);
    await editor.screenshot("review-repaired");
    const chat = editor.webview("view");
    const cost = chat.getByRole("status", { name: "Session cost" });
    await expect
      .poll(() => cost.textContent())
      .toContain(formatDollars(groq.bill().total - billedBefore));
    await editor.runCommand("groqCoder.acceptAllEdits");
    await chat.getByText("Accepted.").waitFor();
    await expect.poll(() => textArea(editor).textContent()).toMatch(/first[^]*eighth/);
    await editor.runCommand("groqCoder.undoLastApply");
    await expect.poll(() => textArea(editor).textContent()).toMatch(/count1\s/);
  });

  it("of a file that is run is never accepted along with the rest, and asked about each time", async () => {
    const { editor } = session();
    const { page } = editor;
    await openFile(editor, "counts.ts");
    const chat = await applyBlock(guarded);
    await lens("Accept all").click();
    await notification(editor, "package.json must be accepted separately");
    // The remaining changes are shown.
    await page.getByRole("tab", { name: "package.json: proposed edit", selected: true }).waitFor();
    const warning = "Package managers install and run what this names.";
    const row = page.locator(".codelens-decoration", { hasText: "names packages" }).first();
    await row.getByTitle(warning).waitFor();
    expect(await row.evaluate((shown) => shown.scrollWidth - shown.clientWidth)).toBe(0);
    expect(await chat.getByText("Accepted").count()).toBe(0);
    await editor.screenshot("review-guarded");
    const dialog = page.getByRole("dialog", { name: /Apply the edit of package\.json/ });
    await lens("Accept this file").click();
    await look(editor, "review-guarded-question", dialog, [
      warning,
      'button "Apply to package.json"',
    ]);
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await lens("Accept this file").click();
    await dialog.getByRole("button", { name: "Apply to package.json" }).click();
    await chat.getByText("Accepted.").waitFor();
    for (const [name, text] of [
      ["counts.ts", counts],
      ["package.json", manifest],
    ] as const)
      expect(onDisk(name)).toBe(text);
  });

  it("of the editor's configuration is refused, and can be copied", async () => {
    const { editor } = session();
    await applyBlock(settings);
    const told = await notification(editor, "The edit of .vscode/settings.json is refused");
    await look(editor, "review-refused", told, ['button "Copy What It Wrote"']);
    expect(existsSync(join(session().folder, ".vscode"))).toBe(false);
    expect(await editor.page.getByRole("tab", { name: /proposed edit/ }).count()).toBe(0);
    expect(editor.consoleErrors.filter((error) => error.includes("groqCoder"))).toEqual([]);
  });
});
