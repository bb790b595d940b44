import { beforeEach, describe, expect, it } from "vitest";
import { fail, succeed } from "../../../src/core/dispatch/failure";
import type { Result } from "../../../src/core/dispatch/failure";
import type { FreeRoom } from "../../../src/core/limits/rateLimiter";
import type { Model } from "../../../src/core/models/model";
import type { ListedModel } from "../../../src/core/models/modelListing";
import type { ModelSpeed } from "../../../src/core/report/usageReport";
import { clearApiKey, setApiKey } from "../../../src/host/commands/keyCommands";
import { selectModel } from "../../../src/host/commands/selectModel";
import { createLog } from "../../../src/host/log";
import { createModelListings } from "../../../src/host/modelListings";
import { createSecrets } from "../../../src/host/secrets";
import { createSettings } from "../../../src/host/settings";
import { letPromisesRun } from "../../fakes/asyncSteps";
import { FakeClock } from "../../fakes/fakeClock";
import { fakeEditor } from "../../fakes/fakeEditor";
import { MemoryState } from "../../fakes/memoryState";
import { MemorySecrets } from "../../fakes/memorySecrets";

beforeEach(() => fakeEditor.reset());

/** What the commands need, with a list of models that the test decides. */
class SelectBench {
  listed: Result<readonly ListedModel[]> = succeed([]);
  asked = 0;
  readonly secrets = createSecrets(new MemorySecrets(), { GROQ_API_KEY: "gsk_a" });
  readonly listings = createModelListings(new MemoryState(), new FakeClock(), () =>
    this.secrets.baseUrl(),
  );
  readonly settings = createSettings(() => this.listings.current());
  readonly log = createLog();
  readonly clock = new FakeClock();
  measured: readonly ModelSpeed[] = [];
  readonly speeds = () => Promise.resolve(succeed(this.measured));
  readonly rooms = new Map<string, FreeRoom>();
  readonly roomOf = ({ id: model }: Model) => {
    const room = this.rooms.get(model);
    return Promise.resolve(room && { model, room });
  };
  readonly models = {
    list: () => {
      this.asked++;
      return Promise.resolve(this.listed);
    },
  };

  /** Opens the list of models and hands it over with the command's end. */
  open() {
    const selected = selectModel(this, undefined);
    const picker = fakeEditor.quickPicks.at(-1);
    if (picker === undefined) throw new Error("no list was shown");
    return { selected, picker };
  }
}

describe("with an argument", () => {
  it.each([
    ["openai/gpt-oss-20b", "openai/gpt-oss-20b"],
    [" my-model ", "my-model"],
    ["llama-3.3-70b-versatile", "openai/gpt-oss-120b"],
  ])("%s: %s answers from now on", async (argument, model) => {
    expect(await selectModel(new SelectBench(), argument)).toEqual({ ok: true, model });
    expect(fakeEditor.settings.get("groqCoder.model")).toBe(argument.trim());
    expect(fakeEditor.quickPicks).toEqual([]);
  });

  it("an empty one chooses nothing", async () => {
    expect(await selectModel(new SelectBench(), " ")).toMatchObject({ ok: false });
    expect(fakeEditor.settings.size).toBe(0);
  });
});

describe("without one it shows the models", () => {
  const row = (label: string, description: string, detail: string) => ({
    label,
    description,
    detail,
  });
  const context = `${(131_072).toLocaleString()} context`;
  const abilities = "reasoning, tools, JSON, web";

  it("the current one first, with prices, context and state", () => {
    fakeEditor.settings.set("groqCoder.model", "openai/gpt-oss-20b");
    const { picker } = new SelectBench().open();
    expect(picker.items).toEqual([
      row(
        "openai/gpt-oss-20b",
        "current",
        `$0.075 in · $0.0375 cached · $0.30 out · ${context} · ${abilities}`,
      ),
      row(
        "openai/gpt-oss-120b",
        "",
        `$0.15 in · $0.075 cached · $0.60 out · ${context} · ${abilities}`,
      ),
      row("qwen/qwen3.8-27b", "preview", "$0.80 in · $0.80 cached · $4.00 out · tools"),
      row(
        "qwen/qwen3.6-27b",
        "replaced by qwen/qwen3.8-27b",
        `$0.60 in · $0.30 cached · $3.00 out · ${context}`,
      ),
    ]);
  });

  it("then what was measured here, and what is left of the day; the place in the list stays", async () => {
    const bench = new SelectBench();
    const percentiles = { p10: 1, p50: 312, p90: 1, p99: 1, calls: 9 };
    bench.measured = [
      {
        model: "openai/gpt-oss-20b",
        provider: "groq",
        firstToken: percentiles,
        tokensPerSecond: { ...percentiles, p50: 905.4 },
      },
      { model: "openai/gpt-oss-120b", provider: "fallback", firstToken: percentiles },
    ];
    bench.rooms.set("openai/gpt-oss-20b", {
      rpd: { limit: 1000, free: 979.9 },
      tpd: { limit: 200_000, free: 900 },
    });
    bench.rooms.set("openai/gpt-oss-120b", { tpm: { limit: 8000, free: 100 } });
    const { picker } = bench.open();
    const [, second] = picker.items;
    picker.activeItems = second === undefined ? [] : [second];
    await letPromisesRun();
    expect(picker.items.slice(0, 2)).toEqual([
      row(
        "openai/gpt-oss-120b",
        "current",
        `$0.15 in · $0.075 cached · $0.60 out · ${context} · ${abilities}`,
      ),
      row(
        "openai/gpt-oss-20b",
        "905 tokens/s · 979 requests, 900 tokens left today",
        `$0.075 in · $0.0375 cached · $0.30 out · ${context} · ${abilities}`,
      ),
    ]);
    expect(picker.activeItems).toEqual([picker.items[1]]);
  });

  it("in rows that the list has room for, whatever is known of a model", async () => {
    const bench = new SelectBench();
    const percentiles = { p10: 1, p50: 912, p90: 1, p99: 1, calls: 9 };
    for (const { id } of bench.settings().book.models) {
      const measured = { model: id, provider: "groq", tokensPerSecond: percentiles } as const;
      bench.measured = [...bench.measured, measured];
      bench.rooms.set(id, { rpd: { limit: 1000, free: 1000 }, tpd: { limit: 1, free: 200_000 } });
    }
    const { picker } = bench.open();
    await letPromisesRun();
    const current = picker.items.filter(({ description }) => !description?.includes("replaced"));
    expect(current.length).toBeGreaterThan(2);
    for (const { label, description = "", detail = "" } of current) {
      expect(detail.length).toBeLessThan(88);
      expect(`${label} ${description}`.length, label).toBeLessThan(88);
    }
  });

  it("one without a price, and one that the account's list lacks", async () => {
    fakeEditor.settings.set("groqCoder.model", "my-model");
    const bench = new SelectBench();
    await bench.listings.remember("https://api.groq.com", [{ id: "openai/gpt-oss-120b" }]);
    const { picker } = bench.open();
    expect(picker.items.slice(0, 3)).toMatchObject([
      { label: "my-model", description: "current · unavailable · no price" },
      { label: "openai/gpt-oss-120b", description: "" },
      { label: "openai/gpt-oss-20b", description: "unavailable" },
    ]);
    expect(picker.placeholder).toContain("your list is from");
  });

  it("chooses", async () => {
    const { selected, picker } = new SelectBench().open();
    picker.choose("qwen/qwen3.8-27b");
    expect(await selected).toEqual({ ok: true, model: "qwen/qwen3.8-27b" });
    expect(picker.isShown).toBe(false);
  });

  it("Escape leaves all as it is", async () => {
    const { selected, picker } = new SelectBench().open();
    picker.hide();
    expect(await selected).toEqual({ ok: false, failure: { kind: "stopped" } });
    expect(fakeEditor.settings.size).toBe(0);
  });
});

describe("Refresh list", () => {
  it("asks Groq, and shows what it told", async () => {
    const bench = new SelectBench();
    bench.listed = succeed([
      { id: "openai/gpt-oss-120b" },
      { id: "new/model", contextTokens: 8192 },
    ]);
    const { picker } = bench.open();
    expect(bench.asked).toBe(0);
    picker.press("Refresh list");
    await letPromisesRun();
    expect(bench.asked).toBe(1);
    expect(picker.busy).toBe(false);
    expect(picker.items.find(({ label }) => label === "new/model")).toEqual({
      label: "new/model",
      description: "no price",
      detail: `${(8192).toLocaleString()} context`,
    });
    expect(bench.settings().book.find("openai/gpt-oss-20b").listed).toBe(false);
  });

  it("says why it could not, and keeps what was shown", async () => {
    const bench = new SelectBench();
    bench.listed = fail({ kind: "invalidKey", detail: "" });
    const { picker } = bench.open();
    const before = picker.items;
    picker.press("Refresh list");
    await letPromisesRun();
    expect(picker.items).toEqual(before);
    expect(picker.placeholder).toContain("API key");
  });
});

describe("the key", () => {
  it("when it is set, brings the account's list", async () => {
    const bench = new SelectBench();
    bench.listed = succeed([{ id: "openai/gpt-oss-120b" }]);
    expect(await setApiKey(bench, "gsk_b")).toEqual({ ok: true });
    expect(bench.listings.current()?.models).toEqual([{ id: "openai/gpt-oss-120b" }]);
  });

  it("when it is cleared, takes the list with it", async () => {
    const bench = new SelectBench();
    await setApiKey(bench, "gsk_b");
    expect(bench.listings.current()).toBeDefined();
    await clearApiKey(bench);
    expect(bench.listings.current()).toBeUndefined();
  });
});
