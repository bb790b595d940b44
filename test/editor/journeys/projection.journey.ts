import { describe, expect, it } from "vitest";
import { look } from "./look";
import { sessionForAll } from "./session";
import { answerInputBox, meter, newChat, sendMessage } from "./steps";
import { seriousFindings, takeTheme, themes } from "./themes";

// What work would cost, before it is done; and a budget that is reached, raised for today and taken back.
describe("What would this cost?", () => {
  const session = sessionForAll(() => ({
    settings: { "groqCoder.budget.daily": 0.0003 },
  }));

  it("at the day's budget nothing is sent, the numbers are told, and a smaller model still fits", async () => {
    const { editor, groq } = session();
    const { chat, answers } = await newChat(editor);
    await sendMessage(chat, "hello");
    await answers.first().getByText("Today's budget of $0.00030 is reached").waitFor();
    await look(editor, "budget-reached", chat.locator("body"), [
      "Nothing was sent",
      'button "Change Budget"',
      'button "Select Model"',
      'button "Ask openai/gpt-oss-20b"',
      "Session: $0.00",
    ]);
    expect(groq.requests).toEqual([]);

    await answers.first().getByRole("button", { name: "Select Model" }).click();
    const models = editor.page.locator(".quick-input-widget");
    await models.getByRole("button", { name: "Refresh list" }).click();
    await models.getByPlaceholder("your list is from").waitFor();
    await look(editor, "select-model", models, [
      /openai\/gpt-oss-120b, current · 1,000 requests, 200,000 tokens left today, \$0\.15 in/,
      "qwen/qwen3.8-27b, preview",
    ]);
    await models.getByRole("option", { name: /gpt-oss-20b/ }).click();
    await models.waitFor({ state: "hidden" });
    // The setting is written after the list has closed.
    const chosen = chat.getByRole("combobox", { name: "Model" });
    await expect.poll(() => chosen.inputValue()).toBe("openai/gpt-oss-20b");
    groq.queueAnswer({ content: "Hello!" });
    await sendMessage(chat, "hello again");
    await chat.getByText("tokens/s").waitFor();
    expect(groq.requests.at(-1)?.body).toMatchObject({ model: "openai/gpt-oss-20b" });
    await chosen.selectOption("openai/gpt-oss-120b");
  });

  it("raised for today, it goes", async () => {
    const { editor, groq } = session();
    const { chat, answers } = await newChat(editor);
    const combobox = chat.getByRole("combobox", { name: "Model" });
    await expect.poll(() => combobox.inputValue()).toBe("openai/gpt-oss-120b");
    const before = groq.requests.length;
    groq.queueAnswer({ content: "Hello!" });
    await sendMessage(chat, "hello");
    await answers.first().getByText("Today's budget of $0.00030 is reached").waitFor();
    expect(groq.requests).toHaveLength(before);

    await answers.first().getByRole("button", { name: "Raise for Today" }).click();
    await answerInputBox(editor, "0.0025");
    await answers.nth(1).getByText("tokens/s").waitFor();
    await expect.poll(() => meter(editor).textContent()).toContain("/ $0.0025");
    await look(editor, "raised", answers.nth(1), ["Hello!"]);
  });

  it("the raise is taken back from the list of budgets", async () => {
    const { editor } = session();
    await editor.runCommand("groqCoder.setBudget");
    const list = editor.page.locator(".quick-input-widget");
    await list.getByRole("option", { name: "Take Back Today's Raise" }).click();
    await expect.poll(() => meter(editor).textContent()).toContain("/ $0.0003");
  });

  it("the second tab, by key alone: 100 runs a day of 20k and 4k tokens cost $16.20", async () => {
    const { editor } = session();
    await editor.runCommand("groqCoder.showUsage");
    const page = editor.webview("editor");
    await page.getByRole("tab", { name: "Report" }).press("ArrowRight");
    await page.getByRole("tab", { name: "What would this cost?", selected: true }).waitFor();
    await page.getByText("your average request").waitFor();
    const fields = [
      ["Requests a day", "100"],
      ["Tokens in, each request", "20000"],
      ["Tokens out, each request", "4000"],
      ["Input from the cache, %", "0"],
      ["Requests in batches, %", "0"],
      ["Days a month", "30"],
    ] as const;
    // This key selects the text of the field to which it moves the focus, and typing replaces it.
    await editor.page.keyboard.press("Tab");
    for (const [name, value] of fields) {
      const field = page.getByRole("spinbutton", { name });
      await field.and(page.locator(":focus")).waitFor();
      await editor.page.keyboard.type(value);
      await editor.page.keyboard.press("Tab");
    }
    await page.getByRole("combobox", { name: "Limits of" }).selectOption("developer");
    await look(editor, "projection", page.locator("body"), [
      /row "openai\/gpt-oss-120b \$16\.20 15,000 Tokens a minute/,
      /row "openai\/gpt-oss-20b \$8\.10/,
      /status: "openai\/gpt-oss-20b: \$8\.10 a month\. All of it fits\."/,
    ]);
  });

  it.each([13, 26])("in letters of %i pixels the choice of limits is not cut", async (size) => {
    const { editor } = session();
    const limits = editor.webview("editor").getByRole("combobox", { name: "Limits of" });
    const room = await limits.evaluate((shown, pixels) => {
      document.body.style.fontSize = `${pixels}px`;
      const copy = document.importNode(shown, true);
      Object.assign(copy.style, { position: "absolute", width: "max-content", minWidth: "0" });
      shown.after(copy);
      const { width, height } = copy.getBoundingClientRect();
      const place = shown.getBoundingClientRect();
      copy.remove();
      return { across: place.width - width, down: place.height - height };
    }, size);
    await editor.screenshot(`projection-letters-${size}`);
    await limits.evaluate(() => document.body.style.removeProperty("font-size"));
    expect(room.across).toBeGreaterThanOrEqual(0);
    expect(room.down).toBeGreaterThanOrEqual(0);
  });

  it("what is no number is said beside its field, and the table is gone", async () => {
    const { editor } = session();
    const page = editor.webview("editor");
    const field = page.getByRole("spinbutton", { name: "Input from the cache, %" });
    await field.fill("101");
    await page.getByRole("status").getByText("A whole number from 0 to 100.").waitFor();
    await look(editor, "projection-problem", page.locator("body"), [
      /spinbutton "Input from the cache, %" \[invalid\]/,
    ]);
    expect(await page.getByRole("row", { name: "openai/gpt-oss-120b" }).count()).toBe(0);
    await field.fill("50");
    await page.getByRole("row", { name: /openai\/gpt-oss-120b \$13\.95/ }).waitFor();
  });

  it("what is typed is there again after a look at the report", async () => {
    const page = session().editor.webview("editor");
    await page.getByRole("tab", { name: "Report" }).click();
    await page.getByRole("tab", { name: "What would this cost?" }).click();
    const field = page.getByRole("spinbutton", { name: "Tokens in, each request" });
    expect(await field.inputValue()).toBe("20000");
  });

  it.each(themes)("$kind: nothing that axe calls serious", async (theme) => {
    const { editor } = session();
    const page = editor.webview("editor");
    await page.getByText("An older price list is superseded").waitFor();
    await takeTheme(editor, page, theme);
    await editor.screenshot(`projection-${theme.kind}`);
    expect(await seriousFindings(page, "--vscode-editor-background")).toEqual([]);
  });
});
