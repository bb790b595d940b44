import type { Caps, CapState } from "../budget/caps";
import type { Need } from "../limits/limits";
import type { FreeRoom } from "../limits/rateLimiter";
import type { SharedLimiter } from "../limits/sharedLimiter";
import type { Model } from "../models/model";
import type { TokenEstimate } from "../tokens/estimateTokens";
import { estimatePrompt } from "../tokens/promptEstimate";
import type { TokenCounter } from "../tokens/tokenCounter";
import { readCapStates } from "./capStates";
import type { Clock } from "./clock";
import { succeed } from "./failure";
import type { Result } from "./failure";
import type { Ledger } from "./ledger";
import { sizeOutput } from "./sizeOutput";
import type { DispatchTask } from "./task";

export interface PreparePorts {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly tokens: TokenCounter;
  /** The caps as they are set at the moment of a request. */
  readonly caps: () => Caps;
  /** Whose limits a request to this model uses; fails without a key. */
  readonly accountFor: (model: Model) => Promise<Result<string>>;
  readonly limiterFor: (account: string, model: Model) => SharedLimiter;
}

/** A request as far as it can be known before it is sent. */
export interface Prepared {
  readonly account: string;
  readonly limiter: SharedLimiter;
  readonly caps: Caps;
  readonly capStates: readonly CapState[];
  readonly room: FreeRoom;
  /** Of each message's content; undefined where it could not be counted. */
  readonly counts: readonly number[] | undefined;
  readonly prompt: TokenEstimate;
  /** The output cap, or why there is none. */
  readonly output: Result<number>;
}

/** Counts the prompt and sizes the answer. Fails where not even that is possible: no key, no store. */
export async function prepare(ports: PreparePorts, task: DispatchTask): Promise<Result<Prepared>> {
  const { clock, ledger } = ports;
  const { model, messages } = task;
  const account = await ports.accountFor(model);
  if (!account.ok) return account;
  const limiter = ports.limiterFor(account.value, model);
  const caps = ports.caps();
  const day = clock.localDay(clock.now());
  const [counts, look, states] = await Promise.all([
    ports.tokens.count(messages.map(({ content }) => content)),
    limiter.look(),
    readCapStates(ledger, caps, { conversationId: task.conversationId, day }),
  ]);
  if (!look.ok) return look;
  if (!states.ok) return states;
  const { room, calibration } = look.value;
  const prompt = estimatePrompt(model, messages, counts, calibration);
  const output = sizeOutput(task, prompt, room, states.value);
  return succeed({
    account: account.value,
    limiter,
    caps,
    capStates: states.value,
    room,
    counts,
    prompt,
    output,
  });
}

/** What a request reserves of the limits. */
export function needOf(prompt: TokenEstimate, maxCompletionTokens: number): Need {
  return { tokens: prompt.upper + maxCompletionTokens, outputCap: maxCompletionTokens };
}
