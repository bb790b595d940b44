import { l10n } from "vscode";
import type { AnswerOptions } from "../../core/chat/planAnswer";
import type { UserTurn } from "../../core/chat/conversation";
import { asksForEdit } from "../../core/dispatch/task";
import type { WaysOut } from "../../core/dispatch/waysOut";
import type { ModelBook } from "../../core/models/modelBook";
import { formatCount } from "../formatCount";

/** A button that asks the question again, in another way. */
export interface WayOutAction {
  readonly id: string;
  readonly label: string;
}

/** Another way of answering; a model is named by its id. */
export type WayOutChoice = Omit<AnswerOptions, "model"> & { readonly modelId?: string };

type Offer = WayOutAction & { readonly choice: WayOutChoice };

/** What can be offered for a failed answer, the cheapest for the user first. */
export function wayOutActions(waysOut: WaysOut, question: UserTurn | undefined): readonly Offer[] {
  return [...smallerOffer(waysOut, question), ...modelOffers(waysOut), ...fallbackOffer(waysOut)];
}

export function optionsOf({ modelId, ...rest }: WayOutChoice, book: ModelBook): AnswerOptions {
  return modelId === undefined ? rest : { ...rest, model: book.find(modelId) };
}

function smallerOffer({ smaller }: WaysOut, question: UserTurn | undefined): readonly Offer[] {
  switch (smaller?.kind) {
    case undefined:
      return [];
    case "shorterAnswer": {
      const answerTokens = smaller.maxCompletionTokens;
      const label = l10n.t("Answer in {0} Tokens Now", formatCount(answerTokens));
      return [{ id: "shorterAnswer", label, choice: { answerTokens } }];
    }
    case "shorterPrompt": {
      // Half of the lines to change would be useless, and only the user can shorten the words.
      if (question === undefined || asksForEdit(question.task) || question.attachments.length === 0)
        return [];
      const { promptTokens } = smaller;
      const label = l10n.t("Ask About the First {0} Tokens of the Code", formatCount(promptTokens));
      return [{ id: "shorterPrompt", label, choice: { promptTokens } }];
    }
  }
}

function modelOffers({ models }: WaysOut): readonly Offer[] {
  return models.map((modelId) => ({
    id: `model ${modelId}`,
    label: l10n.t("Ask {0}", modelId),
    choice: { modelId },
  }));
}

function fallbackOffer({ fallback }: WaysOut): readonly Offer[] {
  return fallback === undefined
    ? []
    : [
        {
          id: "fallback",
          label: l10n.t("Let {0} Answer in This Chat", fallback),
          choice: { useFallback: true },
        },
      ];
}
