import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "test/unit/**/*.test.ts",
      "test/security/**/*.test.ts",
      "test/groqServer/**/*.test.ts",
    ],
    setupFiles: ["test/unit/propertySeed.ts"],
    alias: { vscode: new URL("test/fakes/vscode.ts", import.meta.url).pathname },
  },
});
