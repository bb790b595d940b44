import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { extensions, type ExtensionContext } from "vscode";
import { watchBlocks } from "./hostBlocks.ts";
import type { HostReport, Activation } from "./hostReport.ts";

/** The longest that the extension host may be busy for a moment to count as quiet. */
const QUIET_BLOCK_MILLISECONDS = 8;
/** The editor waits ten seconds for us before it lets the others start by themselves. */
const QUIET_LOOKS = 8;
const LOOK_MILLISECONDS = 500;
/** How long after an activation its late work still counts. */
const SETTLE_MILLISECONDS = 2_000;

/**
 * Measures other extensions from inside the extension host. It activates on "*", and extensions that wait for the
 * end of the start-up wait for its promise: so they are activated here, one by one, in a host that is quiet.
 */
export async function activate(context: ExtensionContext): Promise<void> {
  const report = await measureAll(context).catch((error: unknown) => ({ problem: String(error) }));
  writeFileSync(process.env["BENCH_REPORT"] ?? "", JSON.stringify(report));
}

async function measureAll(context: ExtensionContext): Promise<HostReport> {
  const [warmUp, ...measured] = (process.env["BENCH_EXTENSIONS"] ?? "").split(",");
  await quietHost();
  // Pays for what the first activation of all costs the host.
  await extensions.getExtension(warmUp ?? "")?.activate();
  const activations: Record<string, Activation> = {};
  for (const id of measured) activations[id] = await measureActivation(id);
  const server = await serveBlocks();
  context.subscriptions.push({ dispose: () => server.close() });
  return { activations, port: (server.address() as AddressInfo).port };
}

async function quietHost(): Promise<void> {
  for (let look = 0; look < QUIET_LOOKS; look++) {
    const block = watchBlocks();
    await sleep(LOOK_MILLISECONDS);
    if (block.longest() < QUIET_BLOCK_MILLISECONDS) return;
  }
}

async function measureActivation(id: string): Promise<Activation> {
  const extension = extensions.getExtension(id);
  if (!extension || extension.isActive) throw new Error(`${id} is missing or already active`);
  collectGarbage();
  const before = process.memoryUsage();
  const block = watchBlocks();
  const started = performance.now();
  await extension.activate();
  const milliseconds = performance.now() - started;
  await sleep(SETTLE_MILLISECONDS);
  const longestBlock = block.longest();
  collectGarbage();
  const after = process.memoryUsage();
  return {
    milliseconds,
    longestBlock,
    heapBytes: after.heapUsed - before.heapUsed,
    residentBytes: after.rss - before.rss,
  };
}

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  collect();
}

/** Answers each request with the longest block since the one before. */
async function serveBlocks(): Promise<Server> {
  let block = watchBlocks();
  const server = createServer((_request, response) => {
    response.end(String(block.longest()));
    block = watchBlocks();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}
