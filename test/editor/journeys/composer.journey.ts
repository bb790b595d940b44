import { describe, expect, it } from "vitest";
import { look } from "./look";
import { sessionForAll } from "./session";
import { meter, notification, selectLines } from "./steps";

const file = "src/core/limits/bucket.ts";

describe("the message box", () => {
  const session = sessionForAll(() => ({
    file,
    groq: { speed: 400 },
    files: { "AGENTS.md": "Answer briefly." },
    settings: { "groqCoder.budget.daily": 0.05 },
  }));
  const chat = () => session().editor.webview("view");
  const box = () => chat().getByRole("textbox", { name: "Message" });
  const next = () => chat().getByRole("status", { name: "Next request" });
  const removeDoubt = () => chat().getByRole("button", { name: /Remove .*doubt\.ts/ });

  /** Types, and attaches a file by its name: Enter counts also before the file is found. */
  async function typeWithDoubt(text: string): Promise<void> {
    await box().fill(`${text} @doub`);
    await box().press("Enter");
    await removeDoubt().waitFor();
  }

  it("shows what goes along with its tokens, and what the request will be, before it is sent", async () => {
    const { editor, groq } = session();
    await selectLines(editor, 20, 32);
    await editor.runCommand("groqCoder.openChat");
    await chat()
      .getByRole("button", { name: /Remove .*bucket\.ts:20-32/ })
      .waitFor();
    await typeWithDoubt("What do these do?");
    await next().getByText("now").waitFor();
    await look(editor, "composer", chat().locator("footer"), [
      'button "Current code" [pressed]',
      /src\/core\/limits\/bucket\.ts:20-32 ~?\d+ tokens/,
      /src\/core\/limits\/doubt\.ts ~?[\d,]+ tokens/,
      /status "Next request": ~[\d,]+ tokens · ~\$0\.00\d+ · now/,
      'combobox "Model"',
      'combobox "Reasoning effort"',
      'combobox "Answer length"',
      'button "Send"',
    ]);
    expect(groq.requests).toEqual([]);

    const foretold = Number(
      /~([\d,]+) tokens/.exec((await next().textContent()) ?? "")?.[1]?.replace(",", ""),
    );
    await box().press("Enter");
    await chat().getByText("tokens/s").waitFor();
    const body = JSON.stringify(groq.requests[0]?.body);
    expect(body).toContain("export function judge");
    expect(body).toContain("export function usedAt");
    const told = (await chat().getByText("tokens/s").textContent()) ?? "";
    expect(Number(/([\d,]+) in/.exec(told)?.[1]?.replace(",", ""))).toBeCloseTo(foretold, -2);
    // What the user added was sent with the message; the selection is also sent with the next one.
    await removeDoubt().waitFor({ state: "detached" });
    await expect
      .poll(() => meter(editor).textContent())
      .toMatch(/\$0\.00\d+ \/ \$0\.05 · [\d.]+k? tpm/);
  });

  it("leaves the current code out when that is switched off", async () => {
    await chat().getByRole("button", { name: "Current code" }).click();
    await chat().getByRole("button", { name: "Current code", pressed: false }).waitFor();
    expect(
      await chat()
        .getByRole("button", { name: /Remove .*bucket\.ts/ })
        .count(),
    ).toBe(0);
  });

  it("leaves the project's notes out when they are taken off, and has a way back", async () => {
    const instructions = (pressed: boolean) =>
      chat().getByRole("button", { name: "Instructions", exact: true, pressed });
    await instructions(true).waitFor();
    await chat().getByRole("button", { name: "Remove AGENTS.md" }).click();
    await instructions(false).click();
    await chat().getByRole("button", { name: "Remove AGENTS.md" }).waitFor();
    await instructions(true).click();
    await instructions(false).waitFor();
  });

  it("takes a file that is dropped, and says so when it cannot take a picture", async () => {
    const { editor, folder } = session();
    const drop = (what: { readonly uri?: string; readonly picture?: string }) =>
      box().evaluate((element, { uri, picture }) => {
        const dataTransfer = new DataTransfer();
        if (uri !== undefined) dataTransfer.setData("text/uri-list", uri);
        if (picture !== undefined)
          dataTransfer.items.add(new File(["\x89PNG"], picture, { type: "image/png" }));
        const given = { dataTransfer, bubbles: true, cancelable: true };
        element.dispatchEvent(new DragEvent("drop", given));
      }, what);
    const dropped = chat().getByRole("button", { name: "Remove src/core/limits/line.ts" });
    await drop({ uri: `vscode-remote://here${folder}/src/core/limits/line.ts` });
    await dropped.waitFor();
    await drop({ picture: "plan.png" });
    const told = await notification(editor, "plan.png is not attached");
    await look(editor, "composer-picture", told, [/gpt-oss-120b does not accept images/]);
    await dropped.click();
    await dropped.waitFor({ state: "detached" });
  });

  it("offers what has a name of its own beside the files", async () => {
    const { editor } = session();
    await chat().getByRole("button", { name: "Add context" }).click();
    await look(editor, "composer-context", chat().locator("footer"), [
      'textbox "Message"',
      /option "@problems .*" \[selected\]/,
      'option "@changes Uncommitted changes"',
      'option "@staged Staged changes"',
      /option "@terminal The terminal's last command/,
    ]);
    await box().pressSequentially("term");
    await box().press("Enter");
    await notification(editor, "The terminal's last command is not attached");
    expect(await box().inputValue()).toBe("");
  });

  it("has the branch, what was typed, added and switched off after a reload that comes at once", async () => {
    const { editor } = session();
    const question = chat().getByRole("article", { name: "You" }).last();
    const answered = () => chat().getByText("tokens/s").count();
    await box().fill("one");
    await box().press("Enter");
    await question.getByText("one", { exact: true }).waitFor();
    await expect.poll(answered).toBe(2);
    await question.getByRole("button", { name: "Edit", exact: true }).click();
    await question.getByRole("textbox", { name: "Edited question" }).fill("two");
    await question.getByRole("button", { name: "Ask again" }).click();
    await question.getByText("two", { exact: true }).waitFor();
    await expect.poll(answered).toBe(2);
    await question.getByRole("button", { name: "Previous version" }).click();
    await question.getByText("one", { exact: true }).waitFor();
    await typeWithDoubt("Why is there a");
    await box().pressSequentially("bucket?");

    await editor.reload();
    await editor.runCommand("groqCoder.openChat");
    await chat().getByRole("button", { name: "Current code", pressed: false }).waitFor();
    await expect.poll(() => box().inputValue()).toBe("Why is there a bucket?");
    await next().getByText("now").waitFor();
    await look(editor, "composer-reloaded", chat().locator("footer"), [
      /src\/core\/limits\/doubt\.ts ~?[\d,]+ tokens/,
      /status "Next request": ~[\d,]+ tokens · ~\$0\.00\d+ · now/,
      "Why is there a bucket?",
    ]);
    await question.getByText("one", { exact: true }).waitFor();
    await question.getByText("1/2").waitFor();
    await removeDoubt().click();
  });

  it("completes commands after a slash, and /clear begins a new chat", async () => {
    const { editor } = session();
    await box().fill("/re");
    await chat()
      .getByRole("option", { name: /\/review/ })
      .waitFor();
    await look(editor, "slash-commands", chat().locator("footer"), [
      'listbox "Suggestions"',
      /option "\/refactor .*" \[selected\]/,
    ]);
    await box().press("Escape");
    await box().fill("/clear");
    await box().press("Enter");
    await chat().getByRole("article").first().waitFor({ state: "detached" });
  });

  it("keeps one message while an answer is under way, and sends it afterwards", async () => {
    const { groq } = session();
    groq.queueAnswer({ content: "long words ".repeat(300), tokensPerSecond: 150 });
    await box().fill("first");
    await box().press("Enter");
    await chat().getByRole("button", { name: "Stop" }).waitFor();
    await box().fill("second");
    await box().press("Enter");
    await chat().getByRole("button", { name: "Remove queued message" }).waitFor();
    await expect.poll(() => chat().getByText("tokens/s").count()).toBe(2);
  });

  it("has a message that waited in the box after a reload, and does not send it by itself", async () => {
    const { editor, groq } = session();
    groq.queueFault({ kind: "stall", afterEvents: 5 });
    await box().fill("third");
    await box().press("Enter");
    await chat().getByRole("button", { name: "Stop" }).waitFor();
    await box().fill("fourth");
    await box().press("Enter");
    await chat().getByRole("button", { name: "Remove queued message" }).waitFor();
    await box().fill("fifth");
    const asked = groq.requests.length;
    await editor.reload();
    await editor.runCommand("groqCoder.openChat");
    await expect.poll(() => box().inputValue()).toBe("fourth\n\nfifth");
    await chat()
      .getByText(/The window was closed during the answer|Stopped/)
      .waitFor();
    expect(groq.requests).toHaveLength(asked);
  });
});
