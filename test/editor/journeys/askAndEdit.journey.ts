import { describe, expect, it } from "vitest";
import { formatDollars } from "../../../src/core/budget/money";
import { runFromPalette } from "../harness/commandPalette";
import type { WebviewPlace } from "../harness/webviewFrame";
import { look } from "./look";
import { sessionForAll } from "./session";
import {
  answerInputBox,
  focusCode,
  meter,
  newChat,
  openFile,
  selectFunction,
  textArea,
} from "./steps";

const file = "src/core/limits/bucket.ts";

// On the small plan it would wait for the minute.
const session = sessionForAll(() => ({
  file,
  groq: { speed: 60, plan: "developer" },
  settings: { "groqCoder.plan": "developer" },
}));

// The same journey in both places that show the chat, on the project's own source.
describe.for<{ place: WebviewPlace; open: string }>([
  { place: "view", open: "groqCoder.openChat" },
  { place: "editor", open: "groqCoder.openChatInEditor" },
])("ask, see the cost, apply an edit: chat in the $place", ({ place, open }) => {
  it("explains a function while the answer streams, and shows what it cost", async () => {
    const { editor, folder, groq } = session();
    if (place === "editor") await besideCode(open);
    const billedBefore = groq.bill().total;
    await selectFunction(editor, `${folder}/${file}`, "waitMs");
    await editor.runCommand("groqCoder.explainSelection");

    const chat = editor.webview(place);
    const answer = chat.getByRole("article", { name: "Groq Coder" });
    await answer.getByText("stand-in").first().waitFor();
    // It is still growing when its first words are there to read.
    await chat.getByRole("button", { name: "Stop" }).waitFor();
    await answer.getByText("tokens/s").waitFor();
    await look(editor, `explain-${place}`, chat.locator("body"), [
      'article "You"',
      /bucket\.ts:\d+-\d+/,
      'article "Groq Coder"',
      /\d+ in (\(\d+ cached\) )?· \d+ out · \$0\.000\d+/,
      /status "Session cost": "?Session: \$0\.000\d+/,
      'textbox "Message"',
    ]);
    await expect
      .poll(() => chat.getByRole("status", { name: "Session cost" }).textContent())
      .toContain(formatDollars(groq.bill().total - billedBefore));
    await expect
      .poll(() => meter(editor).textContent())
      .toContain(formatDollars(groq.bill().total));
  });

  it("renames by refactor: reviewed, accepted, undone", async () => {
    const { editor, folder } = session();
    const chat = editor.webview(place);
    await openFile(editor, file);
    await selectFunction(editor, `${folder}/${file}`, "waitMs");
    await editor.runCommand("groqCoder.refactorSelection");
    await answerInputBox(editor, "Rename over to excess");

    const accept = chat.getByRole("button", { name: "Accept" });
    await accept.waitFor();
    await editor.page.getByRole("tab", { name: "bucket.ts: proposed edit" }).waitFor();
    await look(editor, `review-${place}`, chat.getByRole("region", { name: "Proposed edit" }), [
      'button "Accept"',
      'button "Reject"',
    ]);
    await editor.page
      .getByRole("tab", { name: /^bucket\.ts(?!: proposed)/ })
      .first()
      .click();
    await expect.poll(() => textArea(editor).textContent()).toMatch(/const\sover\s/);
    expect(await textArea(editor).textContent()).not.toContain("excess");

    await accept.click();
    await expect.poll(() => textArea(editor).textContent()).toMatch(/const\sexcess\s/);
    await look(editor, `accepted-${place}`, chat.getByRole("region", { name: "Proposed edit" }), [
      "Accepted",
    ]);

    await focusCode(editor);
    await editor.page.keyboard.press("Control+Z");
    await expect.poll(() => textArea(editor).textContent()).toMatch(/const\sover\s/);
    expect(await textArea(editor).textContent()).not.toContain("excess");
    expect(editor.consoleErrors.filter((error) => error.includes("groqCoder"))).toEqual([]);
  });

  /** A new chat as a tab beside the code, so that both are in sight; the side bar's is not. */
  async function besideCode(command: string): Promise<void> {
    const { editor } = session();
    await newChat(editor);
    await runFromPalette(editor.page, "View: Toggle Primary Side Bar Visibility");
    await editor.page.locator(".part.sidebar").waitFor({ state: "hidden" });
    await focusCode(editor);
    await editor.page.keyboard.press("Control+\\");
    await editor.runCommand(command);
    await editor.webview("editor").getByRole("textbox", { name: "Message" }).waitFor();
    await focusCode(editor);
  }
});
