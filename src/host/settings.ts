import { ConfigurationTarget, workspace } from "vscode";
import type { Caps } from "../core/budget/caps";
import { parseDollars } from "../core/budget/money";
import type { Picodollars } from "../core/budget/money";
import { fail, succeed } from "../core/dispatch/failure";
import type { Result } from "../core/dispatch/failure";
import type { ReasoningEffort } from "../core/dispatch/chatModel";
import { defaultModelId, findModel } from "../core/models/catalogue";
import type { Model } from "../core/models/model";

export const section = "groqCoder";
export const groqOrigin = "https://api.groq.com";

/** `groqCoder.plan`: whose published limits hold until headers tell the real ones. */
export type Plan = "auto" | "free" | "developer" | "enterprise" | "custom";

const plans: readonly Plan[] = ["auto", "free", "developer", "enterprise", "custom"];
const efforts: readonly ReasoningEffort[] = ["low", "medium", "high"];
const defaultMaxOutputTokens = 4096;

/** The settings as the program uses them; a value of the wrong kind counts as the default. */
export interface Settings {
  readonly model: Model;
  readonly plan: Plan;
  readonly maxOutputTokens: number;
  readonly reasoningEffort: ReasoningEffort;
}

export function readSettings(): Settings {
  const configuration = workspace.getConfiguration(section);
  const tokens = configuration.get<unknown>("maxOutputTokens");
  return {
    model: modelFor(configuration.get<unknown>("model")),
    plan: oneOf(plans, configuration.get<unknown>("plan")) ?? "auto",
    maxOutputTokens:
      typeof tokens === "number" && Number.isInteger(tokens) && tokens > 0
        ? tokens
        : defaultMaxOutputTokens,
    reasoningEffort: oneOf(efforts, configuration.get<unknown>("reasoningEffort")) ?? "medium",
  };
}

/** `groqCoder.budget.*` in US dollars. Zero and what is no amount stand for no cap. */
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

/** Settings are JSON numbers; their shortest decimal form is what the user wrote. */
function capFrom(dollars: unknown): Picodollars | undefined {
  if (typeof dollars !== "number" || dollars <= 0) return undefined;
  return parseDollars(dollars.toFixed(6));
}

/** `groqCoder.baseUrl`, or undefined where the user has set none. */
export function readBaseUrl(): string | undefined {
  const url = workspace.getConfiguration(section).get<unknown>("baseUrl");
  return typeof url === "string" && url.trim() !== "" ? url : undefined;
}

/** Chooses the model for the user, in every workspace. */
export async function writeModel(id: string): Promise<void> {
  await workspace.getConfiguration(section).update("model", id, ConfigurationTarget.Global);
}

/**
 * Brings a base URL to the form that groq-sdk wants, without `/openai/v1`, which it adds by itself.
 * Only https, and http to this machine, are allowed: everything else would show the key to the network.
 */
export function normaliseBaseUrl(text: string): Result<string> {
  const url = URL.parse(text.trim());
  // What a URL carries of a user and a password is nobody's to see.
  const refused = fail({ kind: "invalidBaseUrl", url: text.replace(/\/\/[^/]*@/, "//…@") });
  if (url === null || url.username !== "" || url.password !== "") return refused;
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname)))
    return refused;
  const path = url.pathname.replace(/\/+$/, "").replace(/\/openai\/v1$/, "");
  return succeed(url.origin + path);
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d+){3}$/.test(hostname);
}

/** A model that the catalogue does not know is used as it is, without a price. */
function modelFor(id: unknown): Model {
  const wanted = typeof id === "string" && id.trim() !== "" ? id.trim() : defaultModelId;
  return (
    findModel(wanted) ?? {
      id: wanted,
      provider: "groq",
      kind: "chat",
      status: "production",
      vocabulary: "unknown",
      reasoningEffort: false,
      source: "the user's settings",
    }
  );
}

function oneOf<T extends string>(allowed: readonly T[], value: unknown): T | undefined {
  return allowed.find((candidate) => candidate === value);
}
