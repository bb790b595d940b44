import { onTestFinished } from "vitest";
import { type GroqServer, startGroqServer } from "../groqServer";
import type { GroqServerOptions } from "../groqServerOptions";

/** A Friday noon, so that nothing depends on the day the tests run. */
export const testStart = Date.UTC(2026, 10, 20, 12);

/** Starts a server whose clock only the test moves; it closes when the test has finished. */
export async function startForTest(options: GroqServerOptions = {}): Promise<GroqServer> {
  const server = await startGroqServer({ clock: "stepped", startAt: testStart, ...options });
  onTestFinished(() => server.close());
  return server;
}
