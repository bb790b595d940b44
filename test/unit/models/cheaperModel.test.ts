import { describe, expect, it } from "vitest";
import { costOf } from "../../../src/core/budget/price";
import type { TaskKind } from "../../../src/core/dispatch/ledger";
import { findModel } from "../../../src/core/models/catalogue";
import { timesTheFastPrice } from "../../../src/core/models/cheaperModel";
import type { Model } from "../../../src/core/models/model";

function model(id: string): Model {
  const found = findModel(id);
  if (found === undefined) throw new Error(`no model ${id}`);
  return found;
}

const large = model("openai/gpt-oss-120b");
const small = model("openai/gpt-oss-20b");
const { price: _, ...unpriced } = small;

interface Case {
  readonly task?: TaskKind;
  readonly by?: Model;
  readonly fast?: Model;
  readonly promptTokens?: number;
  readonly estimated?: boolean;
}

function times({
  task = "document",
  by = large,
  fast = small,
  promptTokens = 1000,
  estimated = false,
}: Case) {
  const usage = { promptTokens, cachedTokens: 0, completionTokens: 500, reasoningTokens: 0 };
  const cost = by.price && costOf(usage, by.price);
  const settlement = { usage, cost, estimated, timeToFirstTokenMs: 1, durationMs: 2 };
  return timesTheFastPrice({ task, settlement }, by, fast);
}

describe("a hint at the fast model", () => {
  it("tells how many times its price was paid", () => {
    expect(times({})).toBe(2);
    expect(times({ task: "explain" })).toBe(2);
  });

  it.each<[string, Case]>([
    ["work that needs thought", { task: "edit" }],
    ["a question", { task: "chat" }],
    ["4,000 tokens", { promptTokens: 3500 }],
    ["the fast model itself", { by: small }],
    ["one that is not dearer", { by: small, fast: large }],
    ["no known price", { fast: unpriced }],
    ["a cost that is only an estimate", { estimated: true }],
  ])("is silent for %s", (_name, asked) => expect(times(asked)).toBeUndefined());

  it("stands for all that is smaller", () => {
    expect(times({ promptTokens: 3499 })).toBe(2);
  });
});
