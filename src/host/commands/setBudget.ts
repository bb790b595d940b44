import { ConfigurationTarget, l10n, window, workspace } from "vscode";
import * as z from "zod/mini";
import { fail } from "../../core/dispatch/failure";
import { section } from "../settings";
import { done } from "./commandResult";
import type { CommandResult } from "./commandResult";

const amount = z.optional(z.number().check(z.nonnegative(), z.maximum(1_000_000)));
/** US dollars; 0 lifts the cap. What is absent stays as it is. */
const budgetSchema = z.object({ session: amount, daily: amount, monthly: amount });
type Period = keyof z.infer<typeof budgetSchema>;

/** Sets caps for all windows; asks which one and how much without an argument. */
export async function setBudget(argument: unknown): Promise<CommandResult> {
  const given =
    argument === undefined ? await askForBudget() : budgetSchema.safeParse(argument).data;
  if (given === undefined) return fail({ kind: "stopped" });
  const configuration = workspace.getConfiguration(`${section}.budget`);
  for (const period of ["session", "daily", "monthly"] as const) {
    const dollars = given[period];
    if (dollars !== undefined)
      await configuration.update(period, dollars, ConfigurationTarget.Global);
  }
  return done;
}

async function askForBudget(): Promise<z.infer<typeof budgetSchema> | undefined> {
  const configuration = workspace.getConfiguration(`${section}.budget`);
  const items = (["daily", "monthly", "session"] as const).map((period) => {
    const dollars = configuration.get<unknown>(period);
    const isSet = typeof dollars === "number" && dollars > 0;
    const description = isSet ? `$${dollars}` : l10n.t("no cap");
    return { label: periodLabel(period), description, period, value: isSet ? String(dollars) : "" };
  });
  const chosen = await window.showQuickPick(items, {
    title: l10n.t("Set Budget"),
    placeHolder: l10n.t("A request that could go over it is not sent."),
  });
  if (chosen === undefined) return undefined;
  const text = await window.showInputBox({
    title: chosen.label,
    prompt: l10n.t("US dollars, such as 0.50. 0 or empty for no cap."),
    value: chosen.value,
    validateInput: (typed) => (readAmount(typed) === undefined ? notAnAmount() : undefined),
  });
  const dollars = text === undefined ? undefined : readAmount(text);
  return dollars === undefined ? undefined : { [chosen.period]: dollars };
}

function periodLabel(period: Period): string {
  switch (period) {
    case "session":
      return l10n.t("Each chat");
    case "daily":
      return l10n.t("Each day");
    case "monthly":
      return l10n.t("Each month");
  }
}

function notAnAmount(): string {
  return l10n.t("This is no amount of US dollars.");
}

function readAmount(text: string): number | undefined {
  const trimmed = text.trim().replace(/^\$\s*/, "");
  if (trimmed === "") return 0;
  return /^\d{1,6}(?:\.\d{1,6})?$/.test(trimmed) ? Number(trimmed) : undefined;
}
