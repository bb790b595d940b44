import { beforeEach, describe, expect, it } from "vitest";
import type { UsageQueries } from "../../../src/core/budget/usageQueries";
import { fail, succeed } from "../../../src/core/dispatch/failure";
import { createModelBook } from "../../../src/core/models/modelBook";
import { unknownModel } from "../../../src/core/models/modelRows";
import { createProjectionTab } from "../../../src/host/usageView/projectionTab";
import type { ProjectionParts } from "../../../src/host/usageView/projectionTab";
import { decodeUsageHostMessage } from "../../../src/protocol/usageMessages";
import type { ProjectionForm, ProjectionResult } from "../../../src/protocol/projectionMessages";
import { FakeClock } from "../../fakes/fakeClock";
import { fakeEditor } from "../../fakes/fakeEditor";

const big = "openai/gpt-oss-120b";
const small = "openai/gpt-oss-20b";
const typed = {
  callsADay: "100",
  inputTokens: "20000",
  outputTokens: "4000",
  cachedPercent: "0",
  batchPercent: "0",
  daysAMonth: "30",
};
const noCalls: UsageQueries = {
  spentByModel: () => Promise.resolve(succeed([])),
  spentByHour: () => Promise.resolve(succeed([])),
};

let forms: ProjectionForm[];
let results: ProjectionResult[];
beforeEach(() => {
  fakeEditor.reset();
  forms = [];
  results = [];
});

function tabWith(given: Partial<ProjectionParts> = {}) {
  const settings = {
    book: createModelBook(undefined, new Map([["some/model", { limits: {} }]])),
    plan: "auto" as const,
    fallback: undefined,
  };
  const parts: ProjectionParts = {
    usage: noCalls,
    clock: new FakeClock(),
    settings: () => settings,
    limitsOf: (model) => Promise.resolve(model.free ?? {}),
    ...given,
  };
  return createProjectionTab(parts, (message) => {
    // What the page would not understand is not shown.
    const heard = decodeUsageHostMessage(message);
    if (heard?.type === "projectionForm") forms.push(heard.form);
    if (heard?.type === "projection") results.push(heard.result);
  });
}

function rowOf(id: string): readonly string[] | undefined {
  return results.at(-1)?.table?.rows.find(({ head }) => head === id)?.cells;
}

async function hear(
  more: Partial<typeof typed>,
  plan: "account" | "free" | "developer" = "free",
  given: Partial<ProjectionParts> = {},
): Promise<void> {
  await tabWith(given).hear({ type: "project", typed: { ...typed, ...more }, plan });
}

describe("the table", () => {
  it("100 runs a day of 20k and 4k tokens: $16.20, and never on the free plan", async () => {
    await hear({});
    expect(rowOf(big)).toEqual([
      "$16.20",
      "none",
      "One request is too large: Tokens a minute (TPM) 8,000",
    ]);
    expect(rowOf(small)?.[0]).toBe("$8.10");
  });

  it.each([
    ["1500", "500", "100", "Tokens a day (TPD) would be the first, at 100 requests"],
    ["6000", "2000", "25", "Tokens a day (TPD): 25 of 100 requests"],
  ])("free plan, %s + %s tokens: %s a day", async (inputTokens, outputTokens, most, words) => {
    await hear({ inputTokens, outputTokens });
    expect(rowOf(big)?.slice(1)).toEqual([most, words]);
  });

  it("has no price, never $0, for a model whose price is not known", async () => {
    await hear({});
    expect(rowOf("some/model")).toEqual(["no price known", "not known", "No limit is known"]);
  });

  it("has every chat model once, and the second provider's", async () => {
    const model = { ...unknownModel("local", "test"), provider: "fallback" as const };
    const fallback = { baseUrl: "http://localhost:1/v1", model };
    const book = createModelBook(undefined, new Map());
    await hear({}, "free", { settings: () => ({ book, plan: "auto", fallback }) });
    const heads = results.at(-1)?.table?.rows.map(({ head }) => head) ?? [];
    expect(heads).toContain("local (second provider)");
    expect(heads).toContain("qwen/qwen3.8-27b (preview)");
    expect(heads).not.toContain("llama-3.1-8b-instant");
    expect(new Set(heads).size).toBe(heads.length);
  });

  it("goes by what is known of the account when that is asked for", async () => {
    const small8k = { inputTokens: "6000", outputTokens: "2000" };
    await hear(small8k, "account", { limitsOf: () => Promise.resolve({ tpd: 80_000 }) });
    expect(rowOf(big)?.[1]).toBe("10");
    await hear(small8k, "developer");
    expect(rowOf(big)?.[1]).toBe("45,000");
    expect(rowOf("qwen/qwen3.8-27b (preview)")?.[1]).toBe("not known");
  });
});

describe("the sentence that is read out", () => {
  it("names the cheapest, and where all of it fits", async () => {
    await hear({ inputTokens: "1500", outputTokens: "500" });
    expect(results.at(-1)?.summary).toBe(`${small}: $0.788 a month. All of it fits.`);
    await hear({}, "account", {
      limitsOf: ({ id }) => Promise.resolve(id === big ? { tpm: 250_000 } : { tpm: 8000 }),
    });
    expect(results.at(-1)?.summary).toBe(
      `${small}: $8.10 a month. One request is too large: Tokens a minute (TPM) 8,000. All of it fits on ${big}: $16.20 a month.`,
    );
  });

  it("says how batches differ only where there are some", async () => {
    await hear({ batchPercent: "50" });
    expect(results.at(-1)?.notes).toContain(
      "Batches cost half, have no cache, and have limits of their own.",
    );
    await hear({});
    expect(results.at(-1)?.notes.join()).not.toContain("Batches");
  });
});

it.each([
  ["callsADay", ""],
  ["callsADay", "many"],
  ["inputTokens", "1.5"],
  ["inputTokens", "-3"],
  ["cachedPercent", "101"],
  ["outputTokens", "1e99"],
])("%s %j is a problem of its field, and nothing is worked out", async (field, value) => {
  await hear({ [field]: value });
  const [result] = results;
  expect(result?.problems.map(({ name }) => name)).toEqual([field]);
  expect(result?.table).toBeUndefined();
});

it("a field that is missing is a problem, too", async () => {
  await tabWith().hear({ type: "project", typed: { callsADay: "1" }, plan: "free" });
  expect(results[0]?.problems).toHaveLength(5);
});

describe("the form", () => {
  const usage: UsageQueries = {
    spentByModel: (month) =>
      Promise.resolve(
        succeed([
          {
            model: big,
            provider: "groq",
            cost: 1n,
            calls: month === "2026-10" ? 2 : 0,
            estimated: false,
            unpriced: 0,
            usage: {
              promptTokens: month === "2026-10" ? 5000 : 0,
              cachedTokens: 0,
              completionTokens: month === "2026-10" ? 600 : 0,
              reasoningTokens: 0,
            },
          },
        ]),
      ),
    spentByHour: () => Promise.resolve(succeed([])),
  };
  const valueOf = (name: string) => forms[0]?.fields.find((field) => field.name === name)?.value;

  it("begins with the user's own mean request, of the month before, too", async () => {
    await tabWith({ usage, clock: new FakeClock(Date.UTC(2026, 10, 2, 12)) }).draw();
    expect([valueOf("inputTokens"), valueOf("outputTokens")]).toEqual(["2500", "300"]);
    expect(forms[0]?.origin).toContain("your average");
    expect(results).toHaveLength(1);
  });

  it.each([
    [Date.UTC(2026, 2, 1, 12), ["2026-02", "2026-03"], "2026-02-01"],
    [Date.UTC(2026, 0, 31, 23, 59), ["2025-12", "2026-01"], "2025-12-01"],
  ])("looks at two whole months on any day (%d)", async (now, months, since) => {
    const asked: string[] = [];
    const watched: UsageQueries = {
      spentByModel(month) {
        asked.push(month);
        return noCalls.spentByModel(month);
      },
      spentByHour(day) {
        asked.push(day);
        return noCalls.spentByHour(day);
      },
    };
    await tabWith({ usage: watched, clock: new FakeClock(now) }).draw();
    expect(asked.toSorted()).toEqual([...months, since].toSorted());
  });

  it("begins with an assumed one while the store cannot tell", async () => {
    const failure = fail({ kind: "storeUnavailable", detail: "" });
    const broken: UsageQueries = {
      spentByModel: () => Promise.resolve(failure),
      spentByHour: () => Promise.resolve(failure),
    };
    await tabWith({ usage: broken }).draw();
    expect(forms[0]?.origin).toContain("assumed");
    expect(results[0]?.problems).toEqual([]);
  });
});

it("draws the latest of two changes, whichever is known first", async () => {
  const held: (() => void)[] = [];
  let looks = 0;
  const tab = tabWith({
    limitsOf: () =>
      looks++ < 4
        ? new Promise((resolve) => held.push(() => resolve({ tpd: 1 })))
        : Promise.resolve({ tpd: 1_000_000 }),
  });
  const first = tab.hear({ type: "project", typed, plan: "account" });
  await tab.hear({ type: "project", typed: { ...typed, callsADay: "7" }, plan: "account" });
  for (const release of held) release();
  await first;
  expect(results).toHaveLength(1);
  expect(rowOf(big)?.[1]).toBe("41");
});

it("shows the flat price list as superseded, with the dates", async () => {
  await hear({});
  const { title, table } = results[0]?.superseded ?? {};
  expect(title).toContain("superseded");
  const text = JSON.stringify(table);
  for (const part of ["$0.10 for all", "$0.15 for all", "2026-04", "2026-06-04", "there is one"])
    expect(text).toContain(part);
});
