import { afterEach, describe, expect, it } from "vitest";
import { readCommandLine } from "../../../scripts/system/commandLine.mjs";

describe("a script's arguments", () => {
  const { argv } = process;
  afterEach(() => {
    process.argv = argv;
  });
  const read = (...given: readonly string[]) => {
    process.argv = ["node", "script", ...given];
    return readCommandLine("npm run it [-- NAME]", { watch: { type: "boolean" } }, 1);
  };

  it("are taken by name and in order", () => {
    expect(read("--watch", "a")).toMatchObject({ values: { watch: true }, positionals: ["a"] });
    expect(read()).toMatchObject({ values: {}, positionals: [] });
  });

  it.each([
    [["--wach"], "Unknown option '--wach'. Usage: npm run it [-- NAME]"],
    [["a", "b"], "Unexpected argument 'b'. Usage: npm run it [-- NAME]"],
  ])("%j are refused, with the usage", (given, message) => {
    expect(() => read(...given)).toThrow(message);
  });
});
