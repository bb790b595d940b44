import type { ModelLimits } from "../models/modelRow";

/** The name of one limit of a model. */
export type DimensionName = keyof ModelLimits;

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** One limit as Groq's messages name it. */
export interface Dimension {
  readonly name: DimensionName;
  readonly label: string;
  readonly windowMs: number;
  /** The `type` of an error about it. */
  readonly errorType: "requests" | "tokens" | "seconds";
}

/**
 * All limits, in the order in which admission looks at them. Labels of RPM, TPM, TPD and the audio
 * limits are quoted from public threads (read 2026-10); those of RPD, ITPM and OTPM follow them.
 */
export const dimensions: readonly Dimension[] = [
  { name: "rpm", label: "requests per minute (RPM)", windowMs: minute, errorType: "requests" },
  { name: "rpd", label: "requests per day (RPD)", windowMs: day, errorType: "requests" },
  { name: "tpm", label: "tokens per minute (TPM)", windowMs: minute, errorType: "tokens" },
  { name: "tpd", label: "tokens per day (TPD)", windowMs: day, errorType: "tokens" },
  { name: "itpm", label: "input tokens per minute (ITPM)", windowMs: minute, errorType: "tokens" },
  { name: "otpm", label: "output tokens per minute (OTPM)", windowMs: minute, errorType: "tokens" },
  { name: "ash", label: "seconds of audio per hour (ASPH)", windowMs: hour, errorType: "seconds" },
  { name: "asd", label: "seconds of audio per day (ASPD)", windowMs: day, errorType: "seconds" },
];

/** What one request takes from the limits of its model. */
export interface Consumption {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly audioSeconds: number;
}

/** The part of a request that one limit counts. */
export function consumed(name: DimensionName, of: Consumption): number {
  switch (name) {
    case "rpm":
    case "rpd":
      return 1;
    case "tpm":
    case "tpd":
      return of.inputTokens + of.outputTokens;
    case "itpm":
      return of.inputTokens;
    case "otpm":
      return of.outputTokens;
    case "ash":
    case "asd":
      return of.audioSeconds;
  }
}
