import { afterAll, describe, expect, it } from "vitest";
import { formatDollars } from "../../../src/core/budget/money";
import { startGroqServer } from "../../groqServer/groqServer";
import type { GroqServer } from "../../groqServer/groqServer";
import { look } from "./look";
import { sessionForAll } from "./session";
import { answerInputBox, focusCode, newChat, openFile, sendMessage } from "./steps";

const model = "openai/gpt-oss-120b";
const roomy = { tpm: 250_000 };
const secondModel = "acme/coder";
const offer = `Let ${secondModel} Answer in This Chat`;

// Groq cannot answer: too much for the account, or it is down. The user decides whether another provider may.
describe("a second provider", () => {
  let second: GroqServer | undefined;
  const session = sessionForAll(async () => {
    second = await startGroqServer({ speed: 400, plan: "custom", models: { [secondModel]: {} } });
    return {
      files: { "src/large.ts": largeSource(1000) },
      // As far as is known, failed attempts count against the limits too: here there is room for them.
      groq: { limits: { [model]: roomy } },
      settings: {
        "groqCoder.limits": { [model]: roomy },
        "groqCoder.fallback": {
          baseUrl: `${second.origin}/openai/v1`,
          model: secondModel,
          inputPrice: 1,
          outputPrice: 2,
        },
      },
    };
  });
  afterAll(() => second?.close());

  it("Groq down: asks first, answers for the user's prices, and in this chat without asking", async () => {
    const { editor, groq } = session();
    const { chat, answers } = await newChat(editor);
    // Each request is tried three times, and only once after three failures in a row.
    goDown(groq, 3);
    await sendMessage(chat, "hello");
    await answers.first().getByRole("button", { name: offer }).waitFor();
    await look(editor, "second-provider-offered", answers.first(), [
      "Groq is over capacity",
      'button "Retry"',
    ]);
    expect(second?.requests).toEqual([]);

    goDown(groq, 1);
    await chat.getByRole("button", { name: offer }).click();
    await answers.nth(1).getByText("No key is set for the second provider").waitFor();
    await look(editor, "second-provider-without-key", answers.nth(1), [
      'button "Set Fallback Key"',
    ]);
    await answers.nth(1).getByRole("button", { name: "Set Fallback Key" }).click();
    await answerInputBox(editor, "gsk_second_0123456789");

    goDown(groq, 1);
    await answers.nth(1).getByRole("button", { name: "Retry", exact: true }).click();
    await answers.nth(2).getByText("tokens/s").waitFor();
    const owed = owedBy(second);
    await look(editor, "second-provider-answered", answers.nth(2), [secondModel, owed]);
    const cost = chat.getByRole("status", { name: "Session cost" });
    await expect.poll(() => cost.innerText()).toContain(owed);

    goDown(groq, 1);
    await sendMessage(chat, "and once more");
    await answers.nth(3).getByText("tokens/s").waitFor();
    await look(editor, "second-provider-again", answers.nth(3), [secondModel]);
    expect(second?.requests.map(({ outcome }) => outcome?.status)).toEqual([200, 200]);
    expect(groq.bill().entries).toEqual([]);
  });

  it("a new chat asks again, and Groq answers when it is back", async () => {
    const { editor, groq } = session();
    const { chat, answers } = await newChat(editor);
    goDown(groq, 1);
    await sendMessage(chat, "hello");
    await answers.first().getByRole("button", { name: offer }).waitFor();
    expect(second?.requests).toHaveLength(2);
    await answers.first().getByRole("button", { name: "Retry", exact: true }).click();
    await answers.nth(1).getByText("tokens/s").waitFor();
    await look(editor, "groq-is-back", answers.nth(1), [model]);
  });

  it("too large for the minute: told by how much; the first part of the code goes", async () => {
    const { editor, groq } = session();
    const before = groq.requests.length;
    const { chat, answers } = await newChat(editor);
    await openFile(editor, "src/large.ts");
    await focusCode(editor);
    await editor.page.keyboard.press("Control+A");
    await editor.runCommand("groqCoder.explainSelection");
    await answers.first().getByText("The request is too large for your limit").waitFor();
    await look(editor, "too-large", chat.locator("body"), [
      /It needs about 1\d,\d{3} tokens, answer included; 8,000 are admitted at once/,
      /button "Ask About the First [67],\d{3} Tokens of the Code"/,
      `button "${offer}"`,
      "Session: $0.00",
    ]);
    expect(groq.requests).toHaveLength(before);

    groq.queueAnswer({ content: "It computes values." });
    await chat.getByRole("button", { name: "Tokens of the Code" }).click();
    await answers.nth(1).getByText("tokens/s").waitFor();
    await look(editor, "first-part-sent", answers.nth(1), [
      /The last [\d,]+ lines of the attached code were left out/,
    ]);
    const left = 1000 - Number(/last (\d+) lines/.exec(await answers.nth(1).innerText())?.[1]);
    const [sentRequest, ...more] = groq.requests.slice(before);
    expect(sentRequest?.outcome).toMatchObject({ status: 200 });
    expect(more).toEqual([]);
    const sent = JSON.stringify(sentRequest?.body);
    expect(sent).toContain(lineOf(left));
    expect(sent).not.toContain(lineOf(left + 1));
  });
});

function goDown(groq: GroqServer, times: number): void {
  groq.queueFault({ kind: "error", error: "overCapacity" }, { times });
}

/** As the user has priced it: 1 and 2 dollars for a million tokens. */
function owedBy(second: GroqServer | undefined): string {
  const entries = second?.bill().entries ?? [];
  const picodollars = entries.reduce(
    (sum, { promptTokens, completionTokens }) => sum + promptTokens + 2 * completionTokens,
    0,
  );
  return formatDollars(BigInt(picodollars) * 1_000_000n);
}

/** All lines differ, so that a missing one can be recognised. */
function largeSource(lines: number): string {
  return Array.from({ length: lines }, (_, index) => `${lineOf(index + 1)}\n`).join("");
}

function lineOf(number: number): string {
  return `export const value${number} = compute(${number}, previous);`;
}
