import { l10n, window, workspace } from "vscode";
import { formatDollars } from "../../core/budget/money";
import type { Picodollars } from "../../core/budget/money";
import { highestRaise, suggestedRaise } from "../../core/budget/raise";
import type { DailyRaise } from "../dailyRaise";
import { readDollars } from "../modelSettings";
import { section } from "../settings";

/** US dollars by setting, and for today only. */
export interface Budget {
  readonly session?: number | undefined;
  readonly daily?: number | undefined;
  readonly monthly?: number | undefined;
  readonly today?: number | undefined;
}

/** Asks which budget, and how much; undefined if the user cancels. */
export async function askForBudget(raise: DailyRaise): Promise<Budget | undefined> {
  const configuration = workspace.getConfiguration(`${section}.budget`);
  const caps = (["daily", "monthly", "session"] as const).map((period) => {
    const dollars = configuration.get<unknown>(period);
    const cap = readDollars(dollars) ?? 0n;
    const description = cap > 0n ? formatDollars(cap) : l10n.t("no cap");
    return {
      label: periodLabel(period),
      description,
      period,
      value: cap > 0n ? String(dollars) : "",
    };
  });
  const chosen = await window.showQuickPick([...caps, ...todayItems(raise)], {
    title: l10n.t("Set Budget"),
    placeHolder: l10n.t("A request that could go over it is not sent."),
  });
  if (chosen === undefined) return undefined;
  if (chosen.period === "today")
    return raise.current() === undefined ? askForRaise(raise, 0n) : { today: 0 };
  const text = await window.showInputBox({
    title: chosen.label,
    prompt: l10n.t("US dollars, such as 0.50. 0 or empty for no cap."),
    value: chosen.value,
    validateInput: (typed) => (readAmount(typed) === undefined ? notAnAmount() : undefined),
  });
  const dollars = text === undefined ? undefined : readAmount(text);
  return dollars === undefined ? undefined : { [chosen.period]: dollars };
}

/**
 * Asks how much today may cost; undefined if the user cancels, or without a daily budget to raise. `needed`: what the day
 * would need in all, in picodollars.
 */
export async function askForRaise(
  raise: DailyRaise,
  needed: Picodollars,
): Promise<Budget | undefined> {
  const caps = raise.plainCaps();
  const { day } = caps;
  if (day === undefined) return undefined;
  const highest = highestRaise({ ...caps, day });
  const text = await window.showInputBox({
    title: l10n.t("Raise Today's Budget"),
    prompt: l10n.t(
      "US dollars that today may cost in total, more than {0} and at most {1}. Tomorrow it is {0} again.",
      formatDollars(day),
      formatDollars(highest),
    ),
    value: formatDollars(suggestedRaise({ ...caps, day }, needed)).slice(1),
    validateInput(typed) {
      const cap = readDollars(readAmount(typed));
      return cap !== undefined && cap > day && cap <= highest ? undefined : notAnAmount();
    },
  });
  const dollars = text === undefined ? undefined : readAmount(text);
  return dollars === undefined || dollars === 0 ? undefined : { today: dollars };
}

/** The item that raises today's budget, or takes the raise back; none without a daily budget. */
function todayItems(raise: DailyRaise) {
  const inForce = raise.current();
  if (inForce !== undefined)
    return [
      {
        label: l10n.t("Take Back Today's Raise"),
        description: `${formatDollars(inForce.cap)} → ${formatDollars(inForce.over)}`,
        period: "today" as const,
        value: "",
      },
    ];
  if (raise.plainCaps().day === undefined) return [];
  return [{ label: periodLabel("today"), description: "", period: "today" as const, value: "" }];
}

function periodLabel(period: keyof Budget): string {
  switch (period) {
    case "session":
      return l10n.t("Each chat");
    case "daily":
      return l10n.t("Each day");
    case "monthly":
      return l10n.t("Each month");
    case "today":
      return l10n.t("Raise for Today…");
  }
}

function notAnAmount(): string {
  return l10n.t("This is not an amount of US dollars that can be used.");
}

/** Cents may follow a comma, as many languages write them; three digits after one could also be a thousand. */
function readAmount(text: string): number | undefined {
  const trimmed = text
    .trim()
    .replace(/^\$\s*/, "")
    .replace(/,(\d{1,2})$/, ".$1");
  if (trimmed === "") return 0;
  return /^\d{1,6}(?:\.\d{1,6})?$/.test(trimmed) ? Number(trimmed) : undefined;
}
