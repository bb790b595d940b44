import { toldLimit } from "../../../src/core/dispatch/toldLimit";
import type { LimitDimension, Need, ToldLimit } from "../../../src/core/limits/limits";
import { limiterWith } from "../../fakes/limiters";
import type { RateLimits } from "../../../src/core/models/model";
import { classifyHttpError } from "../../../src/groq/groqFailure";
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
  /** The machine sleeps, its monotonic clock with it. */
  readonly sleep?: { readonly atMs: number; readonly ms: number };
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

const uplinkMs = 40;
const downlinkMs = 40;

/** Requests of one bout, and the mean time between two of them. */
const boutLength = 8;
const boutPauseMs = 15_000;

/** The product's limiter, first come, first served, against the stand-in's own buckets. */
export function simulateLimiter(scenario: Scenario): Figures {
  return simulate(scenario, (world, queue) => {
    const { timeline } = world;
    const clientNow = () => world.clientTime(timeline.now);
    const limiter = limiterWith(scenario.limits);
    let alarms = 0;

    const pump = (): void => {
      const alarm = ++alarms;
      for (let job = queue[0]; job !== undefined; job = queue[0]) {
        const admission = limiter.forecast(needOf(job), clientNow());
        if (admission.kind === "wait") {
          world.atClient(timeline.now + admission.ms, () => alarm === alarms && pump());
          return;
        }
        queue.shift();
        if (admission.kind === "now") send(job);
      }
    };
    const send = (job: Job): void => {
      const ticket = limiter.admit(needOf(job), clientNow());
      timeline.at(timeline.now + uplinkMs, () => {
        const answer = world.ask(
          job,
          (headers) => {
            world.atClient(timeline.now + downlinkMs, () => {
              limiter.headers(ticket, readReportedLimits(new Headers(headers)), clientNow());
              pump();
            });
          },
          () => {
            world.atClient(timeline.now + downlinkMs, () => {
              limiter.settle(ticket, job, clientNow());
              pump();
            });
          },
        );
        if (answer === undefined) return;
        world.atClient(timeline.now + downlinkMs, () => {
          const { told, reported } = readRefusal(answer);
          limiter.refused(ticket, told, reported, clientNow());
          queue.unshift(job);
          pump();
        });
      });
    };
    return pump;
  });
}

/**
 * Who knows the server's buckets and all lengths, and sends each request in the first moment that admits it:
 * it asks again and again, and its refusals do not count.
 */
export function simulateOptimum(scenario: Scenario): Figures {
  return simulate(scenario, (world, queue) => {
    const { timeline } = world;
    let alarms = 0;
    const pump = (): void => {
      const alarm = ++alarms;
      for (let job = queue[0]; job !== undefined; job = queue[0]) {
        const refusal = world.ask(job, () => {}, pump);
        if (refusal === undefined) queue.shift();
        else if (refusal.status === 413) queue.shift();
        else {
          const { told } = readRefusal(refusal);
          world.atClient(timeline.now + (told.waitMs ?? 0), () => alarm === alarms && pump());
          return;
        }
      }
    };
    return pump;
  });
}

interface World {
  readonly timeline: Timeline;
  /** Has something happen on the machine, which may be asleep then. */
  atClient(time: number, act: () => void): void;
  clientTime(time: number): number;
  /** Asks the service now; gives its refusal, or answers in the course of time. */
  ask(
    job: Job,
    onHeaders: (headers: Record<string, string>) => void,
    onEnd: () => void,
  ): Refusal | undefined;
}

function simulate(scenario: Scenario, start: (world: World, queue: Job[]) => () => void): Figures {
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

  const world: World = {
    timeline,
    atClient(time, act) {
      const asleep = time >= asleepFrom && time < asleepFrom + asleepFor;
      timeline.at(asleep ? asleepFrom + asleepFor : time, act);
    },
    clientTime: (time) => (time <= asleepFrom ? time : Math.max(asleepFrom, time - asleepFor)),
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
    if (queue.length === 1) pump();
    // In a bout one request follows the other, as in a conversation; then a pause until the next one.
    const within = Math.min(boutPauseMs, pauseMs);
    const between = boutLength * pauseMs - (boutLength - 1) * within;
    const mean = boutLeft > 0 ? within : between;
    const next = boutLeft > 0 ? boutLeft - 1 : boutLength - 1;
    world.atClient(timeline.now - mean * Math.log(1 - chance()), () => arrive(next));
  };
  arrive(boutLength - 1);
  timeline.runUntil(scenario.durationMs);
  return { tokens, answers, refusals };
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
function readRefusal(refusal: Refusal): {
  readonly told: ToldLimit;
  readonly reported: ReturnType<typeof readReportedLimits>;
} {
  const headers = new Headers(refusal.headers);
  const { status, error } = refusal;
  const failure = classifyHttpError({ status, body: { error }, headers, model: model.id });
  const told = toldLimit(failure);
  if (told === undefined) throw new Error(`a refusal without numbers: ${error.message}`);
  return { told, reported: readReportedLimits(headers) };
}

function needOf(job: Job): Need {
  return { tokens: job.promptUpper + job.outputCap, outputCap: job.outputCap };
}

const model = findModel();

function findModel(): ModelRow {
  const found = modelTable.find(({ id }) => id === "openai/gpt-oss-120b");
  if (found === undefined) throw new Error("the default model is gone");
  return found;
}
