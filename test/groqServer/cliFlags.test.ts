import { describe, expect, it } from "vitest";
import { parseFlags } from "./cliFlags";

describe("flags", () => {
  it("have defaults for a person who tries it", () => {
    expect(parseFlags([])).toEqual({
      port: 0,
      plan: "free",
      speed: "model",
      clock: "real",
      switches: {},
    });
  });

  it("set everything", () => {
    const line =
      "--port 8080 --plan developer --speed 1000 --clock 60 --record a --replay b " +
      "--switch unusedOutput=kept --switch flexCapacity=full";
    expect(parseFlags(line.split(" "))).toEqual({
      port: 8_080,
      plan: "developer",
      speed: 1_000,
      clock: { factor: 60 },
      switches: { unusedOutput: "kept", flexCapacity: "full" },
      record: "a",
      replay: "b",
    });
  });

  it.each([
    [["--port", "none"], "--port is a number from 0 to 65535"],
    [["--plan", "gold"], "--plan is free, developer or custom"],
    [["--speed", "0"], "--speed is a number from 1"],
    [["--switch", "unusedOutput"], "--switch wants NAME=VALUE"],
    [["--switch", "unusedOutput=lost"], "refunded, kept"],
    [["--tempo"], "Unknown option '--tempo'"],
  ])("%j is refused with a sentence", (args, sentence) => {
    expect(() => parseFlags(args)).toThrow(sentence);
  });
});
