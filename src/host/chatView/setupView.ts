import { l10n } from "vscode";
import type { Failure } from "../../core/dispatch/failure";
import type { Model } from "../../core/models/model";
import type { SetupView } from "../../protocol/chatMessages";
import { explainFailure } from "../explainFailure";
import { viewExplanation } from "./turnViews";
import { formatCount } from "../formatCount";

/**
 * What keeps the chat from working, with its ways out; there is nothing to retry yet. Without any key it also answers a
 * newcomer's questions: `disclosure` says what is sent, and where it goes.
 */
export function viewSetup(
  failure: Failure,
  { model, disclosure }: { readonly model: Model; readonly disclosure: string },
): SetupView {
  const { actions, ...said } = viewExplanation(explainFailure(failure));
  return {
    ...said,
    actions: actions.filter(({ id }) => id !== "retry"),
    ...(failure.kind === "noKey" && { points: newcomerPoints(model, disclosure) }),
  };
}

function newcomerPoints(model: Model, disclosure: string): NonNullable<SetupView["points"]> {
  return [
    {
      title: l10n.t("Where a key comes from"),
      text: l10n.t(
        "Sign in at console.groq.com, create a key under API Keys, then press Set API Key and paste it. It stays in the editor's secret storage.",
      ),
    },
    { title: l10n.t("What the free plan gives"), text: freePlan(model) },
    { title: l10n.t("What is sent where"), text: disclosure },
  ];
}

/** What a small question takes of a day's tokens, its answer included. */
const questionTokens = 2000;

function freePlan({ id, free = {} }: Model): string {
  const { rpm, rpd, tpm, tpd } = free;
  if (rpm === undefined || rpd === undefined || tpm === undefined || tpd === undefined)
    return l10n.t("It needs no card. Its limits for {0} are not published.", id);
  return l10n.t(
    "It needs no card. With {0} it admits {1} requests and {2} tokens a minute, {3} requests and {4} tokens a day: about {5} questions of {6} tokens.",
    id,
    formatCount(rpm),
    formatCount(tpm),
    formatCount(rpd),
    formatCount(tpd),
    formatCount(Math.min(rpd, Math.floor(tpd / questionTokens))),
    formatCount(questionTokens),
  );
}
