import type { TaskKind } from "../dispatch/ledger";
import type { Turn } from "./conversation";

/** Output tokens to expect before any answer was seen: a few paragraphs and some reasoning. */
const usual: Readonly<Record<TaskKind, number>> = {
  chat: 450,
  explain: 350,
  edit: 600,
  fix: 600,
  document: 500,
  tests: 1200,
};

/** How many of the last answers the next one is predicted from. */
const remembered = 5;

/** The likely length of the next answer in tokens: the mean of the last ones to the same kind of question. */
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
