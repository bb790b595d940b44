import { describe, expect, it } from "vitest";
import { createLimiters } from "../../../src/compose/limiters";
import { findModel } from "../../../src/core/models/catalogue";
import type { Plan } from "../../../src/host/settings";
import { FakeClock } from "../../fakes/fakeClock";
import { useUp } from "../../fakes/useUp";

function model(id: string) {
  const found = findModel(id);
  if (found === undefined) throw new Error(`no model ${id}`);
  return found;
}

const gptOss = model("openai/gpt-oss-120b");

describe("the limits that hold before a header told others", () => {
  const check = (plan: Plan, id: string, tokensPerMinute: number | undefined) =>
    it(`${plan}, ${id}: ${tokensPerMinute}`, () => {
      const limiterFor = createLimiters(new FakeClock(), () => plan);
      expect(limiterFor(model(id)).minute(0)?.limit).toBe(tokensPerMinute);
    });
  check("auto", gptOss.id, 8000);
  check("free", gptOss.id, 8000);
  check("developer", gptOss.id, 250_000);
  // Where the paid limits are not known, the free ones are the safe ones.
  check("developer", "qwen/qwen3.8-27b", 8000);
  check("enterprise", gptOss.id, undefined);
  check("custom", gptOss.id, undefined);
});

it("keeps what was taken of one model, apart from others", () => {
  const limiterFor = createLimiters(new FakeClock(), () => "free");
  useUp(limiterFor(gptOss), 5000, 0);
  expect(limiterFor(gptOss).minute(0)?.free).toBe(3000);
  expect(limiterFor(model("openai/gpt-oss-20b")).minute(0)?.free).toBe(8000);
});

it("a plan that is changed holds from the next request on", () => {
  let plan: Plan = "free";
  const limiterFor = createLimiters(new FakeClock(), () => plan);
  expect(limiterFor(gptOss).minute(0)?.limit).toBe(8000);
  plan = "developer";
  expect(limiterFor(gptOss).minute(0)?.limit).toBe(250_000);
});
