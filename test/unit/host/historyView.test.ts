import { beforeEach, describe, expect, it } from "vitest";
import type { AnswerTurn, Turn, UserTurn } from "../../../src/core/chat/conversation";
import type { History } from "../../../src/core/chat/history";
import { succeed } from "../../../src/core/dispatch/failure";
import type { Forecast } from "../../../src/core/dispatch/forecast";
import { createModelBook } from "../../../src/core/models/modelBook";
import { leftOutWords, viewHistory } from "../../../src/host/chatView/historyView";
import { fakeEditor } from "../../fakes/fakeEditor";
import { answerTurn, settlement, userTurn } from "../store/storeSamples";

const room = { history: 2000, most: 8000 };
const model = createModelBook(undefined, new Map()).find("openai/gpt-oss-20b");
const foretold = (admission: Forecast["admission"]) =>
  succeed({
    prompt: { likely: 4000, upper: 4100, bound: 9000 },
    maxCompletionTokens: 1024,
    admission,
    model,
  });
const idle = { foretold: foretold({ kind: "now" }), summarising: undefined, nowMs: 0 };

const ask = (id: string): UserTurn => userTurn({ id, text: `ask ${id}` });
const say = (id: string): AnswerTurn => answerTurn({ id, text: `say ${id}` });
const all: readonly Turn[] = [ask("1"), say("2"), ask("3"), say("4"), ask("5"), say("6")];
const summary: NonNullable<History["summary"]> = {
  questionId: "1",
  content: { text: "In short.", model: "m", settlement: settlement(), turnIds: ["1", "2"] },
};

beforeEach(() => fakeEditor.reset());

describe("marks in the transcript", () => {
  const check = (name: string, history: History, expected: unknown) =>
    it(name, () => {
      expect(viewHistory({ history, room }, idle)).toMatchObject(expected as object);
    });

  it("there are none where all goes along", () => {
    expect(viewHistory({ history: { leftOut: [], kept: all }, room }, idle)).toEqual({});
  });
  check(
    "stand above the first turn that is sent",
    { leftOut: all.slice(0, 2), kept: all.slice(2) },
    { cut: { before: "3", offer: "Summarise earlier messages (~$0.00042)" } },
  );
  check(
    "a summary stands above what has come since",
    { summary, leftOut: [], kept: all.slice(2) },
    { summary: { before: "3", turnId: "1", text: "In short." } },
  );
  check(
    "both, where more has been left out since",
    { summary, leftOut: all.slice(2, 4), kept: all.slice(4) },
    { summary: { before: "3" }, cut: { before: "5" } },
  );

  it("a summary says what it cost, and what was too much to read for it", () => {
    const content = { ...summary.content, unread: 1200 };
    const history = { summary: { ...summary, content }, leftOut: [], kept: all.slice(2) };
    expect(viewHistory({ history, room }, idle).summary?.receipt).toMatch(
      /^m · .* · without the oldest 1,200$/,
    );
  });

  it("stand below all where nothing is sent", () => {
    const { cut } = viewHistory({ history: { leftOut: all, kept: [] }, room }, idle);
    expect(cut?.before).toBeUndefined();
    expect(cut?.words).toMatch(
      /^6 earlier messages are not sent: what is above, up to \d+ tokens\. Of the 8,000 .* 2,000 are for earlier messages/,
    );
  });
});

describe("a summary is offered", () => {
  const share = { history: { leftOut: all, kept: [] }, room };
  const offer = (about: Partial<typeof idle>) =>
    viewHistory(share, { ...idle, ...about }).cut?.offer;

  it("with its wait", () => {
    const admission = { kind: "wait", ms: 12_000, dimension: "tpm" } as const;
    expect(offer({ foretold: foretold(admission) })).toBe(
      "Summarise earlier messages (~$0.00042, in 12 s)",
    );
  });

  it("without a price that is not known", () => {
    const { price: _, ...unpriced } = model;
    const now = foretold({ kind: "now" });
    if (!now.ok) throw new Error("no forecast");
    expect(offer({ foretold: succeed({ ...now.value, model: unpriced }) })).toBe(
      "Summarise earlier messages (no price)",
    );
  });

  it("not where it could not be sent, and not a second time", () => {
    const failure = { kind: "tooLarge", limit: 1, needed: 2, dimension: "tpm" } as const;
    expect(offer({ foretold: foretold({ kind: "never", failure }) })).toBe("");
    const { cut } = viewHistory(share, {
      ...idle,
      summarising: { kind: "waiting", untilMs: 12_000 },
    });
    expect(cut).toMatchObject({ offer: "", progress: "Waiting 12 s for Groq's limit…" });
  });
});

it("the line about the next request counts what is not sent", () => {
  const words = (leftOut: readonly Turn[]) => leftOutWords({ history: { leftOut, kept: [] } });
  expect(words([])).toBe("");
  expect(words(all.slice(0, 1))).toBe("1 earlier message is not sent");
  expect(words(all)).toBe("6 earlier messages are not sent");
});
