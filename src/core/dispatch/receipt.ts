import type { Picodollars } from "../budget/money";
import { costOf } from "../budget/price";
import type { TokenPrice, Usage } from "../budget/price";
import type { ChatModelEvent, FinishReason } from "./chatModel";
import type { Failure } from "./failure";
import type { Settlement } from "./ledger";

export type DispatchOutcome =
  | {
      readonly kind: "complete";
      readonly finishReason: FinishReason;
      readonly settlement: Settlement;
    }
  | {
      readonly kind: "failed";
      readonly failure: Failure;
      /** Absent when nothing was, or could have been, billed. */
      readonly settlement?: Settlement;
    };

/** Follows one sent request and can say at any moment how it ended and what it is charged. */
export interface Receipt {
  readonly worstCost: Picodollars | undefined;
  note(event: ChatModelEvent, nowMs: number): void;
  outcome(aborted: boolean, nowMs: number): DispatchOutcome;
}

export function createReceipt(call: {
  readonly price: TokenPrice | undefined;
  readonly worstCase: Usage;
  readonly sentAtMs: number;
  /** Whether the service always tells its usage, so that an answer without it is not whole. */
  readonly tellsUsage: boolean;
}): Receipt {
  let usage: Usage | undefined;
  let finishReason: FinishReason | undefined;
  let firstTokenAtMs: number | undefined;
  let failure: { readonly failure: Failure; readonly billable: boolean } | undefined;

  const price = (used: Usage) => (call.price === undefined ? undefined : costOf(used, call.price));
  // Without reported usage the service may still bill up to the reservation, so that is what is charged.
  const settlement = (nowMs: number): Settlement => ({
    usage: usage ?? call.worstCase,
    cost: price(usage ?? call.worstCase),
    estimated: usage === undefined,
    timeToFirstTokenMs: firstTokenAtMs === undefined ? undefined : firstTokenAtMs - call.sentAtMs,
    durationMs: nowMs - call.sentAtMs,
  });

  return {
    worstCost: price(call.worstCase),
    note(event, nowMs) {
      switch (event.kind) {
        case "limits":
          break;
        case "reasoning":
        case "text":
          firstTokenAtMs ??= nowMs;
          // A usage that was reported before this text does not cover it.
          if (finishReason === undefined) usage = undefined;
          break;
        case "finish":
          finishReason = event.reason;
          break;
        case "usage":
          // It is told up to three times. Should the counts differ, the service may bill by any of them.
          if (usage === undefined || tokensOf(event.usage) > tokensOf(usage)) usage = event.usage;
          break;
        case "failure":
          failure = event;
      }
    },
    outcome(aborted, nowMs) {
      if (failure !== undefined && !failure.billable)
        return { kind: "failed", failure: failure.failure };
      const settled = settlement(nowMs);
      const told = failure?.failure;
      const isAtItsEnd = usage !== undefined || !call.tellsUsage;
      if (finishReason !== undefined && isAtItsEnd && !isOfTheService(told))
        return { kind: "complete", finishReason, settlement: settled };
      if (told !== undefined) return { kind: "failed", failure: told, settlement: settled };
      const cause: Failure = aborted ? { kind: "stopped" } : { kind: "cutOff" };
      return { kind: "failed", failure: cause, settlement: settled };
    },
  };
}

function tokensOf({ promptTokens, completionTokens }: Usage): number {
  return promptTokens + completionTokens;
}

/** Not so a connection that is lost after the finish reason: nothing of the answer is missing. */
function isOfTheService(failure: Failure | undefined): boolean {
  return failure !== undefined && failure.kind !== "cutOff" && failure.kind !== "timedOut";
}
