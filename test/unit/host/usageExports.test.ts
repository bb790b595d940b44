import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import type { UsageExport } from "../../../src/core/budget/usageExport";
import { fail } from "../../../src/core/dispatch/failure";
import type { UsageParts } from "../../../src/host/usageView/usagePage";
import { fakeEditor } from "../../fakes/fakeEditor";
import { useUsagePage } from "./usageBench";

const bench = useUsagePage();
const { open, partsOf, shown, spend } = bench;
const dollar = 1_000_000_000_000n;

describe("exports", () => {
  const folder = () => bench.folder.file("out");
  beforeEach(() => {
    mkdirSync(folder());
    for (let call = 0; call < 1203; call++)
      spend(`${call}`, { day: call === 0 ? "2026-10-31" : "2026-11-20" }, 1_000_003n);
  });

  async function exportTo(name: string, format: string, given?: Partial<UsageParts>) {
    fakeEditor.chosenFile = `file://${folder()}/${name}`;
    await open(given);
    await shown();
    bench.webview.say({ type: "export", format });
  }

  it("CSV and JSON have each call of the period, page by page, in a file that is whole", async () => {
    await exportTo("a.csv", "csv");
    await expect.poll(() => fakeEditor.notified).toEqual(["Usage was exported to a.csv. | Open"]);
    const lines = readFileSync(`${folder()}/a.csv`, "utf8").trimEnd().split("\r\n");
    expect(lines).toHaveLength(1203);
    bench.webview.posted.length = 0;
    await exportTo("a.json", "json");
    await expect.poll(() => fakeEditor.notified).toHaveLength(2);
    const calls: unknown = JSON.parse(readFileSync(`${folder()}/a.json`, "utf8"));
    expect(calls).toHaveLength(1202);
    expect(readdirSync(folder())).toEqual(["a.csv", "a.json"]);
  });

  it("one that fails in the middle leaves what was there before, and nothing half", async () => {
    let pages = 0;
    const { calls } = partsOf();
    const failing: UsageExport = {
      calls: (after, range) =>
        ++pages > 2
          ? Promise.resolve(fail({ kind: "storeUnavailable", detail: "full" }))
          : calls.calls(after, range),
    };
    const told: unknown[] = [];
    const reporter = {
      report: async (act: () => unknown) => told.push(await act()),
      act: () => Promise.resolve(),
    } as unknown as UsageParts["reporter"];
    await exportTo("a.csv", "csv", { calls: failing, reporter });
    await expect
      .poll(() => told)
      .toMatchObject([{ ok: false, failure: { kind: "storeUnavailable" } }]);
    expect(readdirSync(folder())).toEqual([]);
    await exportTo("missing/a.csv", "csv", { reporter });
    await expect
      .poll(() => told.at(1))
      .toMatchObject({ ok: false, failure: { kind: "fileNotWritten", path: "a.csv" } });
  });

  it("the budget report can be filed: totals, trend, forecast, other prices", async () => {
    spend("hostile", { workspace: "a|b <img> [x](http://evil)\n# y" }, 1n);
    for (let day = 10; day < 20; day++) spend(`day ${day}`, { day: `2026-11-${day}` }, dollar);
    await exportTo("a.md", "markdown");
    const written = () => fakeEditor.files.get(`file://${folder()}/a.md`);
    await expect.poll(written).toBeDefined();
    const text = new TextDecoder().decode(written());
    for (const part of [
      "# Groq Coder: budget report, 2026-11-01 to 2026-11-20",
      "| Spent | $10.00 |",
      "| Requests | 1,213 |",
      "Spent so far this month: $10.00. At the month's end: ~$15.33, and four times in five between ~$12.76",
      "| Trend | over +1,000 % |",
      "The monthly budget is $5.00.",
      "## Spending by workspace",
      "| openai/gpt-oss-20b | ~$0.0",
      "a\\|b \\<img\\> \\[x\\](http\\://evil) \\# y",
    ])
      expect(text).toContain(part);
    for (const line of text.split("\n")) expect(line).not.toMatch(/\$0\.00 .*no price/);
  });

  it("nothing is written if no file is chosen", async () => {
    await open();
    await shown();
    bench.webview.say({ type: "export", format: "csv" });
    bench.webview.say({ type: "period", period: { kind: "today" } });
    await shown(2);
    expect(readdirSync(folder())).toEqual([]);
    expect(fakeEditor.notified).toEqual([]);
  });
});
