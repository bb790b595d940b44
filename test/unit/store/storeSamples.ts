import type { AnswerTurn, UserTurn } from "../../../src/core/chat/conversation";
import type { Reservation, Settlement } from "../../../src/core/dispatch/ledger";

export function reservation(id: string, given: Partial<Reservation> = {}): Reservation {
  return {
    id,
    conversationId: "c1",
    task: "chat",
    model: "openai/gpt-oss-120b",
    provider: "groq",
    account: "a1",
    workspace: "project",
    reservedAt: 1_795_176_000_000,
    day: "2026-11-20",
    hour: 12,
    cost: 2_000_000_000n,
    ...given,
  };
}

export function settlement(given: Partial<Settlement> = {}): Settlement {
  return {
    usage: { promptTokens: 100, cachedTokens: 20, completionTokens: 30, reasoningTokens: 10 },
    cost: 500_000_000n,
    estimated: false,
    timeToFirstTokenMs: 41.5,
    durationMs: 250.25,
    ...given,
  };
}

export function userTurn(given: Partial<UserTurn> = {}): UserTurn {
  return { role: "user", id: "u1", task: "chat", text: "hello", attachments: [], ...given };
}

export function answerTurn(given: Partial<AnswerTurn> = {}): AnswerTurn {
  return {
    role: "answer",
    id: "a1",
    questionId: "u1",
    task: "chat",
    model: "openai/gpt-oss-120b",
    text: "Hi",
    reasoning: "",
    status: { kind: "complete", finishReason: "stop" },
    turnsLeftOut: 0,
    ...given,
  };
}
