import { parseArgs } from "node:util";
import type { TokenSpeed } from "./backend";
import type { GroqServerOptions } from "./groqServerOptions";
import type { Plan } from "./organization";
import { parseSwitches } from "./switches";
import type { ClockKind } from "./time/clock";

export const usage = `Usage: groq-server [flags]
  --port N              port on 127.0.0.1 (default: a free one)
  --plan NAME           free, developer or custom (default: free)
  --speed N             tokens per second of each answer, "model" or "unlimited" (default: model)
  --clock KIND          real, stepped, or a factor such as 60 (default: real)
  --switch NAME=VALUE   behaviour that is not known of Groq; may be repeated
  --record FILE         write every exchange to a file
  --replay FILE         answer from such a file`;

/** Reads the flags of the command line. Throws one clear sentence about what is wrong. */
export function parseFlags(args: readonly string[]): GroqServerOptions {
  const { values } = parseArgs({
    args: [...args],
    strict: true,
    options: {
      port: { type: "string", default: "0" },
      plan: { type: "string", default: "free" },
      speed: { type: "string", default: "model" },
      clock: { type: "string", default: "real" },
      switch: { type: "string", multiple: true, default: [] },
      record: { type: "string" },
      replay: { type: "string" },
    },
  });
  return {
    port: numberFlag("port", values.port, 0, 65_535),
    plan: planFlag(values.plan),
    speed: speedFlag(values.speed),
    clock: clockFlag(values.clock),
    switches: parseSwitches(Object.fromEntries(values.switch.map(nameAndValue))),
    ...(values.record !== undefined && { record: values.record }),
    ...(values.replay !== undefined && { replay: values.replay }),
  };
}

function planFlag(value: string): Plan {
  if (value === "free" || value === "developer" || value === "custom") return value;
  throw new RangeError(`--plan is free, developer or custom, not "${value}"`);
}

function speedFlag(value: string): TokenSpeed {
  if (value === "model" || value === "unlimited") return value;
  return numberFlag("speed", value, 1, 1_000_000);
}

function clockFlag(value: string): ClockKind {
  if (value === "real" || value === "stepped") return value;
  return { factor: numberFlag("clock", value, 0.001, 1_000_000) };
}

function numberFlag(name: string, value: string, least: number, most: number): number {
  const number = Number(value);
  if (value !== "" && number >= least && number <= most) return number;
  throw new RangeError(`--${name} is a number from ${least} to ${most}, not "${value}"`);
}

function nameAndValue(pair: string): [string, string] {
  const at = pair.indexOf("=");
  if (at < 1) throw new RangeError(`--switch wants NAME=VALUE, not "${pair}"`);
  return [pair.slice(0, at), pair.slice(at + 1)];
}
