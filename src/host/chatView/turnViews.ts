import { env, l10n } from "vscode";
import { formatDollars } from "../../core/budget/money";
import { canContinue } from "../../core/chat/continueAnswer";
import { isUnderWay } from "../../core/chat/conversation";
import type { AnswerStatus, AnswerTurn, Turn, UserTurn } from "../../core/chat/conversation";
import type { FinishReason } from "../../core/dispatch/chatModel";
import type { Failure } from "../../core/dispatch/failure";
import type { Settlement } from "../../core/dispatch/ledger";
import { asksForEdit } from "../../core/dispatch/task";
import type { EditProblem } from "../../core/edits/edit";
import { parseEdits } from "../../core/edits/parseEdits";
import type { AnswerView, FailureView, ProposalView, TurnView } from "../../protocol/chatMessages";
import type { ReviewState } from "../editor/review";
import { contextLabel } from "../context/contextLabel";
import { explainFailure } from "../explainFailure";
import type { Explanation } from "../failures/explanation";
import { formatWait } from "../formatWait";
import { notAllShown, shownText } from "./shownText";
import { wayOutActions } from "./wayOutActions";
import { formatCount } from "../formatCount";
import { whenUsed } from "../whenUsed";

/** A turn as the webview draws it, with all texts ready to show. */
export function viewTurn(
  turn: Turn,
  around: {
    readonly review: ReviewState | undefined;
    /** The question of an answer. */
    readonly question: UserTurn | undefined;
    /** The ids of a question's versions, itself among them. */
    readonly versions: readonly string[];
    readonly nowMs: number;
  },
): TurnView {
  if (turn.role === "answer") return viewAnswer(turn, around);
  const { id, text } = turn;
  const { versions } = around;
  return {
    role: "user",
    id,
    text: shownText(text),
    attachments: turn.attachments.map(contextLabel),
    ...(versions.length > 1 && { versions: versions.slice(-mostVersions) }),
  };
}

/** The most versions that a message may carry. */
const mostVersions = 100;

export function viewExplanation({ title, detail, actions }: Explanation): FailureView {
  return { title, detail, actions: [...actions] };
}

function viewAnswer(
  turn: AnswerTurn,
  { review, question, nowMs }: Parameters<typeof viewTurn>[1],
): AnswerView {
  const { id, text, reasoning, status, settlement } = turn;
  const proposal = viewProposal(turn, review);
  return {
    role: "answer",
    id,
    text: shownText(text),
    reasoning: shownText(reasoning),
    underWay: isUnderWay(turn),
    status: statusLine(turn, nowMs),
    receipt: settlement === undefined ? "" : `${turn.model} · ${receiptLine(settlement)}`,
    notes: notesOf(turn),
    ...(status.kind === "failed" && { failure: viewFailure(status, question) }),
    ...(proposal !== undefined && { proposal }),
    ...(canContinue(turn) && { canContinue: true }),
  };
}

/** The ways out that were found for this request come before the general ones. */
function viewFailure(
  { failure, waysOut }: Extract<AnswerStatus, { kind: "failed" }>,
  question: UserTurn | undefined,
): FailureView {
  const said = viewExplanation(explainFailure(failure));
  if (waysOut === undefined) return said;
  const offered = wayOutActions(waysOut, question).map(({ id, label }) => ({ id, label }));
  return { ...said, actions: [...offered, ...said.actions] };
}

function statusLine({ status, text }: AnswerTurn, nowMs: number): string {
  switch (status.kind) {
    case "waiting":
      return status.untilMs === undefined ? "" : waitWords(status.untilMs - nowMs, status.retryOf);
    case "complete":
      return endWords(status.finishReason, text);
    case "streaming":
    case "failed":
      return "";
  }
}

/** A remark on an answer that is incomplete or empty; "" for others. */
function endWords(finishReason: FinishReason, text: string): string {
  switch (finishReason) {
    case "length":
      return l10n.t("The answer reached its length limit and is not complete.");
    case "content_filter":
      return l10n.t("A content filter of the service ended the answer.");
    case "stop":
    case "tool_calls":
      return text.trim() === ""
        ? l10n.t("The model gave an empty answer. Another wording, or another model, may help.")
        : "";
  }
}

function waitWords(leftMs: number, retryOf: Failure | undefined): string {
  const wait = formatWait(Math.max(0, leftMs));
  return retryOf === undefined
    ? l10n.t("Waiting {0} for Groq's limit…", wait)
    : l10n.t("{0}. Trying again in {1}…", explainFailure(retryOf).title, wait);
}

function notesOf(turn: AnswerTurn): string[] {
  const { turnsLeftOut, linesLeftOut } = turn;
  return [
    ...notAllShown(turn.text),
    ...(turnsLeftOut > 0 ? [turnsLeftOutWords(turnsLeftOut)] : []),
    ...(linesLeftOut > 0 ? [linesLeftOutWords(linesLeftOut)] : []),
  ];
}

function turnsLeftOutWords(count: number): string {
  return count === 1
    ? l10n.t("1 earlier message was left out to fit your limit.")
    : l10n.t("{0} earlier messages were left out to fit your limit.", formatCount(count));
}

function linesLeftOutWords(count: number): string {
  return count === 1
    ? l10n.t("The last line of the attached code was left out.")
    : l10n.t("The last {0} lines of the attached code were left out.", formatCount(count));
}

const oneDecimal = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
const seconds = whenUsed(() => new Intl.NumberFormat(env.language, oneDecimal));

/** `1,240 in (960 cached) · 310 out · $0.00042 · 0.4 s to first token · 820 tokens/s`. */
export function receiptLine(settlement: Settlement): string {
  const { usage, estimated, timeToFirstTokenMs, durationMs } = settlement;
  const mark = estimated ? "~" : "";
  const input = `${mark}${formatCount(usage.promptTokens)}`;
  const output = `${mark}${formatCount(usage.completionTokens)}`;
  const parts = [
    usage.cachedTokens > 0
      ? l10n.t("{0} in ({1} cached)", input, formatCount(usage.cachedTokens))
      : l10n.t("{0} in", input),
    l10n.t("{0} out", output),
    costWords(settlement),
  ];
  if (!estimated && timeToFirstTokenMs !== undefined) {
    const streamedMs = durationMs - timeToFirstTokenMs;
    parts.push(l10n.t("{0} s to first token", seconds().format(timeToFirstTokenMs / 1000)));
    if (streamedMs > 0) {
      const perSecond = Math.round((usage.completionTokens / streamedMs) * 1000);
      parts.push(l10n.t("{0} tokens/s", formatCount(perSecond)));
    }
  }
  return parts.join(" · ");
}

/** An unknown price is never shown as zero. */
function costWords({ cost, estimated }: Settlement): string {
  if (cost === undefined) return l10n.t("no price known");
  return estimated ? l10n.t("~{0} at most", formatDollars(cost)) : formatDollars(cost);
}

/** A complete answer with an edit can be reviewed, also after a reload. */
function viewProposal(turn: AnswerTurn, review: ReviewState | undefined): ProposalView | undefined {
  if (review !== undefined) return { state: review.kind, summary: reviewWords(review) };
  if (turn.status.kind !== "complete" || turn.status.finishReason === "length") return undefined;
  return turn.task !== "explain" && containsEdit(turn)
    ? { state: "open", summary: l10n.t("This answer contains an edit.") }
    : undefined;
}

/** A conversation is drawn many times, but a complete answer never changes, so it is parsed once. */
const parsed = new WeakMap<AnswerTurn, boolean>();

/**
 * An edit that cannot be read counts as well: opening it says why. Code that names no file is only shown, unless an
 * edit was asked for: then it belongs to the attached file.
 */
function containsEdit(turn: AnswerTurn): boolean {
  const known = parsed.get(turn);
  if (known !== undefined) return known;
  const { edits, problems } = parseEdits(turn.text);
  const isWords = ({ kind }: EditProblem) =>
    kind === "no-edits" || (kind === "no-path" && !asksForEdit(turn.task));
  const contains = edits.length > 0 || problems.some((problem) => !isWords(problem));
  parsed.set(turn, contains);
  return contains;
}

function reviewWords(review: ReviewState): string {
  switch (review.kind) {
    case "reviewing":
      return l10n.t("The edit is shown as a diff. Nothing is changed before you accept it.");
    case "accepted": {
      const { changes, of } = review;
      if (changes === of) return l10n.t('Accepted. "Undo Last Applied Edit" takes it back.');
      return l10n.t(
        'Accepted: {0} of {1} changes. "Undo Last Applied Edit" takes them back.',
        changes,
        of,
      );
    }
    case "rejected":
      return l10n.t("Rejected. Nothing was changed.");
  }
}
