import { setTimeout as delay } from "node:timers/promises";
import { startGroqServer } from "../../groqServer/groqServer";

const seconds = 5;

/** Prints what a server that has served and waits costs the processor, with a connection open. */
export async function run(): Promise<void> {
  const server = await startGroqServer({ speed: "model" });
  const headers = { authorization: "Bearer gsk_bench" };
  await (await fetch(`${server.origin}/openai/v1/models`, { headers })).text();
  await delay(500);
  const before = process.cpuUsage();
  await delay(seconds * 1_000);
  const { user, system } = process.cpuUsage(before);
  await server.close();
  const core = ((user + system) / 1_000_000 / seconds) * 100;
  console.log(`idle: ${core.toFixed(2)} % of a core over ${seconds} s`);
}
