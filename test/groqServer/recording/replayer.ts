import { readFileSync } from "node:fs";
import { z } from "zod";
import type { WireStep } from "../http/wireStep";
import { type RecordedRequest, requestKey, wireStep } from "./exchange";

/** Answers from a recording, byte for byte, without limits, bills or rules. */
export interface Replayer {
  /** The next recorded answer to an equal request; a 409 that says so when there is none. */
  steps(request: RecordedRequest): readonly WireStep[];
  /** Requests that the recording does not contain, or not so often. */
  readonly strangers: readonly RecordedRequest[];
  /** How many recorded answers nobody has asked for. */
  remaining(): number;
}

const exchangeSchema = z.object({
  request: z.object({ method: z.string(), path: z.string(), body: z.unknown() }),
  steps: z.array(
    z.discriminatedUnion("kind", [
      z.object({
        kind: z.literal("head"),
        status: z.number(),
        headers: z.record(z.string(), z.string()),
      }),
      z.object({ kind: z.literal("bytes"), ms: z.number(), base64: z.string() }),
      z.object({ kind: z.enum(["end", "close", "reset"]) }),
    ]),
  ),
});

/** Reads a recording; throws when the file is none. Unpaced, it answers all at once. */
export function createReplayer(file: string, paced: boolean): Replayer {
  const lines = readFileSync(file, "utf8").split("\n");
  const waiting = lines
    .filter((line) => line !== "")
    .map((line) => exchangeSchema.parse(JSON.parse(line)));
  const strangers: RecordedRequest[] = [];
  return {
    strangers,
    remaining: () => waiting.length,
    steps: (request) => {
      const key = requestKey(request);
      const index = waiting.findIndex((exchange) => requestKey(exchange.request) === key);
      const [exchange] = index < 0 ? [] : waiting.splice(index, 1);
      if (exchange !== undefined) return exchange.steps.map((step) => wireStep(step, paced));
      strangers.push(request);
      return notRecorded;
    },
  };
}

const text = JSON.stringify({
  error: { message: "This request is not in the recording.", type: "replay_mismatch" },
});

const notRecorded: readonly WireStep[] = [
  { kind: "head", status: 409, headers: { "content-type": "application/json" } },
  { kind: "bytes", dueMs: 0, bytes: Buffer.from(text) },
  { kind: "end" },
];
