import { describe, expect, it } from "vitest";
import type { AnswerStatus, AnswerTurn, UserTurn } from "../../../src/core/chat/conversation";
import type { FinishReason } from "../../../src/core/dispatch/chatModel";
import type { WaysOut } from "../../../src/core/dispatch/waysOut";
import type { Settlement } from "../../../src/core/dispatch/ledger";
import type { ReviewState } from "../../../src/host/editor/review";
import { viewTurn } from "../../../src/host/chatView/turnViews";
import { decodeHostMessage } from "../../../src/protocol/chatMessages";

const complete: AnswerStatus = { kind: "complete", finishReason: "stop" };
const settlement: Settlement = {
  usage: { promptTokens: 1240, cachedTokens: 960, completionTokens: 310, reasoningTokens: 40 },
  cost: 420_000_000n,
  estimated: false,
  timeToFirstTokenMs: 400,
  durationMs: 900,
};

const asked: UserTurn = {
  role: "user",
  id: "q",
  task: "explain",
  text: "Explain this.",
  attachments: [
    {
      kind: "selection" as const,
      uri: "file:///a.ts",
      path: "a.ts",
      languageId: "typescript",
      startLine: 1,
      endLine: 900,
      text: "let a;\n".repeat(900),
    },
  ],
};

function answer(given: Partial<AnswerTurn>): AnswerTurn {
  return {
    role: "answer",
    id: "a",
    questionId: "q",
    task: "chat",
    model: "openai/gpt-oss-20b",
    text: "",
    reasoning: "",
    status: complete,
    turnsLeftOut: 0,
    linesLeftOut: 0,
    ...given,
  };
}

function view(given: Partial<AnswerTurn>, nowMs = 0) {
  const drawn = viewTurn(answer(given), {
    review: undefined,
    question: asked,
    versions: [],
    nowMs,
  });
  if (drawn.role !== "answer") throw new Error("not an answer");
  return drawn;
}

describe("the receipt", () => {
  const check = (name: string, given: Partial<Settlement>, expected: string) =>
    it(name, () => {
      expect(view({ settlement: { ...settlement, ...given } }).receipt).toBe(
        `openai/gpt-oss-20b · ${expected}`,
      );
    });

  check(
    "names tokens, cost and speed",
    {},
    "1,240 in (960 cached) · 310 out · $0.00042 · 0.4 s to first token · 620 tokens/s",
  );
  check(
    "never shows an unknown price as nothing",
    { cost: undefined },
    "1,240 in (960 cached) · 310 out · no price known · 0.4 s to first token · 620 tokens/s",
  );
  check(
    "marks an estimate, and tells no speed of it",
    { estimated: true },
    "~1,240 in (960 cached) · ~310 out · ~$0.00042 at most",
  );
});

describe("what was left out is told", () => {
  it("one message and one line, or several", () => {
    expect(view({ turnsLeftOut: 1, linesLeftOut: 1 }).notes).toEqual([
      "1 earlier message was left out to fit your limit.",
      "The last line of the attached code was left out.",
    ]);
    expect(view({ turnsLeftOut: 2, linesLeftOut: 1200 }).notes).toEqual([
      "2 earlier messages were left out to fit your limit.",
      "The last 1,200 lines of the attached code were left out.",
    ]);
  });
});

describe("an edit is offered for review", () => {
  const patch = "*** Begin Patch\n*** Update File: a.ts\n@@\n-a\n+b\n*** End Patch";
  const check = (name: string, given: Partial<AnswerTurn>, offered: boolean) =>
    it(name, () => expect(view(given).proposal !== undefined).toBe(offered));

  check("from a patch", { text: `Done.\n${patch}` }, true);
  check(
    "from a patch that is broken, whose review says why",
    { text: "*** Begin Patch\n*** Update File: a.ts\n@@\n-a\n+b" },
    true,
  );
  check(
    "not from code that names no file",
    { text: "For example:\n```ts\nconst x = 1;\n```" },
    false,
  );
  check(
    "from code that names no file, when an edit of one was asked for",
    { text: "<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE", task: "edit" },
    true,
  );
  check("not from an explanation", { text: patch, task: "explain" }, false);
  check(
    "not from an answer that was cut short",
    { text: patch, status: { kind: "complete", finishReason: "length" } },
    false,
  );
  check("not while the answer is under way", { text: patch, status: { kind: "streaming" } }, false);
});

it("what became of an edit, and how to take it back, is said", () => {
  const summaryOf = (review: ReviewState) => {
    const around = { review, question: asked, versions: [], nowMs: 0 };
    const drawn = viewTurn(answer({}), around);
    return drawn.role === "answer" ? drawn.proposal?.summary : undefined;
  };
  expect(summaryOf({ kind: "accepted", changes: 5, of: 5 })).toBe(
    'Accepted. "Undo Last Applied Edit" takes it back.',
  );
  expect(summaryOf({ kind: "accepted", changes: 3, of: 5 })).toBe(
    'Accepted: 3 of 5 changes. "Undo Last Applied Edit" takes them back.',
  );
  expect(summaryOf({ kind: "rejected" })).toBe("Rejected. Nothing was changed.");
});

describe("the status line", () => {
  const check = (name: string, status: AnswerStatus, expected: string) =>
    it(name, () => expect(view({ status }, 10_000).status).toBe(expected));

  check(
    "counts a wait down",
    { kind: "waiting", untilMs: 22_000 },
    "Waiting 12 s for Groq's limit…",
  );
  check(
    "never counts below nothing",
    { kind: "waiting", untilMs: 9000 },
    "Waiting 0 s for Groq's limit…",
  );
  check(
    "names what is tried again for",
    {
      kind: "waiting",
      untilMs: 12_000,
      retryOf: { kind: "overCapacity", status: 498, detail: "" },
    },
    "Groq has no capacity for this request right now. Trying again in 2 s…",
  );
});

describe("an end is no silence", () => {
  const nothing = "The model gave an empty answer. Another wording, or another model, may help.";
  const filtered = "A content filter of the service ended the answer.";
  const check = (name: string, finishReason: FinishReason, text: string, expected: string) =>
    it(name, () =>
      expect(view({ status: { kind: "complete", finishReason }, text }).status).toBe(expected),
    );
  check("after nothing", "stop", "\n", nothing);
  check("after a call that nobody asked for", "tool_calls", "", nothing);
  check("after a filter", "content_filter", "Half an", filtered);
  check("after words", "stop", "Hello.", "");
});

describe("ways out of a failure", () => {
  const labels = (waysOut: WaysOut, given: Partial<AnswerTurn> = {}) => {
    const failure = {
      kind: "rateLimited",
      dimension: "tpd",
      retryAfterMs: 600_000,
      detail: "",
    } as const;
    const { failure: shown } = view({ status: { kind: "failed", failure, waysOut }, ...given });
    return shown?.actions.map(({ label }) => label);
  };

  it("stand before those that always help, the cheapest first", () => {
    const shown = labels({
      smaller: { kind: "shorterAnswer", maxCompletionTokens: 1200 },
      models: ["openai/gpt-oss-20b"],
      fallback: "local-model",
    });
    expect(shown?.slice(0, 3)).toEqual([
      "Answer in 1,200 Tokens Now",
      "Ask openai/gpt-oss-20b",
      "Let local-model Answer in This Chat",
    ]);
    expect(shown?.length).toBeGreaterThan(3);
  });

  it("offer fewer lines of code", () => {
    const smaller = { kind: "shorterPrompt", promptTokens: 7000 } as const;
    expect(labels({ smaller, models: [] })?.[0]).toBe(
      "Ask About the First 7,000 Tokens of the Code",
    );
  });
});

it("a text that no message may carry is sent in part, and says so", () => {
  const drawn = view({ text: "x".repeat(5_000_000), reasoning: "y".repeat(5_000_000) });
  expect(decodeHostMessage({ type: "turn", turn: drawn })).toBeDefined();
  expect(drawn.notes).toEqual(["Only the first 1,000,000 characters are shown."]);
  expect(view({ text: "short" }).notes).toEqual([]);
});
