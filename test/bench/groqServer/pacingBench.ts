import { request } from "node:http";
import { startGroqServer } from "../../groqServer/groqServer";

const streams = 16;
const tokensPerSecond = 1_000;
const tokens = 4_000;

/**
 * Runs 16 streams of 1,000 tokens a second at once, client and server in one process, and prints how
 * far each is from its pace: over its whole length, and each token from the moment it was due.
 */
export async function run(): Promise<void> {
  const server = await startGroqServer({ speed: tokensPerSecond, plan: "developer" });
  for (let index = 0; index < streams; index += 1) {
    server.queueAnswer({ chunks: Array.from({ length: tokens }, () => " count") });
  }
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const arrivals = await Promise.all(
    Array.from({ length: streams }, () => readStream(server.origin)),
  );
  const wallMs = performance.now() - startedAt;
  const cpu = process.cpuUsage(cpuBefore);
  await server.close();

  const rateErrors = arrivals.map((times) => Math.abs(rateOf(times) / tokensPerSecond - 1));
  const lateness = arrivals.flatMap(latenessOf).toSorted((a, b) => a - b);
  const core = ((cpu.user + cpu.system) / 1_000 / wallMs) * 100;
  console.log(`pacing: ${streams} streams of ${tokens} tokens at ${tokensPerSecond}/s`);
  console.log(
    `  largest error of a stream's rate  ${(Math.max(...rateErrors) * 100).toFixed(2)} %`,
  );
  console.log(`  token after it was due, median    ${at(lateness, 0.5).toFixed(1)} ms`);
  console.log(`  token after it was due, p99       ${at(lateness, 0.99).toFixed(1)} ms`);
  console.log(`  processor, client and server      ${core.toFixed(0)} % of a core`);
}

/** Arrival time of each content token, in milliseconds. */
function readStream(origin: string): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const times: number[] = [];
    const outgoing = request(
      `${origin}/openai/v1/chat/completions`,
      { method: "POST", headers: { authorization: "Bearer gsk_bench" } },
      (response) => {
        response.on("data", (part: Buffer) => {
          const now = performance.now();
          let from = part.indexOf(contentMark);
          while (from >= 0) {
            times.push(now);
            from = part.indexOf(contentMark, from + 1);
          }
        });
        response.on("end", () => resolve(times));
      },
    );
    outgoing.on("error", reject);
    const messages = [{ role: "user", content: "Count." }];
    outgoing.end(JSON.stringify({ model: "openai/gpt-oss-20b", stream: true, messages }));
  });
}

const contentMark = Buffer.from('"content":" count"');

/** Tokens per second between the first token and the last. */
function rateOf(times: readonly number[]): number {
  const elapsed = (times.at(-1) ?? 0) - (times[0] ?? 0);
  return ((times.length - 1) / elapsed) * 1_000;
}

/** How long after its moment each token came, the earliest of the stream being on time. */
function latenessOf(times: readonly number[]): number[] {
  const offsets = times.map((time, index) => time - (index * 1_000) / tokensPerSecond);
  const onTime = offsets.reduce((least, offset) => Math.min(least, offset), Infinity);
  return offsets.map((offset) => offset - onTime);
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
}
