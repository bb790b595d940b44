import { describe, expect, it } from "vitest";
import { parseDollars } from "../../../src/core/budget/money";
import { speechModels, transcriptionModels } from "../../../src/core/models/audioModels";
import {
  catalogue,
  catalogueReadOn,
  defaultFastModelId,
  defaultModelId,
  findModel,
} from "../../../src/core/models/catalogue";

describe("the catalogue holds the published prices and free limits", () => {
  /** Dollars per million tokens in, cached and out; free requests per minute and day, tokens likewise. */
  const check = (
    id: string,
    prices: readonly [string, string, string] | undefined,
    free: readonly [number, number, number, number] | undefined,
  ) =>
    it(id, () => {
      const model = findModel(id);
      const [input, cachedInput, output] = (prices ?? []).map(parseDollars);
      expect(model?.price).toEqual(prices && { input, cachedInput, output });
      const [rpm, rpd, tpm, tpd] = free ?? [];
      expect(model?.free).toEqual(free && { rpm, rpd, tpm, tpd });
    });

  const usual = [30, 1000, 8000, 200_000] as const;
  check("openai/gpt-oss-120b", ["0.15", "0.075", "0.60"], usual);
  check("openai/gpt-oss-20b", ["0.075", "0.0375", "0.30"], usual);
  check("qwen/qwen3.8-27b", ["0.80", "0.80", "4.00"], usual);
  check("qwen/qwen3.6-27b", ["0.60", "0.30", "3.00"], undefined);
  check("openai/gpt-oss-safeguard-20b", ["0.075", "0.075", "0.30"], usual);
  const guard = [30, 14_400, 15_000, 500_000] as const;
  check("meta-llama/llama-prompt-guard-2-22m", ["0.03", "0.03", "0.03"], guard);
  check("meta-llama/llama-prompt-guard-2-86m", ["0.04", "0.04", "0.04"], guard);
  check("meta-llama/llama-guard-4-12b", undefined, undefined);
  check("llama-3.1-8b-instant", ["0.05", "0.05", "0.08"], [30, 14_400, 6000, 500_000]);
  check("llama-3.3-70b-versatile", ["0.59", "0.59", "0.79"], [30, 1000, 12_000, 100_000]);
  check(
    "meta-llama/llama-4-scout-17b-16e-instruct",
    ["0.11", "0.11", "0.34"],
    [30, 1000, 30_000, 500_000],
  );
  check("qwen/qwen3-32b", ["0.29", "0.29", "0.59"], [60, 1000, 6000, 500_000]);
  check("moonshotai/kimi-k2-instruct-0905", ["1.00", "0.50", "3.00"], undefined);
});

describe("the catalogue holds the published prices of audio", () => {
  it.each([
    ["whisper-large-v3", "0.111", true],
    ["whisper-large-v3-turbo", "0.04", false],
  ])("%s", (id, usdPerHour, translates) => {
    expect(transcriptionModels.find((model) => model.id === id)).toMatchObject({
      price: { perHour: parseDollars(usdPerHour), leastSeconds: 10 },
      free: { rpm: 20, rpd: 2000, ash: 7200, asd: 28_800 },
      translates,
    });
  });

  it("canopylabs/orpheus-v1-english", () => {
    expect(speechModels).toMatchObject([
      {
        id: "canopylabs/orpheus-v1-english",
        price: { perMillionCharacters: parseDollars("22") },
        free: { rpm: 10, rpd: 100, tpm: 1200, tpd: 3600 },
      },
    ]);
  });
});

describe("the catalogue is sound", () => {
  it("starts with a model that is in production and has a price", () => {
    const model = findModel(defaultModelId);
    expect(model?.status).toBe("production");
    expect(model?.price).toBeDefined();
  });

  it("names each model once", () => {
    const ids = [...catalogue, ...transcriptionModels, ...speechModels].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("leads every model that is gone to one that answers", () => {
    const gone = catalogue.filter(({ status }) => status === "retired" || status === "replaced");
    expect(gone.length).toBeGreaterThan(3);
    for (const { id, successor } of gone) {
      const next = successor === undefined ? undefined : findModel(successor);
      expect([id, next?.status]).toEqual([
        id,
        expect.stringMatching(/^(?:production|preview|replaced)$/),
      ]);
      expect(next?.kind).toBe(findModel(id)?.kind === "moderation" ? "moderation" : "chat");
    }
  });

  it("dates each row and says where it was read", () => {
    expect(catalogueReadOn).toMatch(/^\d{4}-\d\d-\d\d$/);
    for (const { id, source } of [...catalogue, ...transcriptionModels, ...speechModels])
      expect([id, source]).toEqual([id, expect.stringMatching(/\b20\d\d-\d\d\b/)]);
  });

  it("does not lead a chat model to one that answers no chat, nor a default to a preview", () => {
    expect(findModel(defaultModelId)?.successor).toBeUndefined();
    for (const id of [defaultModelId, defaultFastModelId])
      expect(findModel(id)).toMatchObject({ kind: "chat", status: "production" });
  });

  it("never charges less than nothing, nor more for what is cached", () => {
    for (const { id, price } of catalogue)
      expect([id, price === undefined || price.cachedInput <= price.input]).toEqual([id, true]);
  });

  it("does not know models that were never offered", () => {
    expect(findModel("gpt-5")).toBeUndefined();
    expect(findModel("OPENAI/GPT-OSS-120B")).toBeUndefined();
  });
});
