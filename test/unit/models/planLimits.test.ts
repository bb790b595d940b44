import { describe, expect, it } from "vitest";
import { findModel } from "../../../src/core/models/catalogue";
import { planEvidence, planLimits, recognisePlan } from "../../../src/core/models/planLimits";
import type { Plan, HeaderLimits } from "../../../src/core/models/planLimits";

function model(id: string) {
  const found = findModel(id);
  if (found === undefined) throw new Error(`no model ${id}`);
  return found;
}

const gptOss = model("openai/gpt-oss-120b");

describe("the limits to begin with", () => {
  const check = (plan: Plan, id: string, tokensPerMinute: number | undefined) =>
    it(`${plan}, ${id}: ${tokensPerMinute}`, () =>
      expect(planLimits(model(id), plan).tpm).toBe(tokensPerMinute));
  check("auto", gptOss.id, 8000);
  check("free", gptOss.id, 8000);
  check("developer", gptOss.id, 250_000);
  // Where the paid limits are not known, the free ones are the safe ones.
  check("developer", "qwen/qwen3.8-27b", 8000);
  check("enterprise", gptOss.id, undefined);
  check("custom", gptOss.id, undefined);
});

describe("what headers tell of the plan", () => {
  const check = (told: HeaderLimits, plan: string | undefined, limits: object) =>
    it(`${JSON.stringify(told)}: ${plan ?? "no published plan"}`, () => {
      expect(recognisePlan(gptOss, told)).toBe(plan);
      expect(planLimits(gptOss, "auto", told)).toEqual(limits);
    });
  check({}, undefined, { rpm: 30, rpd: 1000, tpm: 8000, tpd: 200_000 });
  check({ rpd: 1000, tpm: 8000 }, "free", { rpm: 30, rpd: 1000, tpm: 8000, tpd: 200_000 });
  check({ rpd: 500_000, tpm: 250_000 }, "developer", { rpm: 1000, rpd: 500_000, tpm: 250_000 });
  // Lower than the free plan's: what is not told is not better than there.
  check({ rpd: 500, tpm: 6000 }, undefined, { rpm: 30, rpd: 500, tpm: 6000, tpd: 200_000 });
  // Higher: a contract whose other limits only a refusal can tell.
  check({ rpd: 1000, tpm: 20_000 }, undefined, { rpd: 1000, tpm: 20_000 });
});

it("a plan that was chosen holds whatever headers tell", () => {
  expect(planLimits(gptOss, "free", { tpm: 250_000 }).tpd).toBe(200_000);
});

describe("why a plan's limits hold", () => {
  const free = { rpd: 1000, tpm: 8000 };
  it.each<[Plan, HeaderLimits, object]>([
    ["developer", free, { kind: "set", plan: "developer" }],
    ["auto", {}, { kind: "assumedFree" }],
    ["auto", free, { kind: "recognised", plan: "free", told: free }],
    ["auto", { tpm: 250_000 }, { kind: "recognised", plan: "developer", told: { tpm: 250_000 } }],
    ["auto", { tpm: 6000 }, { kind: "ownLimits", told: { tpm: 6000 } }],
  ])("%s, %o", (plan, told, evidence) =>
    expect(planEvidence(gptOss, plan, told)).toEqual(evidence),
  );
});
