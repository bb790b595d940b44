import { refusedLimit } from "../../../src/core/dispatch/refusedLimit";
import type { Failure } from "../../../src/core/dispatch/failure";
import type { LimitDimension, ReportedLimits, RefusedLimit } from "../../../src/core/limits/limits";
import type { RateLimits } from "../../../src/core/models/model";
import { classifyHttpError } from "../../../src/http/httpFailure";
import { readReportedLimits } from "../../../src/groq/reportedLimits";
import { isRefusal } from "../../groqServer/http/refusal";
import type { Refusal } from "../../groqServer/http/refusal";
import { createRateLimiter as createServerLimiter } from "../../groqServer/limits/rateLimiter";
import type {
  Admission as ServerAdmission,
  ElsewhereUse,
} from "../../groqServer/limits/rateLimiter";
import type { ModelLimits, ModelRow } from "../../groqServer/models/modelRow";
import { modelTable } from "../../groqServer/models/modelTable";
import { createOrganization } from "../../groqServer/organization";
import { defaultSwitches } from "../../groqServer/switches";
import type { Switches } from "../../groqServer/switches";
import { Timeline } from "./timeline";
import { drawJob, meanPauseMs, seededChance } from "./workload";
import type { Job } from "./workload";

/** One run: limits, what is unknown of Groq, and what happens outside. Times are milliseconds from the start. */
export interface Scenario {
  readonly limits: RateLimits;
  readonly durationMs: number;
  readonly seed: number;
  /** Times what the tightest limit admits. */
  readonly load: number;
  /** Of all lengths. */
  readonly scale: number;
  readonly switches?: Partial<Switches>;
  readonly outside?: readonly OutsideEvent[];
  /** The machine sleeps: nothing happens on it meanwhile. */
  readonly sleep?: { readonly atMs: number; readonly ms: number };
  /** The epoch's clock of the machine is set forward, or back. */
  readonly clockJump?: { readonly atMs: number; readonly ms: number };
  /** Windows that send; 1 unless told. */
  readonly windows?: number;
}

export type OutsideEvent = { readonly atMs: number } & (
  | { readonly kind: "burst" | "steady"; readonly use: Partial<ElsewhereUse> }
  | { readonly kind: "limits"; readonly limits: ModelLimits }
);

export interface Figures {
  /** Prompt and completion tokens of answers that ended in time. */
  readonly tokens: number;
  readonly answers: number;
  readonly refusals: Readonly<Partial<Record<LimitDimension | "unknown", number>>>;
}

/** Requests of one bout, and the mean time between two of them. */
const boutLength = 8;
const boutPauseMs = 15_000;

/**
 * Who knows the server's buckets and all lengths, and sends each request in the first moment that admits it:
 * it asks again and again, and its refusals do not count.
 */
export function simulateOptimum(scenario: Scenario): Figures {
  const { timeline, figures } = setUp(scenario, (world, queue) => {
    let alarms = 0;
    const pump = (): void => {
      const alarm = ++alarms;
      for (let job = queue[0]; job !== undefined; job = queue[0]) {
        const refusal = world.ask(job, () => {}, pump);
        if (refusal === undefined) queue.shift();
        else if (refusal.status === 413) queue.shift();
        else {
          const { told } = readRefusal(refusal);
          world.atClient(world.timeline.now + (told.waitMs ?? 0), () => alarm === alarms && pump());
          return;
        }
      }
    };
    return pump;
  });
  timeline.runUntil(scenario.durationMs);
  return figures();
}

export interface World {
  readonly timeline: Timeline;
  readonly scenario: Scenario;
  /** Has something happen on the machine, which may be asleep then. */
  atClient(time: number, act: () => void): void;
  /** Resolves after so long, on the machine: later if it is asleep then. At once when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Resolves after so long, wherever. */
  travel(ms: number): Promise<void>;
  /** Resolves when the machine is not asleep. */
  awake(): Promise<void>;
  /** Asks the service now; gives its refusal, or answers in the course of time. */
  ask(
    job: Job,
    onHeaders: (headers: Record<string, string>) => void,
    onEnd: () => void,
  ): Refusal | undefined;
}

/** What there is before the first event, and the figures after the last. */
export interface Simulation {
  readonly timeline: Timeline;
  figures(): Figures;
}

/** Sets up a run: `start` gets the world and the queue that jobs come into, and gives what is called when one has come. */
export function setUp(
  scenario: Scenario,
  start: (world: World, queue: Job[]) => () => void,
): Simulation {
  const timeline = new Timeline();
  const switches = { ...defaultSwitches, ...scenario.switches };
  const clock = { now: () => timeline.now, sleepUntil: () => Promise.resolve() };
  const server = createServerLimiter(clock, switches);
  const asleepFrom = scenario.sleep?.atMs ?? Infinity;
  const asleepFor = scenario.sleep?.ms ?? 0;
  let tokens = 0;
  let answers = 0;
  const refusals: Partial<Record<LimitDimension | "unknown", number>> = {};

  const organization = createOrganization({ limits: { [model.id]: scenario.limits } });
  const row: ModelRow = { ...model, free: {} };
  for (const event of scenario.outside ?? [])
    timeline.at(event.atMs, () => {
      if (event.kind === "limits") server.changeLimits(organization, row, event.limits, event.atMs);
      else if (event.kind === "burst") server.useElsewhere(organization, row, event.use);
      else server.useElsewhereSteadily(organization, row, event.use);
    });

  const isAsleep = (time: number) => time >= asleepFrom && time < asleepFrom + asleepFor;
  const atClient = (time: number, act: () => void): void =>
    timeline.at(isAsleep(time) ? asleepFrom + asleepFor : time, act);
  const world: World = {
    timeline,
    scenario,
    atClient,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        signal?.addEventListener("abort", () => resolve(), { once: true });
        atClient(timeline.now + ms, resolve);
      }),
    travel: (ms) => new Promise((resolve) => timeline.at(timeline.now + ms, resolve)),
    awake: () =>
      isAsleep(timeline.now)
        ? new Promise((resolve) => atClient(timeline.now, resolve))
        : Promise.resolve(),
    ask(job, onHeaders, onEnd) {
      const atAdmission = switches.cachedTokens === "refundedAtAdmission" ? job.cachedTokens : 0;
      const admission = server.admit({
        organization,
        model: row,
        tier: "on_demand",
        inputTokens: job.promptTokens - atAdmission,
        outputTokens: job.outputCap,
        audioSeconds: 0,
      });
      if (isRefusal(admission)) {
        const { told } = readRefusal(admission);
        const dimension = told.dimension ?? "unknown";
        refusals[dimension] = (refusals[dimension] ?? 0) + 1;
        return admission;
      }
      timeline.at(timeline.now + job.firstTokenMs, () => onHeaders(admission.headers()));
      timeline.at(timeline.now + job.firstTokenMs + job.answerMs, () => {
        settle(admission, job, switches);
        tokens += job.promptTokens + job.completionTokens;
        answers++;
        onEnd();
      });
      return undefined;
    },
  };

  const queue: Job[] = [];
  const pump = start(world, queue);
  const chance = seededChance(scenario.seed);
  const pauseMs = meanPauseMs(scenario.limits, scenario.load, scenario.scale);
  const arrive = (boutLeft: number): void => {
    queue.push(drawJob(chance, scenario.scale));
    pump();
    // In a bout one request follows the other, as in a conversation; then a pause until the next one.
    const within = Math.min(boutPauseMs, pauseMs);
    const between = boutLength * pauseMs - (boutLength - 1) * within;
    const mean = boutLeft > 0 ? within : between;
    const next = boutLeft > 0 ? boutLeft - 1 : boutLength - 1;
    world.atClient(timeline.now - mean * Math.log(1 - chance()), () => arrive(next));
  };
  arrive(boutLength - 1);
  return { timeline, figures: () => ({ tokens, answers, refusals }) };
}

/** As the stand-in settles a whole answer. */
function settle(admission: ServerAdmission, job: Job, switches: Switches): void {
  const kept = switches.unusedOutput === "kept" ? job.outputCap : 0;
  const returned = switches.cachedTokens === "kept" ? 0 : job.cachedTokens;
  admission.settle({
    inputTokens: job.promptTokens - returned,
    outputTokens: Math.max(kept, job.completionTokens),
    audioSeconds: 0,
  });
}

/** As the product reads a refusal. */
export function readRefusal(refusal: Refusal): {
  readonly failure: Failure;
  readonly told: RefusedLimit;
  readonly reported: ReportedLimits;
} {
  const headers = new Headers(refusal.headers);
  const { status, error } = refusal;
  const failure = classifyHttpError({
    status,
    body: { error },
    headers,
    model: model.id,
    provider: "groq",
  });
  const told = refusedLimit(failure);
  if (told === undefined) throw new Error(`a refusal without numbers: ${error.message}`);
  return { failure, told, reported: readReportedLimits(headers) };
}

const model = findModel();

function findModel(): ModelRow {
  const found = modelTable.find(({ id }) => id === "openai/gpt-oss-120b");
  if (found === undefined) throw new Error("the default model is gone");
  return found;
}
