import type { ServerResponse } from "node:http";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Clock } from "../time/clock";
import type { WireStep } from "./wireStep";

/** How sending a reply ended, seen from the server. */
export type Finish = "complete" | "clientLeft" | "broken";

/**
 * Takes the steps on a real connection, each when it is due. Resolves in every case; steps that are
 * left over when the client or the server gives up are returned to their generator.
 */
export async function playSteps(
  steps: Iterable<WireStep>,
  response: ServerResponse,
  clock: Clock,
  signal: AbortSignal,
): Promise<Finish> {
  const startedAt = clock.now();
  try {
    for (const step of steps) {
      switch (step.kind) {
        case "head":
          response.writeHead(step.status, step.headers);
          response.flushHeaders();
          break;
        case "bytes":
          if (step.dueMs > 0) await clock.sleepUntil(startedAt + step.dueMs, signal);
          if (!response.write(step.bytes)) await drained(response, signal);
          break;
        case "pause":
          await clock.sleepUntil(clock.now() + step.ms, signal);
          break;
        case "end":
          response.end();
          break;
        case "close":
          await nextTurn();
          response.socket?.end();
          return "broken";
        case "reset":
          await nextTurn();
          response.socket?.resetAndDestroy();
          return "broken";
      }
    }
    return "complete";
  } catch (error) {
    if (signal.aborted) return "clientLeft";
    throw error;
  }
}

function drained(response: ServerResponse, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      response.off("drain", settle);
      signal.removeEventListener("abort", settle);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    };
    response.once("drain", settle);
    signal.addEventListener("abort", settle, { once: true });
  });
}
