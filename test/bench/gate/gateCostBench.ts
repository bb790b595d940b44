import { readFileSync } from "node:fs";
import { systemClock } from "../../../src/compose/systemClock";
import type { ChatModel } from "../../../src/core/dispatch/chatModel";
import { createDispatcher } from "../../../src/core/dispatch/dispatcher";
import type { Dispatcher } from "../../../src/core/dispatch/dispatcher";
import { succeed } from "../../../src/core/dispatch/failure";
import { createSharedLimiter } from "../../../src/core/limits/sharedLimiter";
import { findModel } from "../../../src/core/models/catalogue";
import type { Model } from "../../../src/core/models/model";
import type { TokenCounter } from "../../../src/core/tokens/tokenCounter";
import { createTokenCounter } from "../../../src/groq/tokenCounter";
import { createStoreClient } from "../../../src/store/storeClient";
import type { StoreClient } from "../../../src/store/storeClient";
import { bundleProgram } from "../../fakes/bundledProgram";
import { CountingTokens } from "../../fakes/countingTokens";
import { FixedChance } from "../../fakes/fixedChance";
import { TemporaryFolder } from "../../fakes/temporaryFolder";
import { printMeasures } from "../harness/goalTable";
import type { Measure } from "../harness/goalTable";

const warmUp = 100;
const requests = 2000;

/** Prints what the gate itself costs a request: everything but the service, on the real store and tokenizer. */
export async function run(): Promise<void> {
  using folder = new TemporaryFolder();
  const storeWorker = folder.file("storeWorker.mjs");
  const tokenWorker = folder.file("tokenWorker.mjs");
  await bundleProgram("src/store/worker.ts", storeWorker);
  await bundleProgram("src/groq/tokenWorker.ts", tokenWorker);

  // The data of languages belong to the process, whichever thread loads them first.
  new Intl.NumberFormat().format(0);
  new Intl.DateTimeFormat().format(0);
  const before = ownMemory();
  const store = createStoreClient(storeWorker, folder.file("groqCoder.db"));
  const estimating = gateOn(store, new CountingTokens());
  await timeRequest(estimating, 0);
  const memory = ownMemory() - before;

  const tokens = createTokenCounter(tokenWorker);
  const gate = gateOn(store, tokens);
  for (let each = 0; each < warmUp; each++) await timeRequest(gate, each);
  const times: Times[] = [];
  for (let each = 0; each < requests; each++) times.push(await timeRequest(gate, each));
  const rate = await tokenRate(tokens);
  await Promise.all([store.close(), tokens.close()]);
  printMeasures([
    ...measuresOf(times),
    {
      title: "memory of gate and store after the first request",
      unit: "MB",
      goal: 15,
      samples: [memory],
    },
  ]);
  console.log(`tokenizer: ${rate.toFixed(1)} million tokens a second (>= 2)`);
}

interface Times {
  /** Of both, the time that the calling thread was on a processor. */
  readonly ownMs: number;
  /** From the act to the request being handed to the client. */
  readonly untilSentMs: number;
  /** From the client's last event to the settled end. */
  readonly untilSettledMs: number;
}

function measuresOf(times: readonly Times[]): Measure[] {
  const own = times.map(({ ownMs }) => ownMs);
  return [
    { title: "the gate's own work on the host's thread", unit: "ms", samples: own },
    { title: "... 99th percentile", unit: "ms", goal: 2, samples: [percentile(own)] },
    {
      title: "from the act to the client, store and tokenizer included",
      unit: "ms",
      samples: times.map(({ untilSentMs }) => untilSentMs),
    },
    {
      title: "from the last event to the settled end",
      unit: "ms",
      samples: times.map(({ untilSettledMs }) => untilSettledMs),
    },
  ];
}

async function timeRequest(gate: Dispatcher, number: number): Promise<Times> {
  const content = `${source.slice(0, 4000)}\n// question ${number}`;
  const task = {
    kind: "chat",
    conversationId: `c${number % 20}`,
    model,
    messages: [
      { role: "system", content: "Answer briefly." },
      { role: "user", content },
    ],
    outputNeed: 1024,
    outputFloor: 512,
  } as const;
  const startedAt = performance.now();
  const cpu = threadCpuMs();
  let untilSentMs = 0;
  let lastEventAt = 0;
  for await (const event of gate.dispatch(task, new AbortController().signal)) {
    if (event.kind === "sent") untilSentMs = performance.now() - startedAt;
    if (event.kind === "text") lastEventAt = performance.now();
    if (event.kind === "ended" && event.outcome.kind === "failed")
      throw new Error(event.outcome.failure.kind);
  }
  const ownMs = threadCpuMs() - cpu;
  return { ownMs, untilSentMs, untilSettledMs: performance.now() - lastEventAt };
}

function gateOn(store: StoreClient, tokens: TokenCounter): Dispatcher {
  const clock = systemClock;
  const limiter = createSharedLimiter({
    key: { account: "bench", model: model.id },
    store: store.limits,
    moment: () => ({ nowMs: clock.now(), monotonicMs: clock.monotonic() }),
    // Known, and never short.
    limits: () => ({ rpm: 1e6, rpd: 1e9, tpm: 1e9, tpd: 1e12 }),
    ownLimits: () => ({}),
    onStoreChange: store.onChange,
  });
  let calls = 0;
  return createDispatcher({
    chatModelFor: () => immediateModel,
    clock,
    ledger: store.ledger,
    tokens,
    caps: () => ({ session: 10n ** 18n, day: 10n ** 18n, month: 10n ** 18n }),
    chance: new FixedChance(),
    accountFor: () => Promise.resolve(succeed("bench")),
    limiterFor: () => limiter,
    workspace: () => "bench",
    noteOrganization: () => Promise.resolve(),
    holdUps: store.holdUps,
    offers: () => ({ models: [] }),
    newId: () => `call ${process.hrtime.bigint()} ${++calls}`,
  });
}

/** Answers at once, so that only the gate takes time. */
const immediateModel: ChatModel = {
  async *stream() {
    await Promise.resolve();
    yield { kind: "limits", reported: { tpm: { limit: 1e9, remaining: 1e9 - 3000 } } };
    yield { kind: "finish", reason: "stop" };
    const usage = {
      promptTokens: 1200,
      cachedTokens: 0,
      completionTokens: 300,
      reasoningTokens: 0,
    };
    yield { kind: "usage", usage };
    yield { kind: "text", text: "done" };
  },
};

/** Over the source of this project, as often as makes a second's work. */
async function tokenRate(tokens: TokenCounter): Promise<number> {
  const text = source.repeat(Math.ceil(2_000_000 / source.length));
  await tokens.count([text.slice(0, 100_000)]);
  const parts = Array.from({ length: 20 }, (_, part) =>
    text.slice(part * 100_000, (part + 1) * 100_000),
  );
  const startedAt = performance.now();
  const counts = (await tokens.count(parts)) ?? [];
  const seconds = (performance.now() - startedAt) / 1000;
  return counts.reduce((sum, count) => sum + count, 0) / seconds / 1e6;
}

/** Newer than the types that this project is checked against (Node 23.9). */
const { threadCpuUsage } = process as unknown as {
  threadCpuUsage(): { readonly user: number; readonly system: number };
};

function threadCpuMs(): number {
  const { user, system } = threadCpuUsage();
  return (user + system) / 1000;
}

function percentile(samples: readonly number[]): number {
  return samples.toSorted((a, b) => a - b)[Math.floor(samples.length * 0.99)] ?? Number.NaN;
}

/**
 * Megabytes that are the process's own. Resident memory also counts the pages of Node's program file that a first
 * thread touches, some 8 MB; where the system does not tell them apart, it is that.
 */
function ownMemory(): number {
  globalThis.gc?.();
  try {
    const rollup = readFileSync("/proc/self/smaps_rollup", "utf8");
    return Number(/^Anonymous:\s+(\d+) kB/m.exec(rollup)?.[1]) / 1000;
  } catch {
    return process.memoryUsage().rss / 1e6;
  }
}

const source = ["src/core/limits/learn.ts", "src/core/dispatch/attempt.ts", "README.md"]
  .map((file) => readFileSync(file, "utf8"))
  .join("\n");

const model = theModel();

function theModel(): Model {
  const found = findModel("openai/gpt-oss-120b");
  if (found === undefined) throw new Error("the default model is gone");
  return found;
}
