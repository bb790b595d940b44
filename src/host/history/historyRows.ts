import { env, l10n, QuickPickItemKind, ThemeIcon } from "vscode";
import type { QuickInputButton, QuickPickItem } from "vscode";
import type { ConversationSummary } from "../../core/chat/conversations";
import type { Clock } from "../../core/dispatch/clock";
import type { Spend } from "../../core/dispatch/ledger";
import { formatCount } from "../formatCount";
import { costWords } from "../spendWords";
import { titleWords } from "./titleWords";

/** A line of the history: a conversation, or a heading between them. */
export interface HistoryRow extends QuickPickItem {
  readonly conversation?: ConversationSummary;
}

/** The buttons of each line. One picker uses one set, because the editor identifies a pressed button by identity. */
export interface HistoryButtons {
  readonly rename: QuickInputButton;
  readonly pin: QuickInputButton;
  readonly unpin: QuickInputButton;
  readonly remove: QuickInputButton;
}

export function historyButtons(): HistoryButtons {
  return {
    rename: { iconPath: new ThemeIcon("edit"), tooltip: l10n.t("Rename") },
    pin: { iconPath: new ThemeIcon("pin"), tooltip: l10n.t("Pin") },
    unpin: { iconPath: new ThemeIcon("pinned"), tooltip: l10n.t("Unpin") },
    remove: { iconPath: new ThemeIcon("trash"), tooltip: l10n.t("Delete") },
  };
}

/** The conversations in the given order, with a heading wherever a new period begins. */
export function historyRows(
  conversations: readonly ConversationSummary[],
  clock: Clock,
  buttons: HistoryButtons,
): readonly HistoryRow[] {
  const rows: HistoryRow[] = [];
  let heading = "";
  for (const conversation of conversations) {
    const next = headingOf(conversation, clock);
    if (next !== heading) rows.push({ label: next, kind: QuickPickItemKind.Separator });
    heading = next;
    rows.push(row(conversation, clock, buttons));
  }
  return rows;
}

function row(conversation: ConversationSummary, clock: Clock, buttons: HistoryButtons): HistoryRow {
  const { title, pinned, workspace, updatedAt, turns, spend, snippet } = conversation;
  const about = [
    timeWords(updatedAt, clock),
    workspace,
    turns === 1 ? l10n.t("1 message") : l10n.t("{0} messages", formatCount(turns)),
    spend === undefined ? "" : sumWords(spend),
  ];
  return {
    conversation,
    label: withoutIcons(titleWords(title)),
    description: withoutIcons(about.filter((part) => part !== "").join(" · ")),
    ...(snippet !== undefined && { detail: withoutIcons(snippet) }),
    // The store has already searched, in more than what is shown.
    alwaysShow: true,
    buttons: [buttons.rename, pinned ? buttons.unpin : buttons.pin, buttons.remove],
  };
}

function headingOf({ pinned, updatedAt }: ConversationSummary, clock: Clock): string {
  if (pinned) return l10n.t("Pinned");
  const days = daysAgo(updatedAt, clock);
  if (days <= 0) return l10n.t("Today");
  if (days === 1) return l10n.t("Yesterday");
  return days <= 7 ? l10n.t("Last week") : l10n.t("Older");
}

const dayMs = 86_400_000;

/** By the calendar: what was written before midnight counts as yesterday. */
function daysAgo(at: number, clock: Clock): number {
  const [then, today] = [at, clock.now()].map((moment) => Date.parse(clock.localDay(moment)));
  return Math.round(((today ?? 0) - (then ?? 0)) / dayMs);
}

function timeWords(at: number, clock: Clock): string {
  const moment = new Date(at);
  return daysAgo(at, clock) <= 1
    ? moment.toLocaleTimeString(env.language, { hour: "2-digit", minute: "2-digit" })
    : moment.toLocaleDateString(env.language);
}

/** A sum that leaves out calls without a price says so. */
function sumWords(spend: Spend): string {
  const sum = costWords(spend);
  const isPart = spend.unpriced > 0 && spend.unpriced < spend.calls;
  return isPart ? l10n.t("{0} and more", sum) : sum;
}

/** The editor draws `$(name)` as an icon unless it is escaped, and people ask about `$(document)`. */
function withoutIcons(text: string): string {
  return text.replace(/\$\([a-z0-9-]+(?:~[a-z]+)?\)/gi, String.raw`\$&`);
}
