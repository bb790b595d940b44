import { describe, expect, it } from "vitest";
import { takeFromQuickInput } from "../harness/quickInput";
import { look } from "./look";
import { sessionForAll } from "./session";

describe("in German", () => {
  const session = sessionForAll(() => ({ groq: { speed: 400 }, language: "de" }));

  it("everything that the extension says is German", async () => {
    const { editor, groq } = session();
    await takeFromQuickInput(
      editor.page,
      "F1",
      ">Groq Coder: Chat öffnen",
      /^Groq Coder: Chat öffnen(,|$)/,
    );
    const chat = editor.webview("view");
    const box = chat.getByRole("textbox", { name: "Nachricht" });
    groq.queueAnswer({ content: "Guten Tag." });
    await box.fill("Guten Tag");
    await chat
      .getByRole("status", { name: "Nächste Anfrage" })
      .getByText(/Tokens · .* · jetzt/)
      .waitFor();
    await box.press("Enter");
    await chat.getByText("Tokens/s").waitFor();
    await look(editor, "german", chat.locator("body"), [
      'textbox "Nachricht"',
      'button "Senden"',
      'button "Aktueller Code"',
      'article "Sie"',
      /\d+ Eingabe · \d+ Ausgabe · \$0\.\d+ · \d+,\d s bis zum ersten Token/,
      /Sitzung: \$0\.0\d+/,
    ]);
    expect(await chat.locator("html").getAttribute("lang")).toBe("de");
  });
});
