import { describe, expect, it } from "vitest";
import type { Locator } from "playwright-core";
import type { LoggedRequest } from "../../groqServer/requestLog";
import { look } from "./look";
import { sessionForAll } from "./session";
import { newChat, sendMessage } from "./steps";

const model = "openai/gpt-oss-120b";
const otherModel = "openai/gpt-oss-20b";

// A free account that others use, too: what its limits would refuse waits, and there is always a way on.
describe("limits", () => {
  const session = sessionForAll(() => ({}));

  it("full minute: waits with a countdown, can be stopped, and goes when it was said", async () => {
    const { editor, groq } = session();
    const { chat, answers } = await newChat(editor);
    // The headers of answers show how Groq counts, and what others have taken.
    for (const asked of [0, 1, 2]) {
      groq.queueAnswer({ content: "Hello!" });
      await sendMessage(chat, "hello");
      await answers.nth(asked).getByText("tokens/s").waitFor();
      if (asked === 1) groq.useElsewhere(model, { inputTokens: 4300 });
    }

    await sendMessage(chat, "and once more");
    const announced = await secondsLeft(answers.nth(3));
    await expect.poll(() => secondsLeft(answers.nth(3))).toBeLessThan(announced - 1);
    await look(editor, "waiting", chat.locator("body"), [
      /Waiting \d+ s for Groq's limit…/,
      'button "Stop"',
    ]);
    await chat.getByRole("button", { name: "Stop" }).click();
    await answers.nth(3).getByText("Stopped").waitFor();
    await look(editor, "wait-stopped", answers.nth(3), ["Stopped", 'button "Retry"']);
    expect(statuses(groq.requests)).toEqual([200, 200, 200]);

    await answers.nth(3).getByRole("button", { name: "Retry", exact: true }).click();
    const before = Date.now();
    const told = 1000 * (await secondsLeft(answers.nth(4)));
    const after = Date.now();
    await answers.nth(4).getByText("tokens/s").waitFor();
    expect(statuses(groq.requests)).toEqual([200, 200, 200, 200]);
    // Shown in whole seconds, rounded up, and correct to within one.
    const sentAt = groq.requests.at(-1)?.at ?? 0;
    expect(sentAt).toBeGreaterThan(before + told - 2000);
    expect(sentAt).toBeLessThan(after + told + 1000);
  });

  it("day used up: a shorter answer goes", async () => {
    const { editor, groq } = session();
    groq.changeLimits(model, { tpd: 6500 });
    const { chat, answers } = await newChat(editor);
    await sendMessage(chat, "hello");
    await answers.first().getByText("Groq's limit is used up for now").waitFor();
    await look(editor, "day-used-up", chat.locator("body"), [
      /It admits this request again in \d+ (h|min) \d+ (min|s)\. Of 6,500 tokens a day, [\d,]+ are used/,
      /button "Answer in [\d,]+ Tokens Now"/,
      `button "Ask ${otherModel}"`,
      "Session: $0.00",
    ]);
    expect(statuses(groq.requests)).toEqual([200, 200, 200, 200, 429]);
    const label = /Answer in ([\d,]+) Tokens Now/;
    const tokens = Number(label.exec(await answers.first().innerText())?.[1]?.replaceAll(",", ""));
    await chat.getByRole("button", { name: label }).click();
    await answers.nth(1).getByText("tokens/s").waitFor();
    expect(groq.requests.at(-1)?.body).toMatchObject({ model, max_completion_tokens: tokens });
    expect(statuses(groq.requests)).toEqual([200, 200, 200, 200, 429, 200]);
  });

  it("day known to be used up: nothing is sent, and another model answers", async () => {
    const { editor, groq } = session();
    const before = groq.requests.length;
    const { chat, answers } = await newChat(editor);
    await sendMessage(chat, "hello");
    await answers.first().getByText("Groq's limit is used up for now").waitFor();
    expect(groq.requests).toHaveLength(before);
    await chat.getByRole("button", { name: `Ask ${otherModel}` }).click();
    await answers.nth(1).getByText("tokens/s").waitFor();
    await look(editor, "other-model-asked", answers.nth(1), [otherModel]);
    expect(groq.requests.at(-1)).toMatchObject({
      body: { model: otherModel },
      outcome: { status: 200 },
    });
  });
});

async function secondsLeft(answer: Locator): Promise<number> {
  const waiting = answer.getByText(/^Waiting \d+ s for Groq's limit…$/);
  return Number(/\d+/.exec(await waiting.innerText())?.[0]);
}

function statuses(requests: readonly LoggedRequest[]): (number | undefined)[] {
  return requests.map(({ outcome }) => outcome?.status);
}
