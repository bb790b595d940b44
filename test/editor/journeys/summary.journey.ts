import { describe, expect, it } from "vitest";
import { runFromPalette } from "../harness/commandPalette";
import { look } from "./look";
import { sessionForAll } from "./session";
import { sendMessage } from "./steps";
import { seriousFindings, takeTheme, themes } from "./themes";

/** Some 600 tokens; a quarter of the model's 8,000 is for earlier messages. */
const long = (about: string) => `${about} ${"and so it goes on ".repeat(120)}`;

describe("a conversation that has outgrown what can be sent", () => {
  const session = sessionForAll(() => ({
    groq: { speed: 400, plan: "developer" },
    settings: {
      "groqCoder.plan": "developer",
      "groqCoder.limits": {
        "openai/gpt-oss-120b": { contextTokens: 8000 },
        "openai/gpt-oss-20b": { contextTokens: 8000 },
      },
    },
  }));
  const chat = () => session().editor.webview("view");
  const cut = () => chat().getByRole("region", { name: "Earlier messages are not sent" });
  const summary = () => chat().getByRole("region", { name: /^Summary of the messages above/ });
  const offer = () => cut().getByRole("button", { name: /^Summarise earlier messages/ });
  const lastRequest = () => JSON.stringify(session().groq.requests.at(-1)?.body);

  it("shows where it is cut, and what a summary would cost", async () => {
    const { editor, groq } = session();
    await editor.runCommand("groqCoder.openChat");
    for (const about of ["ants", "bees", "cats", "dogs"]) {
      groq.queueAnswer({ content: long(about) });
      await sendMessage(chat(), `Tell me of ${about}`);
      // Only the near part of a long conversation is drawn, which includes the last answer.
      const answer = chat().getByRole("article", { name: "Groq Coder" }).last();
      await answer.getByText(`${about} and so`).waitFor();
      await answer.getByText("tokens/s").waitFor();
    }
    await offer().waitFor();
    await chat().getByRole("textbox", { name: "Message" }).fill("And now?");
    await chat()
      .getByRole("status", { name: "Next request" })
      .getByText(/\d earlier messages are not sent/)
      .waitFor();
    await offer().scrollIntoViewIfNeeded();
    await look(editor, "summary-offered", chat().locator("body"), [
      /\d earlier messages are not sent: what is above, up to [\d,]+ tokens\. Of the 8,000/,
      /button "Summarise earlier messages \(~\$0\.000\d+\)"/,
    ]);
    expect(groq.requests).toHaveLength(4);
  });

  it("goes on with the summary, at the user's word", async () => {
    const { editor, groq } = session();
    groq.queueAnswer({ content: "Ants and bees were told of." });
    await offer().click();
    await summary().waitFor();
    expect(JSON.parse(lastRequest())).toMatchObject({ model: "openai/gpt-oss-20b" });
    expect(await cut().count()).toBe(0);
    await summary().getByText("Summary of the messages above").click();
    await summary().getByText("Ants and bees were told of.").waitFor();
    await look(editor, "summary-shown", summary(), [
      /openai\/gpt-oss-20b · [\d,]+ in · \d+ out · \$0\.0\d+/,
      'button "Remove summary"',
    ]);
    await sendMessage(chat(), "And now?");
    await expect.poll(() => groq.requests.length).toBe(6);
    expect(lastRequest()).toContain("Ants and bees were told of.");
    expect(lastRequest()).not.toContain("Tell me of ants");
    expect(lastRequest()).toContain("Tell me of dogs");
  });

  it("tells in the report what the summary has cost", async () => {
    const { editor } = session();
    await editor.runCommand("groqCoder.showUsage");
    const byTask = editor
      .webview("editor")
      .getByRole("region", { name: "Spending by kind of work" });
    await byTask.getByText(/Chat: \$0\.0\d+ .* · Summary of a conversation: \$0\.0\d+ /).waitFor();
    await editor.screenshot("summary-in-report");
    await runFromPalette(editor.page, "View: Close Editor");
  });

  it.each(themes)("$kind: nothing that axe calls serious", async (theme) => {
    const { editor } = session();
    await takeTheme(editor, chat(), theme);
    await summary().scrollIntoViewIfNeeded();
    await editor.screenshot(`summary-${theme.kind}`);
    expect(await seriousFindings(chat(), "--vscode-sideBar-background")).toEqual([]);
  });

  it("keeps the summary over a reload, and takes it out again", async () => {
    const { editor, groq } = session();
    await editor.reload();
    await editor.runCommand("groqCoder.openChat");
    await summary().getByRole("button", { name: "Remove summary" }).click();
    await summary().waitFor({ state: "detached" });
    await offer().waitFor();
    expect(groq.requests).toHaveLength(6);
  });
});
