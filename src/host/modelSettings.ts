import { l10n } from "vscode";
import { parseDollars } from "../core/budget/money";
import type { Picodollars } from "../core/budget/money";
import type { TokenPrice } from "../core/budget/price";
import { unknownModel, withOverrides } from "../core/models/modelRows";
import type { FallbackSettings, ModelOverrides, UserRows } from "../core/models/modelRows";
import type { RateLimits } from "../core/models/model";
import { readSafeUrl } from "./baseUrl";
import { isRecord } from "../core/unchecked";

/** A setting that cannot be used as it is, and what is wrong with it, in the user's language. */
export interface SettingProblem {
  /** Without `groqCoder.`. */
  readonly setting: string;
  readonly problem: string;
}

/** A value, and the problems of the parts of the setting that had to be left out. */
export interface Parsed<T> {
  readonly value: T;
  readonly problems: readonly SettingProblem[];
}

const tokenFields = ["contextTokens", "maxOutputTokens"] as const;
const limitFields = ["rpm", "rpd", "tpm", "tpd"] as const;
const priceFields = ["inputPrice", "cachedInputPrice", "outputPrice"] as const;
/** The numbers that a user can set for a model. */
export const rowFields = [...limitFields, ...tokenFields, ...priceFields] as const;
const numberFields = new Set<string>(rowFields);

/** Reads `groqCoder.limits`: rows by model id, each without invalid fields. */
export function parseUserRows(setting: unknown): Parsed<UserRows> {
  const rows = new Map<string, ModelOverrides>();
  if (setting === undefined || setting === null) return { value: rows, problems: [] };
  const notAnObject = l10n.t("It must be an object whose keys are model ids.");
  if (!isRecord(setting))
    return { value: rows, problems: [{ setting: "limits", problem: notAnObject }] };
  const problems: SettingProblem[] = [];
  for (const [id, row] of Object.entries(setting)) {
    const overrides = parseOverrides("limits", id, row);
    rows.set(id.trim(), overrides.value);
    problems.push(...overrides.problems);
  }
  return { value: rows, problems };
}

/** Reads `groqCoder.fallback`; undefined if it is not set, or names no safe address or no model. */
export function parseFallback(setting: unknown): Parsed<FallbackSettings | undefined> {
  const unset = { value: undefined, problems: [] };
  if (setting === undefined || setting === null) return unset;
  if (!isRecord(setting)) return noFallback(l10n.t("It must be an object with baseUrl and model."));
  const { baseUrl, model: id, ...numbers } = setting;
  if (Object.keys(setting).length === 0) return unset;
  if (typeof id !== "string" || id.trim() === "")
    return noFallback(l10n.t("model must name the model to ask for."));
  const url = typeof baseUrl === "string" ? readSafeUrl(baseUrl) : undefined;
  if (url === undefined)
    return noFallback(l10n.t("baseUrl must be an https address, or http on this machine."));
  const overrides = parseOverrides("fallback", "", numbers);
  const model = withOverrides(
    { ...unknownModel(id.trim(), "groqCoder.fallback"), provider: "fallback" },
    overrides.value,
  );
  const address = url.origin + url.pathname.replace(/\/+$/, "");
  return { value: { baseUrl: address, model }, problems: overrides.problems };
}

function noFallback(problem: string): Parsed<undefined> {
  return { value: undefined, problems: [{ setting: "fallback", problem }] };
}

/** Numbers of one model; prices are US dollars per million tokens. */
function parseOverrides(setting: string, id: string, row: unknown): Parsed<ModelOverrides> {
  const problems: SettingProblem[] = [];
  const wrong = (field: string, problem: string) =>
    problems.push({
      setting,
      problem: [id, field, problem].filter((part) => part !== "").join(": "),
    });
  if (!isRecord(row)) {
    wrong("", l10n.t("It must be an object of numbers."));
    return { value: { limits: {} }, problems };
  }
  for (const field of Object.keys(row))
    if (!numberFields.has(field)) wrong(field, l10n.t("There is no such field."));

  const count = (field: (typeof tokenFields)[number] | keyof RateLimits): number | undefined => {
    const value = row[field];
    if (value === undefined || value === null) return undefined;
    if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
    wrong(field, l10n.t("It must be a whole number above 0."));
    return undefined;
  };
  const dollars = (field: (typeof priceFields)[number]): Picodollars | undefined => {
    const value = row[field];
    if (value === undefined || value === null) return undefined;
    const amount = readDollars(value);
    if (amount === undefined) wrong(field, l10n.t("It must be a price in US dollars."));
    return amount;
  };
  const limits: { -readonly [D in keyof RateLimits]: RateLimits[D] } = {};
  for (const field of limitFields) {
    const value = count(field);
    if (value !== undefined) limits[field] = value;
  }
  const contextTokens = count("contextTokens");
  const maxOutputTokens = count("maxOutputTokens");
  const price = readPrice(dollars, wrong);
  const value = {
    limits,
    ...(contextTokens !== undefined && { contextTokens }),
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    ...(price !== undefined && { price }),
  };
  return { value, problems };
}

/** A price needs both input and output; cached input costs the same as other input unless a discount is given. */
function readPrice(
  dollars: (field: (typeof priceFields)[number]) => Picodollars | undefined,
  wrong: (field: string, problem: string) => void,
): TokenPrice | undefined {
  const input = dollars("inputPrice");
  const cached = dollars("cachedInputPrice");
  const output = dollars("outputPrice");
  if (input === undefined || output === undefined) {
    if (input !== undefined || output !== undefined || cached !== undefined)
      wrong("", l10n.t("A price needs both inputPrice and outputPrice."));
    return undefined;
  }
  // Reservations count every prompt token at the full price, so the cached price must not be higher.
  if (cached !== undefined && cached > input)
    wrong("cachedInputPrice", l10n.t("It must not be above inputPrice."));
  const cachedInput = cached === undefined || cached > input ? input : cached;
  return { input, cachedInput, output };
}

/**
 * Settings are JSON numbers; nine decimal places hold what a user would write. An amount above zero never becomes zero,
 * which would mean no cap or a free model.
 */
export function readDollars(value: unknown): Picodollars | undefined {
  if (typeof value !== "number" || !(value >= 0)) return undefined;
  return parseDollars((value === 0 ? 0 : Math.max(value, leastDollars)).toFixed(9));
}

const leastDollars = 1e-9;
