import type { AnswerTurn } from "../../core/chat/conversation";
import { outputFloor } from "../../core/chat/outputNeed";
import { costOf, uncachedUsage } from "../../core/budget/price";
import type { CodeExcerpt } from "../../core/context/codeExcerpt";
import type { Dispatcher } from "../../core/dispatch/dispatcher";
import { fail, succeed } from "../../core/dispatch/failure";
import type { EditorFailure, RepairOffer, Result } from "../../core/dispatch/failure";
import type { DispatchTask } from "../../core/dispatch/task";
import { parseEdits } from "../../core/edits/parseEdits";
import { nearestLines, planRepair, renderEdits } from "../../core/edits/repair";
import type { RepairPlan } from "../../core/edits/repair";
import type { Model } from "../../core/models/model";
import { editFormatFor } from "../../core/prompts/editFormat";
import { repairMessages } from "../../core/prompts/repairPrompt";
import { estimateText } from "../../core/tokens/estimateTokens";
import { openDocuments, proposeEdits } from "./proposal";
import type { ProposeFiles } from "./proposal";

type NotApplicable = Extract<EditorFailure, { readonly kind: "editNotApplicable" }>;

/** An answer, or a part of one. */
export type AnswerText = Pick<AnswerTurn, "id" | "text">;

/** Lets a model rewrite the failing parts of an edit, in one short request. */
export interface RepairEdit {
  /** What a repair would cost; undefined if none can help, or one was tried already. */
  offer(
    answer: AnswerText,
    offered: readonly CodeExcerpt[],
    failure: NotApplicable,
  ): Promise<RepairOffer | undefined>;
  /** Makes the offered repair; returns the whole repaired edit, for review. */
  run(answerId: string, signal: AbortSignal): Promise<Result<ProposeFiles>>;
}

export interface RepairParts {
  readonly dispatcher: Dispatcher;
  readonly settings: () => Pick<{ readonly fastModel: Model }, "fastModel"> &
    Pick<DispatchTask, "serviceTier">;
  readonly conversationId: () => string;
}

interface Offered {
  readonly plan: RepairPlan;
  readonly offered: readonly CodeExcerpt[];
  readonly task: DispatchTask;
}

export function createRepairEdit(parts: RepairParts): RepairEdit {
  const offers = new Map<string, Offered>();
  const tried = new Set<string>();

  async function planFor(
    answer: AnswerText,
    offered: readonly CodeExcerpt[],
    { problems }: NotApplicable,
  ): Promise<Offered | undefined> {
    const [only, ...others] = new Set(offered.map(({ path }) => path));
    const { edits } = parseEdits(answer.text, {
      knownPaths: offered.map(({ path }) => path),
      ...(only !== undefined && others.length === 0 && { defaultPath: only }),
    });
    const named = new Set(edits.map(({ path }) => path));
    const documents = await openDocuments(offered.filter(({ path }) => named.has(path)));
    if (!documents.ok) return undefined;
    const texts = new Map(
      [...documents.value].map(([path, document]) => [path, document.getText()]),
    );
    const plan = planRepair(edits, texts);
    if (plan === undefined) return undefined;
    const { fastModel: model, serviceTier } = parts.settings();
    const patch = renderEdits(plan.failing);
    const request = {
      patch,
      problems: problems.map(({ message }) => message),
      excerpts: nearestLines(plan.failing, problems, texts),
    };
    const task: DispatchTask = {
      kind: "edit",
      conversationId: parts.conversationId(),
      model,
      messages: repairMessages(request, editFormatFor(model)),
      reasoningEffort: "low",
      outputNeed: outputFloor.edit + 2 * estimateText(patch).likely,
      outputFloor: outputFloor.edit,
      ...(serviceTier !== undefined && { serviceTier }),
    };
    return { plan, offered, task };
  }

  return {
    async offer(answer, offered, failure) {
      if (tried.has(answer.id)) return undefined;
      const offer = await planFor(answer, offered, failure);
      if (offer === undefined) return undefined;
      offers.set(answer.id, offer);
      const { plan, task } = offer;
      const foretold = await parts.dispatcher.forecast(task);
      if (!foretold.ok) return { answerId: answer.id, tokens: undefined, cost: undefined };
      const promptTokens = foretold.value.prompt.likely;
      const completionTokens = 2 * estimateText(renderEdits(plan.failing)).likely;
      const usage = uncachedUsage(promptTokens, completionTokens);
      const { price } = task.model;
      return {
        answerId: answer.id,
        tokens: promptTokens + completionTokens,
        cost: price && costOf(usage, price).toString(),
      };
    },
    async run(answerId, signal) {
      const offer = offers.get(answerId);
      if (offer === undefined) return fail({ kind: "noEdit" });
      offers.delete(answerId);
      tried.add(answerId);
      const written = await write(parts.dispatcher, offer.task, signal);
      if (!written.ok) {
        // One that was stopped, or did not get through, can be tried again.
        if (written.failure.kind !== "answerIncomplete") {
          tried.delete(answerId);
          offers.set(answerId, offer);
        }
        return written;
      }
      const { edits, problems } = parseEdits(written.value, {
        knownPaths: offer.offered.map(({ path }) => path),
      });
      if (problems.length > 0) return fail({ kind: "editNotApplicable", problems });
      return succeed(() => proposeEdits([...offer.plan.kept, ...edits], offer.offered));
    },
  };
}

/** The complete answer; one that was cut off is a failure. */
async function write(
  dispatcher: Dispatcher,
  task: DispatchTask,
  signal: AbortSignal,
): Promise<Result<string>> {
  let text = "";
  for await (const event of dispatcher.dispatch(task, signal)) {
    if (event.kind === "text") text += event.text;
    if (event.kind === "retrying" || event.kind === "fallingBack") text = "";
    if (event.kind !== "ended") continue;
    const { outcome } = event;
    if (outcome.kind === "failed") return fail(outcome.failure);
    return outcome.finishReason === "length" ? fail({ kind: "answerIncomplete" }) : succeed(text);
  }
  return fail({ kind: "cutOff" });
}
