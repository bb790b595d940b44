import { costOf } from "../budget/price";
import type { Settlement, TaskKind } from "../dispatch/ledger";
import type { Model } from "./model";

/** Tokens of prompt and answer together: larger work may need the larger model after all. */
const smallWork = 4000;

/** The least ratio of prices that is worth a word. */
const least = 2n;

/**
 * How many times the fast model's price an answer cost, if it was small enough for the fast model; undefined where that
 * is less than twice, or not known.
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

/** Tasks that only say what the code already says. */
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
