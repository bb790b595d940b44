import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exportCalls } from "../../../src/core/budget/exportCalls";
import type { ExportFormat } from "../../../src/core/budget/exportCalls";
import type { BookedCall, UsageExport } from "../../../src/core/budget/usageExport";
import { fail, succeed } from "../../../src/core/dispatch/failure";
import { reservation } from "../store/storeSamples";

function call(position: number, given: Partial<BookedCall> = {}): BookedCall {
  return {
    ...reservation(`id ${position}`, { cost: 15_000_000n }),
    position,
    state: "settled",
    estimated: false,
    usage: { promptTokens: 100, cachedTokens: 20, completionTokens: 30, reasoningTokens: 10 },
    timeToFirstTokenMs: 41.5,
    durationMs: 250.25,
    ...given,
  };
}

/** Pages of two calls. */
function pagesOf(calls: readonly BookedCall[]): UsageExport {
  return {
    calls: (after) =>
      Promise.resolve(succeed(calls.filter(({ position }) => position > after).slice(0, 2))),
  };
}

async function exported(calls: readonly BookedCall[], format: ExportFormat): Promise<string> {
  let text = "";
  const result = await exportCalls(pagesOf(calls), format, (part) => {
    text += part;
    return Promise.resolve(succeed(undefined));
  });
  expect(result).toEqual(succeed(calls.length));
  return text;
}

const three = [
  call(1),
  call(5, { cost: undefined, timeToFirstTokenMs: undefined, durationMs: undefined, state: "open" }),
  call(9, { estimated: true, state: "crashed", waitedMs: 1500.5 }),
];

describe("calls as CSV", () => {
  it("have a line each below their names", async () => {
    expect((await exported(three, "csv")).split("\r\n")).toEqual([
      "reservedAtMs,day,hour,id,conversation,task,model,provider,account,workspace,state,estimated,costUsd,promptTokens,cachedTokens,completionTokens,reasoningTokens,waitedMs,timeToFirstTokenMs,durationMs",
      "1795176000000,2026-11-20,12,id 1,c1,chat,openai/gpt-oss-120b,groq,a1,project,settled,false,0.000015000000,100,20,30,10,0,41.5,250.25",
      "1795176000000,2026-11-20,12,id 5,c1,chat,openai/gpt-oss-120b,groq,a1,project,open,false,,100,20,30,10,0,,",
      "1795176000000,2026-11-20,12,id 9,c1,chat,openai/gpt-oss-120b,groq,a1,project,crashed,true,0.000015000000,100,20,30,10,1500.5,41.5,250.25",
      "",
    ]);
  });

  it("of an empty ledger are their names", async () => {
    expect(await exported([], "csv")).toMatch(/^reservedAtMs,[^\n]*\r\n$/);
  });

  it.each([
    ["a,b", '"a,b"'],
    ['say "so"', '"say ""so"""'],
    ["two\nlines", '"two\nlines"'],
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t=1"],
    ["\r=1", `"'\r=1"`],
    ['=HYPERLINK("x","y")', `"'=HYPERLINK(""x"",""y"")"`],
    ["a=1", "a=1"],
    ["", ""],
  ])("quote and disarm %j", async (workspace, expected) => {
    expect(await exported([call(1, { workspace })], "csv")).toContain(`,a1,${expected},settled,`);
  });
});

describe("calls as JSON", () => {
  it("are an array of objects", async () => {
    const rows: unknown = JSON.parse(await exported(three, "json"));
    expect(rows).toMatchObject([
      { id: "id 1", costUsd: "0.000015000000", promptTokens: 100, estimated: false },
      { id: "id 5", costUsd: null, durationMs: null, state: "open" },
      { id: "id 9", estimated: true, waitedMs: 1500.5 },
    ]);
  });

  it("of an empty ledger are an empty array", async () => {
    expect(JSON.parse(await exported([], "json"))).toEqual([]);
  });

  it("hold any text as it is", async () => {
    const text = fc.string({ unit: "binary" });
    await fc.assert(
      fc.asyncProperty(text, async (workspace) => {
        const rows: unknown = JSON.parse(await exported([call(1, { workspace })], "json"));
        expect(rows).toMatchObject([{ workspace }]);
      }),
    );
  });
});

it("a page that cannot be read, or written, ends the export with its failure", async () => {
  const failure = fail({ kind: "storeUnavailable", detail: "locked" });
  const writes = () => Promise.resolve(succeed(undefined));
  expect(await exportCalls({ calls: () => Promise.resolve(failure) }, "csv", writes)).toBe(failure);
  expect(await exportCalls(pagesOf(three), "csv", () => Promise.resolve(failure))).toBe(failure);
});
