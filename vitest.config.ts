import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // By default one core stays free, which is half of a small machine.
    maxWorkers: "100%",
    // Begun in half the time of processes; each file still has a module graph of its own.
    pool: "threads",
    include: [
      "test/unit/**/*.test.ts",
      "test/security/**/*.test.ts",
      "test/groqServer/**/*.test.ts",
    ],
    // Ends what hangs; a slow machine is no failure, and the benchmarks tell how long things take.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 60_000 } },
    setupFiles: ["test/unit/propertySeed.ts"],
    alias: { vscode: new URL("test/fakes/vscode.ts", import.meta.url).pathname },
  },
});
