import type { ChatMessage } from "../dispatch/chatModel";
import type { Settlement } from "../dispatch/ledger";
import { continuePrompt } from "../prompts/continuePrompt";
import { isUnderWay } from "./conversation";
import type { AnswerTurn } from "./conversation";

/** Whether part of the answer is there and the rest is missing: it reached its length cap, or broke off. */
export function canContinue(turn: AnswerTurn): boolean {
  if (turn.text === "" || isUnderWay(turn)) return false;
  return turn.status.kind === "complete" ? turn.status.finishReason === "length" : true;
}

/** What is sent after the question: the answer so far, and the request for the rest. */
export function continuation({ text }: AnswerTurn): readonly ChatMessage[] {
  return [
    { role: "assistant", content: text },
    { role: "user", content: continuePrompt },
  ];
}

/** The answer with the cost of both calls; the time to the first token is that of the first one. */
export function withEarlierCost(turn: AnswerTurn, earlier: Settlement | undefined): AnswerTurn {
  const { settlement } = turn;
  if (earlier === undefined || settlement === undefined || settlement === earlier) return turn;
  const add = (read: (one: Settlement) => number) => read(earlier) + read(settlement);
  const streamed = settlement.durationMs - (settlement.timeToFirstTokenMs ?? 0);
  return {
    ...turn,
    settlement: {
      usage: {
        promptTokens: add(({ usage }) => usage.promptTokens),
        cachedTokens: add(({ usage }) => usage.cachedTokens),
        completionTokens: add(({ usage }) => usage.completionTokens),
        reasoningTokens: add(({ usage }) => usage.reasoningTokens),
      },
      cost:
        earlier.cost === undefined || settlement.cost === undefined
          ? undefined
          : earlier.cost + settlement.cost,
      estimated: earlier.estimated || settlement.estimated,
      timeToFirstTokenMs: earlier.timeToFirstTokenMs,
      durationMs: earlier.durationMs + streamed,
    },
  };
}
