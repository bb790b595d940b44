import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AnswerTurn, Turn, UserTurn } from "../../../src/core/chat/conversation";
import { planSummary } from "../../../src/core/chat/summarise";
import { findModel } from "../../../src/core/models/catalogue";
import { estimateText } from "../../../src/core/tokens/estimateTokens";
import { letPromisesRun } from "../../fakes/asyncSteps";
import { chatBench, exchange, question } from "./chatBench";
import type { ChatBench } from "./chatBench";

/** Some 500 tokens: of the free plan's 8,000 a minute 2,000 are for earlier turns. */
const long = (about: string) => `${about} ${"and so it goes on ".repeat(100)}`;

/** Five exchanges, of which the first ones do not go along any more. */
async function outgrown(): Promise<{
  readonly bench: ChatBench;
  readonly answers: readonly string[];
}> {
  const bench = chatBench();
  const answers: string[] = [];
  for (const about of ["ants", "bees", "cats", "dogs", "eels"])
    answers.push(await exchange(bench, `tell me of ${about}`, long(about)));
  return { bench, answers };
}

const history = ({ chat }: ChatBench) => chat.history(question("and now?")).history;
const texts = (turns: readonly Turn[]) =>
  turns.map(({ text }) => text.split(" ").slice(0, 4).join(" "));

async function summarise(bench: ChatBench, text: string): Promise<void> {
  const summarised = bench.chat.summarise();
  const run = bench.dispatcher.last();
  run.emit({ kind: "sent", model: run.task.model.id, maxCompletionTokens: 1024 });
  run.emit({ kind: "text", text });
  run.complete();
  expect(await summarised).toEqual({ ok: true });
}

/** What is sent for a question now. */
async function sentFor(bench: ChatBench, text: string): Promise<string> {
  await exchange(bench, text, "yes");
  return bench.dispatcher
    .last()
    .task.messages.map(({ role, content }) => `${role}: ${content}`)
    .join("\n\n");
}

describe("a conversation that outgrows its share of the minute", () => {
  it("says what stays behind, and of how much room", async () => {
    const { bench } = await outgrown();
    const { room } = bench.chat.history(question("and now?"));
    expect(room).toMatchObject({ history: 2000, most: 8000 });
    expect(texts(history(bench).leftOut)).toEqual([
      "tell me of ants",
      "ants and so it",
      "tell me of bees",
      "bees and so it",
    ]);
  });

  it("is summarised by the cheaper model, and only as far as it stays behind", async () => {
    const { bench } = await outgrown();
    expect(await bench.chat.forecastSummary()).toMatchObject({
      ok: true,
      value: { model: { id: "openai/gpt-oss-20b" } },
    });
    expect(bench.dispatcher.runs).toHaveLength(5);
    await summarise(bench, "Ants and bees were told of.");
    expect(bench.dispatcher.last().task.kind).toBe("summary");
    const asked = JSON.stringify(bench.dispatcher.last().task.messages);
    expect(asked).toContain("ants and so it goes on");
    expect(asked).toContain("tell me of bees");
    expect(asked).not.toContain("eels");
  });

  it("goes on with the summary in place of what it stands for", async () => {
    const { bench } = await outgrown();
    await summarise(bench, "Ants and bees were told of.");
    expect(history(bench).leftOut).toEqual([]);
    expect(await bench.chat.forecastSummary()).toBeUndefined();
    const sent = await sentFor(bench, "and now?");
    expect(sent).toContain("user: What was said before, in short:\nAnts and bees were told of.");
    expect(sent).not.toContain("tell me of ants");
    expect(sent).toContain("tell me of dogs");
  });

  it("leaves the turns and their answers where they are", async () => {
    const { bench } = await outgrown();
    const before = texts(bench.chat.conversation().turns);
    await summarise(bench, "Ants.");
    expect(texts(bench.chat.conversation().turns)).toEqual(before);
  });

  it("has the summary after a reload, with what it cost", async () => {
    const { bench } = await outgrown();
    await summarise(bench, "Ants and bees were told of.");
    const stored = bench.conversations.kept.get(bench.chat.conversation().id);
    const next = chatBench(bench.conversations);
    if (stored !== undefined) next.chat.open(stored);
    expect(history(next).summary?.content).toMatchObject({
      text: "Ants and bees were told of.",
      model: "openai/gpt-oss-20b",
      settlement: { cost: 36_000_000n },
    });
  });

  it("sends the turns as before when the summary is removed", async () => {
    const { bench } = await outgrown();
    const before = history(bench);
    await summarise(bench, "Ants and bees were told of.");
    bench.chat.removeSummary(history(bench).summary?.questionId ?? "");
    expect(history(bench)).toEqual(before);
    expect(await sentFor(bench, "and now?")).not.toContain("Ants and bees were told of.");
  });

  it("summarises the summary with what has come since", async () => {
    const { bench } = await outgrown();
    await summarise(bench, "Ants and bees were told of.");
    for (const about of ["foxes", "goats"]) await exchange(bench, about, long(about));
    await summarise(bench, "Of all kinds of animals.");
    const asked = JSON.stringify(bench.dispatcher.last().task.messages);
    expect(asked).toContain("Ants and bees were told of.");
    expect(asked).not.toContain("tell me of ants");
    expect(history(bench).summary?.content.text).toBe("Of all kinds of animals.");
    expect(history(bench).leftOut).toEqual([]);
  });
});

describe("a summary is not used", () => {
  it("when an answer that it stands for was asked for once more", async () => {
    const { bench, answers } = await outgrown();
    await summarise(bench, "Ants and bees were told of.");
    const again = bench.chat.retry(answers[0] ?? "");
    bench.dispatcher.last().emit({ kind: "text", text: "another answer" });
    bench.dispatcher.last().complete();
    await again;
    expect(history(bench).summary).toBeUndefined();
  });

  it("in another branch than its own", async () => {
    const { bench } = await outgrown();
    await summarise(bench, "Ants and bees were told of.");
    const [first] = bench.chat.conversation().turns;
    const asked = bench.chat.resend(first?.id ?? "", "tell me of apes");
    bench.dispatcher.last().complete();
    await asked;
    expect(history(bench).summary).toBeUndefined();
    bench.chat.showVersion(first?.id ?? "");
    expect(history(bench).summary).toBeDefined();
  });

  it("when the limits have no room for it", async () => {
    const { bench } = await outgrown();
    await summarise(bench, long("Ants").slice(0, 800));
    bench.limits = { tpm: 600 };
    expect(history(bench).summary).toBeUndefined();
    expect(await bench.chat.forecastSummary()).toBeUndefined();
  });
});

describe("without a summary it stays", () => {
  it("when the request is stopped, and what it was is told", async () => {
    const { bench } = await outgrown();
    const summarised = bench.chat.summarise();
    await letPromisesRun();
    expect(bench.chat.isBusy()).toBe(true);
    expect(bench.chat.summarising()).toBeDefined();
    bench.chat.stop();
    expect(await summarised).toEqual({ ok: false, failure: { kind: "stopped" } });
    expect(bench.chat.summarising()).toBeUndefined();
    expect(history(bench).summary).toBeUndefined();
  });

  it("when nothing was written", async () => {
    const { bench } = await outgrown();
    const summarised = bench.chat.summarise();
    bench.dispatcher.last().complete();
    expect(await summarised).toMatchObject({ ok: false, failure: { kind: "answerIncomplete" } });
  });

  it("as long as all goes along: nothing is sent", async () => {
    const bench = chatBench();
    await exchange(bench, "hello", "Hi");
    expect(await bench.chat.forecastSummary()).toBeUndefined();
    expect(await bench.chat.summarise()).toMatchObject({ ok: false });
    expect(bench.dispatcher.runs).toHaveLength(1);
  });
});

it("asks for no more than the minute admits, however long the conversation is", () => {
  const model = findModel("openai/gpt-oss-120b");
  if (model === undefined) throw new Error("no model");
  const settings = {
    model,
    fastModel: model,
    maxOutputTokens: 4096,
    reasoningEffort: "medium",
    serviceTier: "on_demand",
    fallback: undefined,
  } as const;
  const said = fc.tuple(
    fc.string({ unit: "grapheme", minLength: 1 }),
    fc.integer({ min: 1, max: 3000 }),
  );
  fc.assert(
    fc.property(fc.array(said, { minLength: 2, maxLength: 200 }), (all) => {
      const earlier = all.flatMap(([text, times], index) => exchangeOf(index, text.repeat(times)));
      const plan = planSummary(
        { settings: () => settings, limitsOf: () => ({ tpm: 8000 }) },
        { conversationId: "c", earlier },
      );
      if (plan === undefined) return;
      const { messages, outputFloor } = plan.task;
      const prompt = messages.reduce((sum, { content }) => sum + estimateText(content).upper, 0);
      expect(prompt + outputFloor).toBeLessThanOrEqual(8000);
      const read = messages[1]?.content.match(/^(?:Programmer|Assistant)[^\n]*:$/gm)?.length ?? 0;
      expect(read).toBeGreaterThanOrEqual(Math.min(plan.turnIds.length, 50));
      expect(plan.unread).toBeLessThan(plan.turnIds.length);
    }),
    { numRuns: 60 },
  );
});

function exchangeOf(index: number, text: string): readonly [UserTurn, AnswerTurn] {
  const id = `q${index}`;
  return [
    { role: "user", id, task: "chat", text: `ask ${index}`, attachments: [] },
    {
      role: "answer",
      id: `a${index}`,
      questionId: id,
      task: "chat",
      model: "m",
      text,
      reasoning: "",
      status: { kind: "complete", finishReason: "stop" },
      turnsLeftOut: 0,
      linesLeftOut: 0,
    },
  ];
}
