import { env, l10n } from "vscode";
import { formatSpent } from "../../core/budget/money";
import type { ExportFormat } from "../../core/chat/conversationFile";
import { writeConversationJson } from "../../core/chat/conversationJson";
import { writeConversationMarkdown } from "../../core/chat/conversationMarkdown";
import type { MarkdownWords } from "../../core/chat/conversationMarkdown";
import type { AnswerTurn, Conversation, Summary } from "../../core/chat/conversation";
import { hideSecrets } from "../../core/chat/hideSecrets";
import { titleOf } from "../../core/chat/title";
import type { TurnCodec } from "../../core/chat/turnCodec";
import { receiptLine } from "../chatView/turnViews";
import { explainFailure } from "../explainFailure";
import { titleWords } from "./titleWords";

/** The conversation as it is exported. `ownKeys` are removed wherever they occur. */
export function conversationText(
  conversation: Conversation,
  format: ExportFormat,
  codec: TurnCodec,
  ownKeys: readonly string[],
): string {
  const hide = (text: string) => hideSecrets(text, ownKeys);
  return format === "json"
    ? writeConversationJson(conversation, codec, hide)
    : writeConversationMarkdown(conversation, markdownWords(conversation), hide);
}

function markdownWords(conversation: Conversation): MarkdownWords {
  const begun = new Date(conversation.createdAt).toLocaleDateString(env.language);
  return {
    title: titleWords(titleOf(conversation)),
    summary: [l10n.t("Exported from Groq Coder, begun on {0}", begun), costWords(conversation)]
      .filter((part) => part !== "")
      .join(" · "),
    you: l10n.t("You"),
    assistant: "Groq Coder",
    summaryOf: l10n.t("Summary of the messages above, sent in their place"),
    receiptOf,
  };
}

/** What its answers and summaries have cost, as far as that is known. */
function costWords({ turns }: Conversation): string {
  const settlements = turns.flatMap((turn) => {
    const { settlement } = (turn.role === "answer" ? turn : turn.summary) ?? {};
    return settlement === undefined ? [] : [settlement];
  });
  const priced = settlements.flatMap(({ cost }) => (cost === undefined ? [] : [cost]));
  if (priced.length === 0) return "";
  const estimated =
    priced.length < settlements.length || settlements.some((settlement) => settlement.estimated);
  return formatSpent({ cost: priced.reduce((sum, cost) => sum + cost, 0n), estimated });
}

function receiptOf(said: AnswerTurn | Summary): string {
  const { model, settlement } = said;
  const end =
    "status" in said && said.status.kind === "failed"
      ? explainFailure(said.status.failure).title
      : "";
  const receipt = settlement === undefined ? "" : receiptLine(settlement);
  return [model, receipt, end].filter((part) => part !== "").join(" · ");
}
