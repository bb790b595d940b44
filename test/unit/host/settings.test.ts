import { beforeEach, describe, expect, it } from "vitest";
import { normaliseBaseUrl } from "../../../src/host/baseUrl";
import { createSettings, readBaseUrl, readCaps } from "../../../src/host/settings";
import { fakeEditor } from "../../fakes/fakeEditor";

beforeEach(() => fakeEditor.reset());

const readSettings = createSettings(() => undefined);

describe("normaliseBaseUrl", () => {
  const accepts = (text: string, expected: string) =>
    it(`accepts ${text}`, () =>
      expect(normaliseBaseUrl(text)).toEqual({ ok: true, value: expected }));
  const refuses = (text: string) =>
    it(`refuses ${JSON.stringify(text)}`, () =>
      expect(normaliseBaseUrl(text)).toMatchObject({
        ok: false,
        failure: { kind: "invalidBaseUrl" },
      }));

  accepts("https://api.groq.com", "https://api.groq.com");
  accepts("https://api.groq.com/", "https://api.groq.com");
  accepts(" https://API.Groq.com ", "https://api.groq.com");
  // groq-sdk adds this path by itself, and would double it.
  accepts("https://api.groq.com/openai/v1", "https://api.groq.com");
  accepts("https://api.groq.com/openai/v1/", "https://api.groq.com");
  accepts("https://proxy.example/groq/openai/v1", "https://proxy.example/groq");
  accepts("https://proxy.example:8443/groq/", "https://proxy.example:8443/groq");
  accepts("https://api.groq.com:443", "https://api.groq.com");
  accepts("http://127.0.0.1:8080", "http://127.0.0.1:8080");
  accepts("http://localhost:8080/openai/v1", "http://localhost:8080");
  accepts("http://[::1]:8080", "http://[::1]:8080");
  accepts("http://127.1:8080", "http://127.0.0.1:8080");

  refuses("http://api.groq.com");
  refuses("http://192.168.0.7:8080");
  refuses("http://127.0.0.1.evil.example");
  refuses("http://localhost.evil.example");
  refuses("http://evil.example/#localhost");
  refuses("http://localhost@evil.example");
  refuses("http://0.0.0.0:8080");
  refuses("http://[::ffff:192.168.0.7]");
  refuses("https://user:secret@api.groq.com");
  refuses("https://user@api.groq.com");
  refuses("ftp://api.groq.com");
  refuses("file:///etc/passwd");
  refuses("javascript:alert(1)");
  refuses("api.groq.com");
  refuses("https://");
  refuses("");
});

describe("readBaseUrl", () => {
  const check = (value: unknown, expected: string | undefined) =>
    it(value === undefined ? "unset" : JSON.stringify(value), () => {
      fakeEditor.settings.set("groqCoder.baseUrl", value);
      expect(readBaseUrl()).toBe(expected);
    });
  check("https://a.example", "https://a.example");
  check("", undefined);
  check("  ", undefined);
  check(undefined, undefined);
  check(7, undefined);
  check(["https://a.example"], undefined);
});

describe("readSettings takes what is of the wrong kind for unset, and says so", () => {
  const usual = {
    model: "openai/gpt-oss-120b",
    fastModel: "openai/gpt-oss-20b",
    fallback: undefined,
    plan: "auto",
    maxOutputTokens: 4096,
    reasoningEffort: "medium",
    serviceTier: "on_demand",
    warnAt: 80,
    historyDays: 0,
    customInstructions: "",
    replaced: [],
  };
  const read = (name: string, value: unknown) => {
    fakeEditor.settings.set(`groqCoder.${name}`, value);
    const { model, fastModel, problems, book: _book, ...rest } = readSettings();
    return { read: { ...rest, model: model.id, fastModel: fastModel.id }, problems };
  };
  const takes = (name: string, value: unknown, expected: Partial<typeof usual>) =>
    it(`takes ${name} = ${JSON.stringify(value)}`, () =>
      expect(read(name, value)).toEqual({ read: { ...usual, ...expected }, problems: [] }));
  const refuses = (name: string, ...values: unknown[]) =>
    it.each(values)(`refuses ${name} = %j`, (value) =>
      expect(read(name, value)).toEqual({
        read: usual,
        problems: [{ setting: name, problem: expect.stringContaining("wrong kind") }],
      }),
    );

  takes("model", undefined, {});
  takes("plan", "developer", { plan: "developer" });
  refuses("plan", "gold", 7, null);
  takes("maxOutputTokens", 900, { maxOutputTokens: 900 });
  refuses("maxOutputTokens", 0, -5, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "900", null);
  takes("reasoningEffort", "high", { reasoningEffort: "high" });
  refuses("reasoningEffort", "extreme");
  takes("serviceTier", "flex", { serviceTier: "flex" });
  refuses("serviceTier", "batch", null);
  takes("budget.warnAt", 50, { warnAt: 50 });
  takes("budget.warnAt", 99.5, { warnAt: 99.5 });
  refuses("budget.warnAt", 0, 101, -1, "80", Number.NaN);
  for (const cap of ["budget.session", "budget.daily", "budget.monthly"]) {
    takes(cap, 0.5, {});
    refuses(cap, "5", -1, null, Number.NaN);
  }
  takes("baseUrl", "https://a.example", {});
  refuses("baseUrl", 7, null, ["https://a.example"]);
  takes("historyDays", 30, { historyDays: 30 });
  takes("historyDays", 0, {});
  refuses("historyDays", -1, 0.5, "ever");
  takes("model", "openai/gpt-oss-20b", { model: "openai/gpt-oss-20b" });
  takes("model", " my-model ", { model: "my-model" });
  refuses("model", "", " ", 7, null, {});
  takes("fastModel", "my-model", { fastModel: "my-model" });
  takes("fastModel", "", { fastModel: "openai/gpt-oss-120b" });
  refuses("fastModel", 7, null, []);

  it("a model that is not known has no price and no limits", () => {
    fakeEditor.settings.set("groqCoder.model", "my-model");
    const { model } = readSettings();
    expect(model.price).toBeUndefined();
    expect(model.free).toBeUndefined();
  });

  it("the user's numbers hold for the models they name", () => {
    fakeEditor.settings.set("groqCoder.limits", {
      "openai/gpt-oss-20b": { tpm: 1000, inputPrice: 0.1, outputPrice: 0.2 },
    });
    const { model, fastModel, problems } = readSettings();
    expect(problems).toEqual([]);
    expect(model.limits).toBeUndefined();
    expect(fastModel.limits).toEqual({ tpm: 1000 });
    expect(fastModel.price?.output).toBe(200_000_000_000n);
    expect(fastModel.free?.tpm).toBe(8000);
  });
});

describe("a model that is gone gives way", () => {
  const gone = "llama-3.3-70b-versatile";
  const set = (name: string, id: string) => fakeEditor.settings.set(`groqCoder.${name}`, id);
  const listing = (...ids: readonly string[]) => ({
    origin: "https://api.groq.com",
    readAt: Date.UTC(2026, 10, 20),
    models: ids.map((id) => ({ id })),
  });

  it("to its successor", () => {
    set("model", gone);
    const { model, replaced } = readSettings();
    expect(model.id).toBe("openai/gpt-oss-120b");
    expect(replaced).toMatchObject([
      { setting: "model", gone: { id: gone }, by: { id: "openai/gpt-oss-120b" } },
    ]);
  });

  it("as the fast model as well", () => {
    set("fastModel", "llama-3.1-8b-instant");
    const { fastModel, replaced } = readSettings();
    expect(fastModel.id).toBe("openai/gpt-oss-20b");
    expect(replaced).toMatchObject([{ setting: "fastModel" }]);
  });

  it("not where a contract keeps it", () => {
    set("model", gone);
    set("plan", "enterprise");
    expect(readSettings()).toMatchObject({ model: { id: gone }, replaced: [] });
  });

  it("not where the account's list has it", () => {
    set("model", gone);
    const settings = createSettings(() => listing(gone, "openai/gpt-oss-120b"));
    expect(settings()).toMatchObject({ model: { id: gone, listed: true }, replaced: [] });
  });

  it("not to a preview model, nor to one that is gone as well", () => {
    set("model", "qwen/qwen3.6-27b");
    set("fastModel", gone);
    const settings = createSettings(() => listing("qwen/qwen3.8-27b"));
    expect(settings()).toMatchObject({
      model: { id: "qwen/qwen3.6-27b", listed: false },
      fastModel: { id: gone },
      replaced: [],
    });
  });
});

describe("readCaps", () => {
  const check = (dollars: unknown, cap: bigint | undefined) =>
    it(`${JSON.stringify(dollars)} is ${cap ?? "no cap"}`, () => {
      fakeEditor.settings.set("groqCoder.budget.daily", dollars);
      expect(readCaps()).toEqual(cap === undefined ? {} : { day: cap });
    });
  check(1.35, 1_350_000_000_000n);
  check(0.000001, 1_000_000n);
  // Zero would lift it.
  check(1e-15, 1000n);
  for (const none of [0, -1, "1", null, undefined, Number.NaN, Number.POSITIVE_INFINITY])
    check(none, undefined);
});
