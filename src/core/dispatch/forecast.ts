import { left, tightestCap } from "../budget/caps";
import { costOf, tokensFor, uncachedUsage } from "../budget/price";
import type { Picodollars } from "../budget/money";
import type { LimitDimension } from "../limits/limits";
import { tokensFree } from "../limits/rateLimiter";
import type { TokenEstimate } from "../tokens/estimateTokens";
import { longestWaitMs } from "./admission";
import { succeed } from "./failure";
import type { Failure, Result } from "./failure";
import { needOf, prepare } from "./prepare";
import type { Prepared, PreparePorts } from "./prepare";
import { largestRequest } from "./sizeOutput";
import { requestClassOf } from "./task";
import type { DispatchTask } from "./task";

/** What would happen to a request that is sent now. A forecast reserves nothing. */
export interface Forecast {
  readonly prompt: TokenEstimate;
  /** Output tokens that it would be allowed; 0 when it cannot be sent as it is. */
  readonly maxCompletionTokens: number;
  /** Absent without a known price. */
  readonly cost?: {
    /** Of the prompt at its likely size, with nothing cached. */
    readonly prompt: Picodollars;
    /** What is reserved: it cannot cost more. */
    readonly most: Picodollars;
  };
  readonly admission: ForecastAdmission;
  readonly smaller?: SmallerRequest;
}

export type ForecastAdmission =
  | { readonly kind: "now" }
  /** It would wait that long in line. */
  | { readonly kind: "wait"; readonly ms: number; readonly dimension: LimitDimension | "unknown" }
  /** It would be refused, not sent. */
  | { readonly kind: "never"; readonly failure: Failure };

/** The nearest request that would fare better. */
export type SmallerRequest =
  /** Goes now, with an answer of at most this many tokens. */
  | { readonly kind: "shorterAnswer"; readonly maxCompletionTokens: number }
  /** Can be sent at all, with a prompt of at most this many tokens. */
  | { readonly kind: "shorterPrompt"; readonly promptTokens: number };

/** Fails where nothing can be forecast: no key, no store. */
export async function forecast(ports: PreparePorts, task: DispatchTask): Promise<Result<Forecast>> {
  const prepared = await prepare(ports, task);
  return prepared.ok ? forecastPrepared(task, prepared.value) : prepared;
}

async function forecastPrepared(task: DispatchTask, prepared: Prepared): Promise<Result<Forecast>> {
  const { prompt, output, limiter } = prepared;
  const maxCompletionTokens = output.ok ? output.value : 0;
  const smaller = await findSmaller(task, prepared);
  const about = {
    prompt,
    maxCompletionTokens,
    ...costFields(task, prompt, maxCompletionTokens),
  };
  const offer = smaller !== undefined && { smaller };
  if (!output.ok)
    return succeed({ ...about, ...offer, admission: { kind: "never", failure: output.failure } });
  const need = needOf(prompt, output.value);
  const looked = await limiter.forecast({ need, requestClass: requestClassOf(task) });
  if (!looked.ok) return looked;
  switch (looked.value.kind) {
    case "now":
      return succeed({ ...about, admission: looked.value });
    case "wait": {
      const { ms, dimension } = looked.value;
      if (ms <= longestWaitMs) return succeed({ ...about, ...offer, admission: looked.value });
      const failure = { kind: "rateLimited", dimension, retryAfterMs: ms, detail: "" } as const;
      return succeed({ ...about, ...offer, admission: { kind: "never", failure } });
    }
    case "never": {
      const { limit, dimension } = looked.value;
      const failure = { kind: "tooLarge", limit, needed: need.tokens, dimension } as const;
      return succeed({ ...about, ...offer, admission: { kind: "never", failure } });
    }
  }
}

/** What would go now with a shorter answer, or at all with a shorter prompt. */
export async function findSmaller(
  task: DispatchTask,
  prepared: Prepared,
): Promise<SmallerRequest | undefined> {
  const smaller = smallerThan(task, prepared);
  if (smaller?.kind !== "shorterAnswer") return smaller;
  // Others may stand in line before it, or the service admit nothing for a time.
  const need = needOf(prepared.prompt, smaller.maxCompletionTokens);
  const looked = await prepared.limiter.forecast({ need, requestClass: requestClassOf(task) });
  return looked.ok && looked.value.kind === "now" ? smaller : undefined;
}

/** By the room in the buckets alone. */
function smallerThan(task: DispatchTask, prepared: Prepared): SmallerRequest | undefined {
  const { outputFloor, model } = task;
  const { prompt, room, output } = prepared;
  const isOverCap = !output.ok && output.failure.kind === "overCap";
  const largest = largestRequest(model, room).limit;
  if (isOverCap || prompt.upper + outputFloor > largest) {
    const admitted = Math.max(0, largest - outputFloor - (prompt.upper - prompt.likely));
    const affordable = affordablePrompt(task, prepared);
    if (affordable < leastPrompt) return undefined;
    return { kind: "shorterPrompt", promptTokens: Math.min(admitted, affordable) };
  }
  const now = tokensFree(room) - prompt.upper;
  const asked = output.ok ? output.value : 0;
  return now >= outputFloor && now < asked
    ? { kind: "shorterAnswer", maxCompletionTokens: now }
    : undefined;
}

/** The longest prompt, in tokens, that the tightest cap can still pay for, with the shortest answer. */
function affordablePrompt(
  { outputFloor, model: { price } }: DispatchTask,
  { prompt, capStates }: Prepared,
): number {
  const tightest = tightestCap(capStates);
  if (tightest === undefined) return Number.POSITIVE_INFINITY;
  // Without a known price nothing goes under a cap.
  if (price === undefined) return 0;
  const rest = left(tightest) - costOf(uncachedUsage(0, outputFloor), price);
  if (rest <= 0n) return 0;
  if (price.input === 0n) return Number.POSITIVE_INFINITY;
  // Reservations go by the bound, but a prompt is shortened by its likely count.
  const bound = tokensFor(rest, price.input) - templateShare;
  return Number((bound * BigInt(prompt.likely)) / BigInt(Math.max(1, prompt.bound)));
}

/** Tokens of the bound that do not shrink with the prompt. */
const templateShare = 100n;

/** In tokens; the fixed words around a piece of code alone take about this many. */
const leastPrompt = 300;

function costFields(
  { model: { price } }: DispatchTask,
  prompt: TokenEstimate,
  maxCompletionTokens: number,
): Pick<Forecast, "cost"> {
  if (price === undefined) return {};
  return {
    cost: {
      prompt: costOf(uncachedUsage(prompt.likely, 0), price),
      most: costOf(uncachedUsage(prompt.bound, maxCompletionTokens), price),
    },
  };
}
