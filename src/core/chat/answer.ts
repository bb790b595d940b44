import type { DispatchEvent } from "../dispatch/dispatcher";
import type { DispatchOutcome } from "../dispatch/receipt";
import type { WaysOut } from "../dispatch/waysOut";
import { isUnderWay } from "./conversation";
import type { AnswerTurn, Turn } from "./conversation";

/** An answer of which nothing has been received yet. */
export function startedAnswer(
  about: Pick<AnswerTurn, "id" | "questionId" | "task" | "model" | "turnsLeftOut" | "linesLeftOut">,
): AnswerTurn {
  return { role: "answer", ...about, text: "", reasoning: "", status: { kind: "waiting" } };
}

/** The answer after one more event. */
export function advance(turn: AnswerTurn, event: DispatchEvent): AnswerTurn {
  switch (event.kind) {
    case "waiting":
      return { ...turn, status: { kind: "waiting", untilMs: event.untilMs } };
    case "retrying":
      return {
        ...turn,
        status: { kind: "waiting", untilMs: event.untilMs, retryOf: event.failure },
      };
    case "fallingBack":
      return { ...turn, status: { kind: "waiting", retryOf: event.failure } };
    case "sent":
      return { ...turn, model: event.model, status: { kind: "streaming" } };
    case "text":
      return { ...turn, text: turn.text + event.text };
    case "reasoning":
      return { ...turn, reasoning: turn.reasoning + event.text };
    case "ended":
      return ended(turn, event.outcome, event.waysOut);
  }
}

function ended(turn: AnswerTurn, outcome: DispatchOutcome, waysOut?: WaysOut): AnswerTurn {
  switch (outcome.kind) {
    case "complete": {
      const { finishReason, settlement } = outcome;
      return { ...turn, status: { kind: "complete", finishReason }, settlement };
    }
    case "failed": {
      const { failure, settlement } = outcome;
      const offered = waysOut !== undefined && { waysOut };
      const status = { kind: "failed", failure, ...offered } as const;
      return settlement === undefined ? { ...turn, status } : { ...turn, status, settlement };
    }
  }
}

/** A stored turn after a reload: an answer that was under way was interrupted. */
export function asInterrupted(turn: Turn): Turn {
  if (turn.role === "user" || !isUnderWay(turn)) return turn;
  return { ...turn, status: { kind: "failed", failure: { kind: "interrupted" } } };
}
