import * as z from "zod/mini";
import { findModel } from "../../core/models/catalogue";
import { readSafeUrl } from "../baseUrl";
import { rowFields } from "../modelSettings";
import { efforts, plans, tiers } from "../settings";

/**
 * How a report shows each setting: by a rule that lets through only values known beforehand, and numbers. Anything that a
 * user can write freely, such as a name, an instruction or a misplaced key, is not shown.
 */
export const settingRules: Readonly<Record<string, (value: unknown) => string>> = {
  model: modelName,
  fastModel: modelName,
  plan: oneOf(plans),
  limits: modelRows,
  maxOutputTokens: number,
  reasoningEffort: oneOf(efforts),
  serviceTier: oneOf(tiers),
  "budget.session": number,
  "budget.daily": number,
  "budget.monthly": number,
  "budget.warnAt": number,
  baseUrl: hostOf,
  fallback: secondProvider,
  historyDays: number,
  customInstructions: lengthOf,
};

const unusable = "not usable";

/** The host of an address, if the extension would use it. */
export function hostOf(value: unknown): string {
  if (value === "") return "empty";
  return (typeof value === "string" ? readSafeUrl(value)?.host : undefined) ?? unusable;
}

/** The id of a model, if it is in the catalogue. */
export function modelName(id: unknown): string {
  if (id === "") return "empty";
  return typeof id === "string" && findModel(id) !== undefined
    ? id
    : "a model that is not in the catalogue";
}

function oneOf(known: readonly string[]): (value: unknown) => string {
  return (value) => known.find((one) => one === value) ?? unusable;
}

function number(value: unknown): string {
  return typeof value === "number" ? String(value) : unusable;
}

function lengthOf(value: unknown): string {
  return typeof value === "string" ? `${value.length} characters` : unusable;
}

const objectSchema = z.record(z.string(), z.unknown());

function modelRows(value: unknown): string {
  const rows = objectSchema.safeParse(value).data;
  if (rows === undefined) return unusable;
  return Object.entries(rows)
    .map(([id, row]) => `${modelName(id)}: ${numbersIn(row)}`)
    .join("; ");
}

function secondProvider(value: unknown): string {
  const fallback = objectSchema.safeParse(value).data;
  if (fallback === undefined) return unusable;
  const { baseUrl, model } = fallback;
  return `${hostOf(baseUrl)}, ${modelName(model)}, ${numbersIn(fallback)}`;
}

function numbersIn(row: unknown): string {
  const fields = objectSchema.safeParse(row).data ?? {};
  const shown = rowFields.flatMap((name) =>
    name in fields ? [`${name} ${number(fields[name])}`] : [],
  );
  return shown.length === 0 ? "no numbers" : shown.join(", ");
}
