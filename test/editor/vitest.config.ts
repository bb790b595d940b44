import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: ["test/editor/journeys/**/*.journey.ts"],
    // One editor at a time: two would share the machine, and times would say nothing.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // As long as Playwright waits: one second is short on a busy machine.
    expect: { poll: { timeout: 30_000 } },
  },
});
