import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "test/unit/**/*.test.ts",
      "test/security/**/*.test.ts",
      "test/groqServer/**/*.test.ts",
    ],
    alias: { vscode: new URL("test/fakes/vscode.ts", import.meta.url).pathname },
  },
});
