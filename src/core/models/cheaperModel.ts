import { costOf } from "../budget/price";
import type { Settlement, TaskKind } from "../dispatch/ledger";
import type { Model } from "./model";

/** Tokens of prompt and answer together: from here on a hint may be wrong about what the work needs. */
const smallWork = 4000;

/** The least ratio of prices that is worth a word. */
const least = 2n;

/**
 * How many times the price of the fast model a small answer cost that the fast model would have given, too; undefined where
 * that is less than twice, or not known.
 */
export function timesTheFastPrice(
  answer: { readonly task: TaskKind; readonly settlement?: Settlement },
  model: Model,
  fastModel: Model,
): number | undefined {
  const { settlement } = answer;
  if (!isForFastModel(answer.task) || settlement === undefined || settlement.estimated)
    return undefined;
  const { usage, cost } = settlement;
  if (usage.promptTokens + usage.completionTokens >= smallWork) return undefined;
  if (model.id === fastModel.id || cost === undefined || fastModel.price === undefined)
    return undefined;
  const fastCost = costOf(usage, fastModel.price);
  if (fastCost === 0n || cost < least * fastCost) return undefined;
  return Number(cost) / Number(fastCost);
}

/** What says only what stands in the code. */
function isForFastModel(task: TaskKind): boolean {
  switch (task) {
    case "explain":
    case "document":
      return true;
    case "chat":
    case "edit":
    case "fix":
    case "tests":
      return false;
  }
}
