import { ConfigurationTarget, l10n, workspace } from "vscode";
import type { Caps } from "../core/budget/caps";
import type { Picodollars } from "../core/budget/money";
import type { ReasoningEffort, ServiceTier } from "../core/dispatch/chatModel";
import { defaultFastModelId, defaultModelId } from "../core/models/catalogue";
import type { Model } from "../core/models/model";
import type { Plan } from "../core/models/planLimits";
import { createModelBook, standInFor } from "../core/models/modelBook";
import type { ModelBook } from "../core/models/modelBook";
import type { ModelListing } from "../core/models/modelListing";
import type { FallbackSettings } from "../core/models/modelRows";
import { parseFallback, parseUserRows, readDollars } from "./modelSettings";
import type { SettingProblem } from "./modelSettings";

export const section = "groqCoder";
export const groqOrigin = "https://api.groq.com";

export const plans: readonly Plan[] = ["auto", "free", "developer", "enterprise", "custom"];
export const efforts: readonly ReasoningEffort[] = ["low", "medium", "high"];
export const tiers: readonly ServiceTier[] = ["auto", "on_demand", "flex", "performance"];

/** The defaults; the manifest has the same. */
const defaults = {
  plan: "auto",
  maxOutputTokens: 4096,
  reasoningEffort: "medium",
  // The only tier that every plan has.
  serviceTier: "on_demand",
  warnAt: 80,
  historyDays: 0,
} as const;

/** The settings as they are used; an invalid value counts as the default. */
export interface Settings {
  /** Answers questions and makes edits. */
  readonly model: Model;
  /** Writes explanations, repairs and commit messages. */
  readonly fastModel: Model;
  /** Models that are set but gone, with the models that answer in their place. */
  readonly replaced: readonly ReplacedModel[];
  /** All known models. */
  readonly book: ModelBook;
  /** The second service, asked only after the user agrees; undefined where none is set. */
  readonly fallback: FallbackSettings | undefined;
  readonly plan: Plan;
  readonly maxOutputTokens: number;
  readonly reasoningEffort: ReasoningEffort;
  readonly serviceTier: ServiceTier;
  /** Percent of a cap, 1 to 100, at which the user is warned. */
  readonly warnAt: number;
  /** Days for which conversations are kept; 0 = forever. */
  readonly historyDays: number;
  /** The user's wishes for all answers; empty for none. */
  readonly customInstructions: string;
  /** Settings that cannot be used as they are, in the user's language. */
  readonly problems: readonly SettingProblem[];
}

export interface ReplacedModel {
  readonly setting: "model" | "fastModel";
  readonly gone: Model;
  readonly by: Model;
}

/** Reads the settings at each call; `listing` is the newest list of the account's models. */
export function createSettings(listing: () => ModelListing | undefined): () => Settings {
  return () => readSettings(listing());
}

function readSettings(listing: ModelListing | undefined): Settings {
  const configuration = workspace.getConfiguration(section);
  const problems: SettingProblem[] = [];

  /** A setting that is not set is not a problem. */
  function read<T, D>(
    setting: string,
    check: (value: unknown) => T | undefined,
    fallback: D,
  ): T | D {
    const value = configuration.get<unknown>(setting);
    const valid = check(value);
    if (valid === undefined && value !== undefined)
      problems.push({ setting, problem: l10n.t("It is of the wrong kind; the default is used.") });
    return valid ?? fallback;
  }

  const rows = parseUserRows(configuration.get<unknown>("limits"));
  const fallback = parseFallback(configuration.get<unknown>("fallback"));
  problems.push(...rows.problems, ...fallback.problems);
  // A cap that is ignored, because it is a text for example, must be noticed.
  for (const cap of ["budget.session", "budget.daily", "budget.monthly"])
    read(cap, readDollars, undefined);
  // So must an address that is.
  read("baseUrl", text, undefined);
  const plan = read("plan", oneOf(plans), defaults.plan);
  const book = createModelBook(listing, rows.value);
  const replaced: ReplacedModel[] = [];
  const inPlace = (setting: ReplacedModel["setting"], id: string): Model => {
    const wanted = book.find(id);
    const by = standInFor(book, wanted, plan);
    if (by !== undefined) replaced.push({ setting, gone: wanted, by });
    return by ?? wanted;
  };
  const model = inPlace("model", read("model", nonEmptyText, defaultModelId));
  const fastModelId = read("fastModel", text, defaultFastModelId);
  return {
    model,
    fastModel: fastModelId === "" ? model : inPlace("fastModel", fastModelId),
    replaced,
    book,
    fallback: fallback.value,
    plan,
    maxOutputTokens: read("maxOutputTokens", wholeNumber(1), defaults.maxOutputTokens),
    reasoningEffort: read("reasoningEffort", oneOf(efforts), defaults.reasoningEffort),
    serviceTier: read("serviceTier", oneOf(tiers), defaults.serviceTier),
    warnAt: read("budget.warnAt", percent, defaults.warnAt),
    historyDays: read("historyDays", wholeNumber(0), defaults.historyDays),
    customInstructions: read("customInstructions", text, ""),
    problems,
  };
}

/** `groqCoder.budget.*` in US dollars. Zero, or anything that is not an amount, means no cap. */
export function readCaps(): Caps {
  const configuration = workspace.getConfiguration(`${section}.budget`);
  const session = capFrom(configuration.get<unknown>("session"));
  const day = capFrom(configuration.get<unknown>("daily"));
  const month = capFrom(configuration.get<unknown>("monthly"));
  return {
    ...(session !== undefined && { session }),
    ...(day !== undefined && { day }),
    ...(month !== undefined && { month }),
  };
}

function capFrom(dollars: unknown): Picodollars | undefined {
  const cap = readDollars(dollars);
  return cap === 0n ? undefined : cap;
}

/** `groqCoder.baseUrl`, or undefined if it is not set. */
export function readBaseUrl(): string | undefined {
  const url = workspace.getConfiguration(section).get<unknown>("baseUrl");
  return typeof url === "string" && url.trim() !== "" ? url : undefined;
}

/** Sets the user's model for all workspaces. */
export async function writeModel(
  id: string,
  setting: ReplacedModel["setting"] = "model",
): Promise<void> {
  await workspace.getConfiguration(section).update(setting, id, ConfigurationTarget.Global);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value.trim() : undefined;
}

/** An emptied setting means the default, as the settings editor shows it. */
function nonEmptyText(value: unknown): string | undefined {
  return text(value) === "" ? undefined : text(value);
}

function oneOf<T extends string>(allowed: readonly T[]): (value: unknown) => T | undefined {
  return (value) => allowed.find((candidate) => candidate === value);
}

function wholeNumber(least: number): (value: unknown) => number | undefined {
  return (value) =>
    typeof value === "number" && Number.isSafeInteger(value) && value >= least ? value : undefined;
}

function percent(value: unknown): number | undefined {
  return typeof value === "number" && value >= 1 && value <= 100 ? value : undefined;
}
