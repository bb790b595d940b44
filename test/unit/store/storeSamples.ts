import { DatabaseSync } from "node:sqlite";
import { expect } from "vitest";
import type { BookedCall } from "../../../src/core/budget/usageExport";
import type { AnswerTurn, UserTurn } from "../../../src/core/chat/conversation";
import type { Reservation, Settlement } from "../../../src/core/dispatch/ledger";
import type { CallPages } from "../../../src/store/callPages";

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
    waitedMs: 0,
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
    linesLeftOut: 0,
    ...given,
  };
}

const rollUps = [
  ["usage_by_hour", "day, hour, model, task, workspace, provider"],
  ["usage_by_day", "day, model, provider"],
  ["usage_by_session", "conversation_id"],
] as const;

/** Each roll-up of the file is what its settled calls sum up to. */
export function expectRollUpsToFit(path: string): void {
  const database = new DatabaseSync(path, { readOnly: true });
  const read = (sql: string) => {
    const statement = database.prepare(sql);
    statement.setReadBigInts(true);
    return statement.all();
  };
  for (const [table, key] of rollUps) {
    const sums = read(
      `SELECT ${key}, count(*) AS calls, sum(estimated) AS estimated_calls,
         sum(cost IS NULL) AS unpriced_calls, coalesce(sum(cost), 0) AS cost,
         sum(prompt_tokens) AS prompt_tokens, sum(cached_tokens) AS cached_tokens,
         sum(completion_tokens) AS completion_tokens, sum(reasoning_tokens) AS reasoning_tokens
       FROM calls WHERE settled <> 0 GROUP BY ${key} ORDER BY ${key}`,
    );
    expect(read(`SELECT * FROM ${table} WHERE calls <> 0 ORDER BY ${key}`)).toEqual(sums);
  }
  const measured = read(
    `SELECT day, model, provider, count(*) AS calls FROM calls
     WHERE settled = 1 AND estimated = 0 AND first_token_ms >= 0 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  );
  const counted = read(
    `SELECT day, model, provider, sum(calls) AS calls FROM speed_by_day
     WHERE measure = 'first_token_ms' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  );
  expect(counted).toEqual(measured);
  database.close();
}

/** Of all pages: one window may have booked hundreds of calls before another one has begun. */
export function readAllCalls({ readCalls }: Pick<CallPages, "readCalls">): readonly BookedCall[] {
  const all: BookedCall[] = [];
  let page = readCalls(0);
  while (page.length > 0) {
    all.push(...page);
    page = readCalls(page.at(-1)?.position ?? 0);
  }
  return all;
}

/** Charges an open call for a window that seems to have crashed. */
export function abandon(path: string, id: string): void {
  const database = new DatabaseSync(path);
  database.prepare("UPDATE calls SET settled = 2 WHERE id = ? AND settled = 0").run(id);
  database.close();
}
