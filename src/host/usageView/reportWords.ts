import { env, l10n } from "vscode";
import type { WorkKind } from "../../core/dispatch/ledger";
import { limitDimensions } from "../../core/limits/limits";
import type { Group, Slot } from "../../core/report/usageReport";
import { dimensionName } from "../statusBar/meterWords";
import { whenUsed } from "../whenUsed";
import { formatTenths } from "../formatCount";

/** Where there is no value, which is not the same as zero. */
export const none = "–";

/** `12 %`; below a tenth of a percent, `< 0.1 %`. */
export function percent(value: number): string {
  const rounded = Math.abs(value) < 10 ? Math.round(value * 10) / 10 : Math.round(value);
  if (value > 0 && rounded === 0) return l10n.t("< 0.1 %");
  return l10n.t("{0} %", formatTenths(rounded));
}

/** Dates are formatted at noon UTC in UTC, so that no time zone changes the date. */
const dateOptions = { timeZone: "UTC", month: "short" } as const;
const days = whenUsed(
  () => new Intl.DateTimeFormat(env.language, { ...dateOptions, day: "numeric" }),
);
const daysOfYears = whenUsed(
  () => new Intl.DateTimeFormat(env.language, { ...dateOptions, day: "numeric", year: "numeric" }),
);
const months = whenUsed(
  () => new Intl.DateTimeFormat(env.language, { ...dateOptions, year: "numeric" }),
);

/** A day or a month, in the user's language; `withYear` if a report covers more than one year. */
export function slotName(slot: Slot, withYear = false): string {
  if (slot.length === "2026-11".length) return months().format(new Date(`${slot}-01T12:00:00Z`));
  return (withYear ? daysOfYears() : days()).format(new Date(`${slot}T12:00:00Z`));
}

const longestName = 100;

/** Names can be of any length; a page gets no more than it can show. */
export function shortened(name: string): string {
  return name.length > longestName ? `${name.slice(0, longestName - 1).toWellFormed()}…` : name;
}

export function modelName({ name, provider, isRest }: Group): string {
  if (isRest) return l10n.t("others");
  if (name === "") return l10n.t("deleted data");
  const short = shortened(name);
  return provider === "fallback" ? l10n.t("{0} (second provider)", short) : short;
}

export function workspaceName({ name, isRest }: Group): string {
  if (isRest) return l10n.t("others");
  return name === "" ? l10n.t("no workspace, or deleted data") : shortened(name);
}

export function taskName({ name, isRest }: Group): string {
  if (isRest) return l10n.t("others");
  return name === "" ? l10n.t("deleted data") : kindOfWork(name);
}

function kindOfWork(name: string): string {
  const names: Readonly<Record<WorkKind, string>> = {
    chat: l10n.t("Chat"),
    explain: l10n.t("Explanation"),
    edit: l10n.t("Edit"),
    fix: l10n.t("Fix"),
    document: l10n.t("Documentation"),
    tests: l10n.t("Tests"),
    summary: l10n.t("Summary of a conversation"),
  };
  const known: Readonly<Record<string, string>> = names;
  return known[name] ?? shortened(name);
}

/** Why a request waited or was refused. */
export function holdUpReason(reason: string): string {
  const dimension = limitDimensions.find((one) => one === reason);
  if (dimension !== undefined) return dimensionName(dimension);
  const refusals: Readonly<Record<string, string>> = {
    rateLimited: l10n.t("Groq's limit was used up"),
    tooLarge: l10n.t("The request was too large for a limit"),
    overCapacity: l10n.t("The service had no capacity"),
    overCap: l10n.t("It could have gone over your budget"),
    noPrice: l10n.t("The model has no known price"),
    spendLimitReached: l10n.t("The account's spend limit was reached"),
  };
  return refusals[reason] ?? shortened(reason);
}
