import type { ChatModel, ChatModelEvent, ChatRequest } from "../../../src/core/dispatch/chatModel";
import type { Clock } from "../../../src/core/dispatch/clock";
import { createDispatcher } from "../../../src/core/dispatch/dispatcher";
import type { Dispatcher } from "../../../src/core/dispatch/dispatcher";
import { succeed } from "../../../src/core/dispatch/failure";
import type { DispatchOutcome } from "../../../src/core/dispatch/receipt";
import type { DispatchTask } from "../../../src/core/dispatch/task";
import { createSharedLimiter } from "../../../src/core/limits/sharedLimiter";
import { findModel } from "../../../src/core/models/catalogue";
import type { Model } from "../../../src/core/models/model";
import { planLimits } from "../../../src/core/models/planLimits";
import type { TokenCounter } from "../../../src/core/tokens/tokenCounter";
import { readReportedLimits } from "../../../src/groq/reportedLimits";
import { FixedChance } from "../../fakes/fixedChance";
import { MemoryLedger } from "../../fakes/memoryLedger";
import { MemoryLimitStore } from "../../fakes/memoryLimitStore";
import { LineWatch } from "./lineWatch";
import { readRefusal, setUp } from "./simulation";
import type { Figures, Scenario, World } from "./simulation";
import type { Job } from "./workload";

/** What the product gets through, and how those waited whom the user looks on at. */
export interface GateFigures extends Figures {
  /** Most background requests that were let go while an interactive one stood in line. */
  readonly overtakings: number;
}

const uplinkMs = 40;
const downlinkMs = 40;

/** Requests that a window has in hand at once. */
const atOnce = 4;

/** The product's whole gate, in as many windows as the scenario has, against the stand-in's own buckets. */
export async function simulateGate(scenario: Scenario): Promise<GateFigures> {
  let overtakings = () => 0;
  const { timeline, figures } = setUp(scenario, (world, queue) => {
    const watch = new LineWatch(() => world.timeline.now);
    overtakings = () => watch.overtakings;
    const stores = { limits: new MemoryLimitStore(), ledger: new MemoryLedger() };
    const jobs: Job[] = [];
    const windows = Array.from({ length: scenario.windows ?? 1 }, () => ({
      dispatcher: openWindow(world, jobs, stores),
      inHand: 0,
    }));

    const pump = (): void => {
      for (;;) {
        const [idlest] = windows.toSorted((a, b) => a.inHand - b.inHand);
        if (idlest === undefined || idlest.inHand >= atOnce) return;
        const job = queue.shift();
        if (job === undefined) return;
        idlest.inHand++;
        const id = jobs.push(job) - 1;
        void untilAnswered(idlest.dispatcher, id, job).finally(() => {
          idlest.inHand--;
          pump();
        });
      }
    };

    /** The user comes back when told to. */
    const untilAnswered = async (dispatcher: Dispatcher, id: number, job: Job): Promise<void> => {
      for (;;) {
        const outcome = await runOnce(dispatcher, id, job);
        if (outcome.kind === "complete" || outcome.failure.kind !== "rateLimited") return;
        const { retryAfterMs } = outcome.failure;
        await world.sleep(retryAfterMs);
      }
    };

    const runOnce = async (
      dispatcher: Dispatcher,
      id: number,
      job: Job,
    ): Promise<DispatchOutcome> => {
      const stand = watch.arrive(job.requestClass);
      const never = new AbortController().signal;
      for await (const event of dispatcher.dispatch(taskOf(id, job, modelOf(scenario)), never)) {
        if (event.kind === "waiting") stand.wait();
        if (event.kind === "sent") stand.go();
        if (event.kind !== "ended") continue;
        stand.leave();
        return event.outcome;
      }
      throw new Error("it did not end");
    };
    return pump;
  });
  await timeline.runUntilSettled(scenario.durationMs);
  return { ...figures(), overtakings: overtakings() };
}

function openWindow(
  world: World,
  jobs: readonly Job[],
  stores: { readonly limits: MemoryLimitStore; readonly ledger: MemoryLedger },
): Dispatcher {
  const clock = clockOf(world);
  const chatModel = new SimulatedGroq(world, jobs);
  const model = modelOf(world.scenario);
  const limiter = createSharedLimiter({
    key: { account: "a1", model: model.id },
    store: stores.limits,
    moment: () => ({ nowMs: clock.now(), monotonicMs: clock.monotonic() }),
    limits: (told) => planLimits(model, "auto", told),
    ownLimits: () => ({}),
    onStoreChange: stores.limits.onChange,
  });
  const { ledger } = stores;
  return createDispatcher({
    chatModelFor: () => chatModel,
    clock,
    ledger,
    tokens: countsOf(jobs),
    caps: () => ({}),
    chance: new FixedChance(),
    accountFor: () => Promise.resolve(succeed("a1")),
    limiterFor: () => limiter,
    workspace: () => "",
    noteOrganization: () => Promise.resolve(),
    holdUps: { note: () => Promise.resolve(succeed(undefined)) },
    offers: () => ({ models: [] }),
    newId: () => `call ${ledger.bookings.size + 1}`,
  });
}

/** A job travels as its number. */
function taskOf(id: number, job: Job, model: Model): DispatchTask {
  return {
    kind: "chat",
    conversationId: "c1",
    model,
    messages: [{ role: "user", content: String(id) }],
    // The best schedule makes the same reservations: no answer is made shorter.
    outputNeed: job.outputCap,
    outputFloor: job.outputCap,
    requestClass: job.requestClass,
  };
}

function jobOf(jobs: readonly Job[], content: string | undefined): Job {
  const job = jobs[Number(content)];
  if (job === undefined) throw new Error(`no job ${content}`);
  return job;
}

/** Counts that the template makes up to what the prompt really has. */
function countsOf(jobs: readonly Job[]): TokenCounter {
  const template = 67;
  return {
    count: (texts) =>
      Promise.resolve(texts.map((text) => jobOf(jobs, text).promptTokens - template)),
  };
}

function modelOf({ limits }: Scenario): Model {
  const model = findModel("openai/gpt-oss-120b");
  if (model === undefined) throw new Error("the default model is gone");
  return { ...model, free: limits };
}

function clockOf(world: World): Clock {
  const { timeline, scenario } = world;
  const startedAt = Date.UTC(2026, 10, 20);
  const jump = scenario.clockJump ?? { atMs: Infinity, ms: 0 };
  return {
    now: () => startedAt + timeline.now + (timeline.now >= jump.atMs ? jump.ms : 0),
    monotonic: () => timeline.now,
    localDay: (epochMs) => new Date(epochMs).toISOString().slice(0, 10),
    localHour: (epochMs) => new Date(epochMs).getUTCHours(),
    sleep: (ms, signal) => world.sleep(ms, signal),
  };
}

/** The service as the product's chat model sees it. */
class SimulatedGroq implements ChatModel {
  readonly #world: World;
  readonly #jobs: readonly Job[];

  constructor(world: World, jobs: readonly Job[]) {
    this.#world = world;
    this.#jobs = jobs;
  }

  async *stream(request: ChatRequest): AsyncGenerator<ChatModelEvent, void> {
    const world = this.#world;
    const job = jobOf(this.#jobs, request.messages[0]?.content);
    await world.travel(uplinkMs);
    const headers = Promise.withResolvers<Record<string, string>>();
    const end = Promise.withResolvers<void>();
    const refusal = world.ask(job, headers.resolve, end.resolve);
    if (refusal !== undefined) {
      await world.travel(downlinkMs);
      await world.awake();
      yield { kind: "failure", billable: false, ...readRefusal(refusal) };
      return;
    }
    const shown = await headers.promise;
    await world.travel(downlinkMs);
    await world.awake();
    yield { kind: "limits", reported: readReportedLimits(new Headers(shown)) };
    await end.promise;
    await world.travel(downlinkMs);
    await world.awake();
    yield { kind: "finish", reason: "stop" };
    const { promptTokens, cachedTokens, completionTokens } = job;
    const usage = { promptTokens, cachedTokens, completionTokens, reasoningTokens: 0 };
    yield { kind: "usage", usage };
  }
}
