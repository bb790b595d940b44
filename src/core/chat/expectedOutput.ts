import type { TaskKind } from "../dispatch/ledger";
import type { Turn } from "./conversation";

/** Output tokens of an answer as seen before any was: a few paragraphs and some reasoning. */
const usual: Readonly<Record<TaskKind, number>> = {
  chat: 450,
  explain: 350,
  edit: 600,
  fix: 600,
  document: 500,
  tests: 1200,
};

/** How many of the last answers speak for the next one. */
const remembered = 5;

/** How long the next answer will likely be, in tokens: as long as the last ones to the same kind of question. */
export function expectedOutput(task: TaskKind, turns: readonly Turn[]): number {
  const lengths = turns
    .flatMap((turn) =>
      turn.role === "answer" && turn.task === task && turn.settlement?.estimated === false
        ? [turn.settlement.usage.completionTokens]
        : [],
    )
    .slice(-remembered);
  if (lengths.length === 0) return usual[task];
  return Math.round(lengths.reduce((sum, length) => sum + length, 0) / lengths.length);
}
