import { hideSecrets } from "../../core/chat/hideSecrets";
import type { Failure } from "../../core/dispatch/failure";
import type { StoreFacts } from "../../core/dispatch/storedData";
import { limitDimensions } from "../../core/limits/limits";
import type { Look } from "../../core/limits/sharedLimiter";
import type { Model, RateLimits } from "../../core/models/model";
import { recognisePlan } from "../../core/models/planLimits";
import type { FailureNote } from "../recentFailures";
import { hostOf, modelName } from "./settingReport";

/** What has been learnt of a model's limits. */
export type LimitEvidence = Pick<Look, "told" | "readings">;

/** Everything that a diagnostics report may contain. It has no place for keys, prompts, paths, or names of users or projects. */
export interface DiagnosticsFacts {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly extensionVersion: string;
  /** Editor, runtime and system, each in a few words. */
  readonly environment: readonly (readonly [name: string, words: string])[];
  /** `usable`, or why it is not. */
  readonly key: "usable" | Failure["kind"];
  readonly baseUrl: string | undefined;
  readonly model: Model;
  readonly limits: RateLimits;
  /** Absent without a key or the store. */
  readonly evidence?: LimitEvidence;
  /** Settings that differ from their defaults, by name, each in the words of its rule. */
  readonly changedSettings: readonly (readonly [name: string, words: string])[];
  readonly store: StoreFacts | Failure["kind"];
  readonly failures: readonly FailureNote[];
}

/** Plain text in English, for people who investigate a fault. */
export function diagnosticsReport(facts: DiagnosticsFacts): string {
  const lines = [
    `Groq Coder ${facts.extensionVersion}, ${timeOf(facts.at)}`,
    ...rows(facts.environment),
    ...section("Requests", [
      ["key", facts.key],
      ["address", facts.baseUrl === undefined ? "not usable" : hostOf(facts.baseUrl)],
      ["model", `${modelName(facts.model.id)} (${facts.model.status})`],
      ["limits", limitWords(facts.limits)],
      ["told by headers", toldWords(facts)],
      ["readings of Groq's counting", readingWords(facts.evidence)],
    ]),
    ...section("Settings that were changed", facts.changedSettings),
    ...section("Store", [["file", storeWords(facts.store)]]),
    ...section("Last failures in this window", facts.failures.map(failureRow)),
  ];
  // The facts hold no secret; should one get in by a way that nobody thought of, it is removed here.
  return hideSecrets(`${lines.join("\n")}\n`, []);
}

function section(title: string, found: readonly (readonly [string, string])[]): readonly string[] {
  return ["", title, ...(found.length === 0 ? ["  none"] : rows(found))];
}

function rows(found: readonly (readonly [string, string])[]): readonly string[] {
  return found.map(([name, words]) => `  ${name}: ${words}`);
}

function limitWords(limits: RateLimits): string {
  const known = limitDimensions.flatMap((dimension) => {
    const limit = limits[dimension];
    return limit === undefined ? [] : [`${dimension} ${limit}`];
  });
  return known.length === 0 ? "not known" : known.join(", ");
}

function toldWords({ model, evidence }: DiagnosticsFacts): string {
  if (evidence === undefined) return "not looked up";
  const { told } = evidence;
  if (told.rpd === undefined && told.tpm === undefined) return "nothing yet";
  return `${limitWords(told)}; plan: ${recognisePlan(model, told) ?? "none that is published"}`;
}

function readingWords(evidence: LimitEvidence | undefined): string {
  return evidence === undefined
    ? "not looked up"
    : `${evidence.readings.trusted} of ${evidence.readings.all} trusted`;
}

function storeWords(store: DiagnosticsFacts["store"]): string {
  if (typeof store === "string") return store;
  const { schemaVersion, newestVersion, bytes } = store;
  return `schema ${schemaVersion} of ${newestVersion}, ${bytes} bytes`;
}

function failureRow({ at, kind, status, ofFallback }: FailureNote): readonly [string, string] {
  const details = [
    ...(status === undefined ? [] : [`HTTP ${status}`]),
    ...(ofFallback ? ["second provider"] : []),
  ];
  return [timeOf(at), details.length === 0 ? kind : `${kind} (${details.join(", ")})`];
}

function timeOf(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
