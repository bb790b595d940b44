import { expect } from "vitest";
import { createLimiters } from "../../../src/compose/limiters";
import type { Caps } from "../../../src/core/budget/caps";
import { createDispatcher } from "../../../src/core/dispatch/dispatcher";
import type { Dispatcher, DispatchEvent } from "../../../src/core/dispatch/dispatcher";
import { succeed } from "../../../src/core/dispatch/failure";
import type { DispatchTask } from "../../../src/core/dispatch/task";
import type { Model } from "../../../src/core/models/model";
import { planLimits } from "../../../src/core/models/planLimits";
import { createGroqChatModel } from "../../../src/groq/groqChatModel";
import { createOpenAiChatModel } from "../../../src/openai/openAiChatModel";
import { CountingTokens } from "../../fakes/countingTokens";
import { FixedChance } from "../../fakes/fixedChance";
import { FixedKey } from "../../fakes/fixedKey";
import type { OpenedStore } from "../../fakes/openedStore";
import { openStore } from "../../fakes/openedStore";
import { ServerClock } from "../../fakes/serverClock";
import { storePorts } from "../../fakes/storePorts";
import { TemporaryFolder } from "../../fakes/temporaryFolder";
import { startGroqServer } from "../../groqServer/groqServer";
import type { GroqServer } from "../../groqServer/groqServer";
import type { GroqServerOptions } from "../../groqServer/groqServerOptions";
import type { LoggedRequest } from "../../groqServer/requestLog";
import { createBookings } from "./bookings";
import type { BilledCall, Bookings } from "./bookings";

/** The second provider's model, at the prices that the user has written: 1, 0.5 and 2 dollars for a million. */
export const secondModel: Model = {
  id: "acme/coder",
  provider: "fallback",
  kind: "chat",
  status: "unknown",
  vocabulary: "unknown",
  reasoningEffort: false,
  price: { input: 1_000_000_000_000n, cachedInput: 500_000_000_000n, output: 2_000_000_000_000n },
  source: "the user's settings",
};

/** One question: `words` are sent behind a mark by which the services' requests are told apart. */
export interface Asked extends Partial<Omit<DispatchTask, "messages">> {
  readonly model: Model;
  readonly words: string;
  readonly system?: string;
  readonly window?: number;
  /** The user leaves when this comes. */
  readonly leave?: Leave;
  /** Called with the mark before anything is sent, to queue what the services answer to it. */
  readonly prepare?: (mark: string) => void;
}

export interface Leave {
  readonly how: "stop" | "walkAway";
  readonly at: DispatchEvent["kind"];
  /** Which of its kind; the first by default. */
  readonly count?: number;
}

/** Windows with the real gate, clients and store, and stand-ins for both services, which bill what they do. */
export interface SpendingBench extends AsyncDisposable {
  readonly groq: GroqServer;
  readonly second: GroqServer;
  readonly clock: ServerClock;
  readonly stores: readonly OpenedStore[];
  ask(asked: Asked): Promise<readonly DispatchEvent[]>;
  /** Every call that was booked so far, when no service is at work any more. */
  calls(): Promise<readonly BilledCall[]>;
}

export interface SpendingBenchRequest {
  readonly groq?: GroqServerOptions;
  readonly windows?: number;
  readonly caps?: Caps;
  /** False where the tokenizer does not load. */
  readonly counted?: boolean;
  /** How long a client waits for a sign of life. */
  readonly idleMs?: number;
}

export async function openSpendingBench(
  request: SpendingBenchRequest = {},
): Promise<SpendingBench> {
  const groq = await startGroqServer({ plan: "custom", ...request.groq });
  const second = await startSecond(request.groq);
  const folder = new TemporaryFolder();
  const clock = new ServerClock(groq.clock, second.clock);
  const bookings = createBookings([groq, second]);
  const windows = Array.from({ length: request.windows ?? 1 }, () =>
    openWindow({ ...request, groq, second, clock, bookings }, openStore(folder.file("store.db"))),
  );
  let asks = 0;

  async function ask({ words, system, window = 0, leave, prepare, ...given }: Asked) {
    const opened = windows[window];
    if (opened === undefined) throw new Error(`there is no window ${window}`);
    const mark = `#${++asks}#`;
    prepare?.(mark);
    opened.mark = mark;
    const task: DispatchTask = {
      kind: "chat",
      conversationId: "c",
      outputNeed: 600,
      outputFloor: 512,
      ...given,
      messages: [
        { role: "system", content: system ?? "Answer briefly." },
        { role: "user", content: `${mark} ${words}` },
      ],
    };
    return read(opened.dispatcher, task, leave);
  }

  return {
    groq,
    second,
    clock,
    stores: windows.map(({ store }) => store),
    ask,
    async calls() {
      const isDone = ({ outcome }: LoggedRequest) => outcome !== undefined;
      await expect
        .poll(() => [...groq.requests, ...second.requests].every(isDone), {
          timeout: 10_000,
          interval: 1,
        })
        .toBe(true);
      return bookings.calls();
    },
    async [Symbol.asyncDispose]() {
      for (const { store } of windows) store.close();
      await Promise.all([groq.close(), second.close()]);
      folder[Symbol.dispose]();
    },
  };
}

/** A service under its own name for the model, at the user's prices, whatever befalls Groq. */
function startSecond({ clock, startAt, switches }: GroqServerOptions = {}): Promise<GroqServer> {
  const { price } = secondModel;
  if (price === undefined) throw new Error("the second model has no price");
  const million = 1_000_000n;
  return startGroqServer({
    plan: "custom",
    ...(clock !== undefined && { clock }),
    ...(startAt !== undefined && { startAt }),
    ...(switches !== undefined && { switches }),
    models: {
      [secondModel.id]: {
        promptCaching: true,
        price: {
          per: "token",
          input: price.input / million,
          cachedInput: price.cachedInput / million,
          output: price.output / million,
        },
      },
    },
  });
}

interface OpenWindow {
  readonly dispatcher: Dispatcher;
  readonly store: OpenedStore;
  /** Of the question that is being asked. */
  mark: string;
}

function openWindow(
  parts: Omit<SpendingBenchRequest, "groq"> & {
    readonly groq: GroqServer;
    readonly second: GroqServer;
    readonly clock: ServerClock;
    readonly bookings: Bookings;
  },
  store: OpenedStore,
): OpenWindow {
  const { clock, idleMs = 10_000, bookings } = parts;
  const ports = storePorts(store);
  const agent = "groq-coder/test";
  const groqChat = createGroqChatModel(new FixedKey(parts.groq.origin), agent, idleMs);
  const secondKey = new FixedKey(`${parts.second.origin}/openai/v1`);
  const secondChat = createOpenAiChatModel(secondKey, agent, idleMs);
  let calls = 0;
  const opened: OpenWindow = {
    store,
    mark: "",
    dispatcher: createDispatcher({
      chatModelFor: ({ provider }) => (provider === "groq" ? groqChat : secondChat),
      clock,
      ledger: bookings.over(ports.ledger),
      tokens: new CountingTokens(parts.counted ?? true),
      caps: () => parts.caps ?? {},
      chance: new FixedChance(),
      limiterFor: createLimiters({
        store: ports.limits,
        onStoreChange: () => () => undefined,
        moment: () => ({ nowMs: clock.now(), monotonicMs: clock.monotonic() }),
        limitsOf: (model, told) => planLimits(model, "auto", told),
      }),
      accountFor: ({ provider }) => Promise.resolve(succeed(provider)),
      workspace: () => "",
      noteOrganization: (account, organization) => ports.limits.merge(account, organization),
      holdUps: ports.holdUps,
      offers: () => ({ models: [] }),
      newId: () => `${opened.mark} ${++calls}`,
    }),
  };
  return opened;
}

/** Reads to the end, or as far as the user stays. */
async function read(
  dispatcher: Dispatcher,
  task: DispatchTask,
  leave: Leave | undefined,
): Promise<readonly DispatchEvent[]> {
  const abort = new AbortController();
  const events: DispatchEvent[] = [];
  let seen = 0;
  for await (const event of dispatcher.dispatch(task, abort.signal)) {
    events.push(event);
    if (event.kind !== leave?.at || ++seen !== (leave.count ?? 1)) continue;
    if (leave.how === "walkAway") break;
    abort.abort();
  }
  return events;
}
