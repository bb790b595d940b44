import { describe, expect, it } from "vitest";
import { fail } from "../../../src/core/dispatch/failure";
import type { ReportView, SectionView } from "../../../src/protocol/reportMessages";
import { decodeUsageHostMessage } from "../../../src/protocol/usageMessages";
import { fakeEditor } from "../../fakes/fakeEditor";
import { reservation, settlement } from "../store/storeSamples";
import { useUsagePage } from "./usageBench";

const bench = useUsagePage();
const { open, partsOf, shown, spend } = bench;

function section({ sections }: ReportView, id: string): SectionView {
  const found = sections.find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no section ${id}`);
  return found;
}

function tile({ tiles }: ReportView, label: string) {
  return tiles.find((one) => one.label === label);
}

const dollar = 1_000_000_000_000n;

describe("the report's page", () => {
  it("says the same sums in every place", async () => {
    spend("1", { day: "2026-11-03" }, dollar);
    spend("2", { day: "2026-11-20", task: "edit", workspace: "other" }, dollar / 4n);
    await open();
    const report = await shown();
    expect(tile(report, "Today")).toMatchObject({ value: "$0.25", detail: "1 request" });
    for (const label of ["This month", "In this period"])
      expect(tile(report, label)).toMatchObject({ value: "$1.25", detail: "2 requests" });
    for (const id of ["byModel", "byTask", "byWorkspace"]) {
      const { chart, table } = section(report, id);
      expect(table.rows).toHaveLength(20);
      expect(table.rows[2]?.cells.slice(-2)).toEqual(["$1.00", "1"]);
      expect(table.rows[0]?.cells.at(-2)).toBe("–");
      expect(chart?.values.flat().reduce((sum, value) => sum + value, 0)).toBe(1.25);
    }
    expect(section(report, "byTask").table.columns).toEqual([
      "Day",
      "Chat",
      "Edit",
      "Total",
      "Requests",
    ]);
  });

  it("tells a summary of a conversation from what was said, in the exported calls, too", async () => {
    spend("1", {}, dollar);
    spend("2", { task: "summary" }, dollar / 4n);
    await open();
    expect(section(await shown(), "byTask").summary).toBe(
      "Chat: $1.00 (80 %) · Summary of a conversation: $0.25 (20 %)",
    );
    expect(bench.store.readCalls(0).map(({ task }) => task)).toEqual(["chat", "summary"]);
  });

  it("never shows an unknown price as nothing, and marks estimates", async () => {
    spend("1", { model: "someone/new" }, undefined);
    bench.store.reserve(reservation("open", { model: "openai/gpt-oss-20b", cost: dollar }), {});
    await open();
    const report = await shown();
    expect(tile(report, "Today")).toEqual({
      label: "Today",
      value: "~$1.00",
      detail: "2 requests, 1 of them without a known price",
    });
    const models = section(report, "models").table.rows;
    expect(models.find(({ head }) => head === "someone/new")?.cells.slice(-2)).toEqual([
      "no price known",
      "no price known",
    ]);
    const byModel = section(report, "byModel");
    expect(byModel.table.rows.at(-1)?.cells.slice(0, 2)).toEqual(["~$1.00", "no price known"]);
    expect(byModel.summary).toContain("someone/new: no price known");
    expect(report.notes).toContain("1 request of this period has no known price and is in no sum.");
    const others = section(report, "others").table.rows;
    expect(others.length).toBeGreaterThan(3);
    for (const { cells } of others) expect(cells[0]).toMatch(/^(~\$0\.0*[1-9]\d*|no price known)$/);
  });

  it("shows over time how fast the models were, and what the cache saved", async () => {
    const speeds = [
      [3, 41, 250],
      [3, 41, 250],
      [20, 900, 1500],
    ] as const;
    for (const [at, [date, firstToken, duration]] of speeds.entries()) {
      const day = `2026-11-${String(date).padStart(2, "0")}`;
      bench.store.reserve(reservation(`${at}`, { day }), {});
      const usage = {
        promptTokens: 1e6,
        cachedTokens: 4e5,
        completionTokens: 300,
        reasoningTokens: 0,
      };
      const times = { timeToFirstTokenMs: firstToken, durationMs: duration };
      bench.store.settle(`${at}`, settlement({ usage, ...times }));
    }
    await open();
    const report = await shown();
    const first = section(report, "firstTokenOverTime");
    expect(first.chart?.series).toEqual(["openai/gpt-oss-120b"]);
    expect(first.chart?.values).toHaveLength(20);
    expect(first.table.rows[2]).toMatchObject({ head: "Nov 3", cells: ["~0.041 s"] });
    expect(first.table.rows[3]?.cells).toEqual(["–"]);
    expect(first.table.rows[19]?.cells).toEqual(["~0.93 s"]);
    const speed = section(report, "tokensPerSecondOverTime");
    expect(speed.table.rows[19]?.cells).toEqual(["~525"]);
    const { chart, summary, table } = section(report, "savings");
    expect(table.rows[2]?.cells).toEqual(["~$0.06"]);
    expect(table.rows[3]?.cells).toEqual(["–"]);
    expect(chart?.values[19]).toEqual([0.03]);
    expect(summary).toBe("~$0.09 saved by the cache, at today's prices.");
    expect(tile(report, "Saved by the cache")?.value).toBe("~$0.09");
  });

  it("of nothing at all is empty, and says so", async () => {
    await open();
    const report = await shown();
    for (const { chart, table, summary } of report.sections) {
      expect(chart).toBeUndefined();
      expect(table.rows).toEqual([]);
      expect(summary).toBe("Nothing in this period.");
    }
    expect(tile(report, "Today")?.value).toBe("$0.00");
    expect(tile(report, "Month's end")?.value).toBe("–");
  });

  it("shows what deleting all data has left as that", async () => {
    spend("1", {}, dollar);
    bench.store.deleteAll("2026-11-20");
    await open();
    const report = await shown();
    expect(tile(report, "In this period")?.value).toBe("$1.00");
    expect(section(report, "models").table.rows).toMatchObject([{ head: "deleted data" }]);
  });

  it("goes by another period, and keeps it over a reload of the page", async () => {
    spend("1", { day: "2026-08-01" }, dollar);
    spend("2", {}, dollar);
    await open();
    await shown();
    bench.webview.say({
      type: "period",
      period: { kind: "custom", from: "2026-07-30", to: "2026-08-02" },
    });
    const report = await shown(2);
    expect(report).toMatchObject({ from: "2026-07-30", to: "2026-08-02" });
    expect(tile(report, "In this period")?.value).toBe("$1.00");
    expect(bench.webview.posted.at(-1)).toEqual({
      type: "announce",
      text: "Usage from 2026-07-30 to 2026-08-02",
    });
    bench.reload();
    await open({}, { tab: "report", period: report.period });
    expect(await shown()).toMatchObject({ from: "2026-07-30", to: "2026-08-02" });
  });

  it("has a bar for each day of a quarter, and for each month of more", async () => {
    spend("1", { day: "2026-10-01" }, dollar);
    await open({}, { tab: "report", period: { kind: "quarter" } });
    expect(section(await shown(), "byModel").table.rows).toHaveLength(51);
    bench.webview.say({ type: "period", period: { kind: "year" } });
    const { table } = section(await shown(2), "byModel");
    expect(table.rows.map(({ head }) => head)).toEqual(
      ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"].map(
        (month) => `${month} 2026`,
      ),
    );
    expect(table.columns[0]).toBe("Month");
  });

  it("holds each hour against the limits of the models that were asked most", async () => {
    spend("1", { hour: 9 }, dollar);
    await open();
    const { summary, table } = section(await shown(), "hours-0");
    expect(table.rows[9]).toEqual({ head: "09:00", cells: ["110", "0.1 %", "1", "0.1 %"] });
    expect(summary).toContain("share of what your limits admit");
  });

  it("takes names of any length, more of them than there are colours, and what is no text", async () => {
    for (let place = 0; place < 12; place++) {
      const name = `${place} ${"\u{1F600}<b>\ud800".repeat(2000)}`;
      spend(`${place}`, { model: name, workspace: name }, BigInt(place) * dollar);
    }
    await open();
    const report = await shown();
    expect(section(report, "byWorkspace").chart?.series).toHaveLength(8);
    expect(tile(report, "In this period")?.value).toBe("$66.00");
    expect(section(report, "models").table.rows).toHaveLength(12);
  });

  it.each([
    ["report", ["report", "projection"]],
    ["projection", ["projection", "report"]],
  ])("opened on the %s, reads what is in sight first", async (tab, order) => {
    const { reports, usage } = partsOf();
    const read: string[] = [];
    await open(
      {
        reports: {
          ...reports,
          bookedDays() {
            read.push("report");
            return reports.bookedDays();
          },
        },
        usage: {
          ...usage,
          spentByHour(day) {
            read.push("projection");
            return usage.spentByHour(day);
          },
        },
      },
      { tab },
    );
    await expect.poll(() => read).toEqual(order);
  });

  it("says why nothing can be shown, and drops what is no message", async () => {
    await open({
      reports: {
        ...partsOf().reports,
        bookedDays: () => Promise.resolve(fail({ kind: "storeTooNew" })),
      },
    });
    await expect
      .poll(() => bench.webview.posted.map((message) => decodeUsageHostMessage(message)?.type))
      .toContain("failed");
    bench.webview.say({
      type: "period",
      period: { kind: "custom", from: "yesterday", to: "2026-01-01" },
    });
    await expect.poll(() => fakeEditor.logged).toEqual(["a message of the usage page was dropped"]);
  });

  it("draws a burst of changes once, and nothing once it is closed", async () => {
    const page = await open();
    await shown();
    bench.clock.advance(5000);
    for (let change = 0; change < 50; change++) page.refresh();
    await shown(2);
    page.refresh();
    page.dispose();
    const { length } = bench.webview.posted;
    await new Promise((resolve) => setImmediate(resolve));
    expect(bench.webview.posted).toHaveLength(length);
  });
});
