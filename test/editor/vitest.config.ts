import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: ["test/editor/journeys/**/*.journey.ts"],
    // Journeys mostly wait for an editor; more than two at a time would wait for each other.
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // As long as Playwright waits: one second is short on a busy machine.
    expect: { poll: { timeout: 60_000 } },
  },
});
