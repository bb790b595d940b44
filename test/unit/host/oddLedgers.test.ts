import { describe, expect, it } from "vitest";
import { exportCalls } from "../../../src/core/budget/exportCalls";
import { formatDollars, parseDollars } from "../../../src/core/budget/money";
import { succeed } from "../../../src/core/dispatch/failure";
import { budgetReport } from "../../../src/host/usageView/budgetReport";
import { readFacts } from "../../../src/host/usageView/reportFacts";
import type { ReportView } from "../../../src/protocol/reportMessages";
import { useUsagePage } from "./usageBench";

const bench = useUsagePage();
const dollar = 1_000_000_000_000n;

/** A call of the ledger: what is not given is today's, in a folder called "project". */
interface Booked {
  readonly cost: bigint;
  readonly day?: string;
  readonly model?: string;
  readonly workspace?: string;
  readonly task?: string;
}

const ledgers: readonly (readonly [name: string, calls: readonly Booked[]])[] = [
  ["one call", [{ cost: dollar / 3n }]],
  ["a picodollar", [{ cost: 1n }]],
  ["$9,000 and a picodollar", [{ cost: 9000n * dollar }, { cost: 1n }]],
  ["calls that cost nothing", [{ cost: 0n }, { cost: 0n }]],
  ["one booked while the clock was a year ahead", [{ cost: dollar, day: "2027-11-20" }]],
  [
    "40 models",
    Array.from({ length: 40 }, (_, at) => ({ cost: BigInt(at) * dollar, model: `m/${at}` })),
  ],
  [
    "names from anywhere",
    ["", "a, b", 'say "hi"', "=cmd|' /C calc'!A0", "two\nlines", "\u{1F600}", "+1", "a|b"].map(
      (workspace) => ({ cost: dollar, workspace }),
    ),
  ],
  ["kinds of work of a newer version", [{ cost: dollar, task: "translate" }, { cost: dollar }]],
];

describe.each(ledgers)("%s", (_, calls) => {
  const total = calls.reduce((sum, { cost }) => sum + cost, 0n);

  async function shown(): Promise<ReportView> {
    for (const [at, { cost, ...given }] of calls.entries())
      bench.spend(`${at}`, given as Parameters<typeof bench.spend>[1], cost);
    await bench.open({}, { tab: "report", period: { kind: "all" } });
    return bench.shown();
  }

  it("is the same sum in each part of the page", async () => {
    const { tiles, sections } = await shown();
    expect(tiles.find(({ label }) => label === "In this period")).toMatchObject({
      value: formatDollars(total),
      detail: calls.length === 1 ? "1 request" : `${calls.length} requests`,
    });
    for (const id of ["byModel", "byTask", "byWorkspace"]) {
      const { chart, table } = sections.find((one) => one.id === id) ?? {};
      const drawn = (chart?.values ?? []).flat().reduce((sum, value) => sum + value, 0);
      expect(drawn).toBeCloseTo(Number(total) / 1e12, 6);
      const requests = table?.rows.map(({ cells }) => Number(cells.at(-1))) ?? [];
      expect(requests.reduce((sum, count) => sum + count, 0)).toBe(calls.length);
    }
  });

  it("is the same sum in each export", async () => {
    await shown();
    const source = bench.partsOf().calls;
    const text = async (format: "csv" | "json") => {
      let written = "";
      await exportCalls(source, format, (part) => {
        written += part;
        return Promise.resolve(succeed(undefined));
      });
      return written;
    };
    const rows: unknown = JSON.parse(await text("json"));
    expect(rows).toHaveLength(calls.length);
    const exported = rows as { costUsd: string; task: string }[];
    const costs = exported.map(({ costUsd }) => parseDollars(costUsd) ?? 0n);
    expect(costs.reduce((sum, cost) => sum + cost, 0n)).toBe(total);
    expect(exported.map(({ task }) => task)).toEqual(calls.map(({ task = "chat" }) => task));
    // A cell with a line break is quoted; a record ends with CR LF.
    expect((await text("csv")).trimEnd().split("\r\n")).toHaveLength(calls.length + 1);
    const facts = await readFacts(bench.partsOf(), { kind: "all" });
    if (!facts.ok) throw new Error(facts.failure.kind);
    const report = budgetReport(facts.value, {});
    expect(report).toContain(`| Spent | ${formatDollars(total)} |`);
    expect(report).toContain(`| Requests | ${calls.length} |`);
  });
});

it("an unknown price is nowhere nothing in the budget report", async () => {
  bench.spend("1", { model: "someone/new" }, undefined);
  const facts = await readFacts(bench.partsOf(), { kind: "month" });
  if (!facts.ok) throw new Error(facts.failure.kind);
  const report = budgetReport(facts.value, {});
  expect(report).toContain("| Spent | no price known |");
  expect(report).toContain("| Saved by the cache, at today's prices | no price known |");
  expect(report).not.toMatch(/\$0\.00(?!\d)/);
});
