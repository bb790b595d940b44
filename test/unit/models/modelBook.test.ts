import { describe, expect, it } from "vitest";
import { catalogue, defaultModelId, findModel } from "../../../src/core/models/catalogue";
import {
  chatModels,
  createModelBook,
  isAvailable,
  priceNow,
  standInFor,
} from "../../../src/core/models/modelBook";
import type { ListedModel, ModelListing } from "../../../src/core/models/modelListing";
import { unknownModel } from "../../../src/core/models/modelRows";
import type { ModelOverrides } from "../../../src/core/models/modelRows";
import type { Plan } from "../../../src/core/models/planLimits";
import { modelTable } from "../../groqServer/models/modelTable";

function listing(...models: readonly (ListedModel | string)[]): ModelListing {
  return {
    origin: "https://api.groq.com",
    readAt: Date.UTC(2026, 10, 20),
    models: models.map((model) => (typeof model === "string" ? { id: model } : model)),
  };
}

function book(list: ModelListing | undefined, rows: Readonly<Record<string, ModelOverrides>> = {}) {
  return createModelBook(list, new Map(Object.entries(rows)));
}

describe("without a list the catalogue holds", () => {
  it.each(catalogue)("$id", (model) => expect(book(undefined).find(model.id)).toEqual(model));

  it("and offers what answers a chat and is not retired", () => {
    expect(chatModels(book(undefined), "auto").map(({ id }) => id)).toEqual([
      "openai/gpt-oss-120b",
      "openai/gpt-oss-20b",
      "qwen/qwen3.8-27b",
      "qwen/qwen3.6-27b",
    ]);
  });

  it("and a model that it does not know is usable, without a price", () => {
    const model = book(undefined).find("my-model");
    expect(model).toMatchObject({ id: "my-model", kind: "chat", status: "unknown" });
    expect(model.price).toBeUndefined();
    expect(isAvailable(model, "auto")).toBe(true);
  });
});

describe("the account's list goes before the catalogue", () => {
  const list = listing(
    { id: "openai/gpt-oss-120b", contextTokens: 65_536 },
    { id: "qwen/qwen3.8-27b", contextTokens: 131_072, maxOutputTokens: 16_384 },
    "llama-3.3-70b-versatile",
    "new/model-7b",
    "whisper-large-v3",
    "canopylabs/orpheus-arabic",
    "meta-llama/llama-guard-5",
  );
  const merged = book(list);

  it("in its numbers, and where it has none the catalogue's hold", () => {
    expect(merged.find("openai/gpt-oss-120b")).toMatchObject({
      listed: true,
      contextTokens: 65_536,
      maxOutputTokens: 65_536,
      price: findModel("openai/gpt-oss-120b")?.price,
    });
    expect(merged.find("qwen/qwen3.8-27b")).toMatchObject({ maxOutputTokens: 16_384 });
  });

  it("a model that it lacks is not available", () => {
    const model = merged.find("openai/gpt-oss-20b");
    expect(model.listed).toBe(false);
    expect(isAvailable(model, "enterprise")).toBe(false);
  });

  it("a retired model that it has is kept by a contract", () => {
    const model = merged.find("llama-3.3-70b-versatile");
    expect(model).toMatchObject({ status: "retired", listed: true });
    expect(isAvailable(model, "auto")).toBe(true);
  });

  it("unless it was read before the model was retired", () => {
    const old = { ...list, readAt: Date.UTC(2026, 7, 1) };
    const models = book(old);
    const model = models.find("llama-3.3-70b-versatile");
    expect(isAvailable(model, "auto")).toBe(false);
    expect(isAvailable(model, "enterprise")).toBe(true);
    expect(standInFor(models, model, "auto")?.id).toBe("openai/gpt-oss-120b");
  });

  it("it offers new models for chat, and not those for other things", () => {
    expect(chatModels(merged, "auto").map(({ id }) => id)).toEqual([
      "openai/gpt-oss-120b",
      "qwen/qwen3.8-27b",
      "llama-3.3-70b-versatile",
      "new/model-7b",
    ]);
    expect(merged.find("new/model-7b")).toMatchObject({ status: "unknown", listed: true });
    expect(merged.find("new/model-7b").price).toBeUndefined();
    expect(merged.find("whisper-large-v3").kind).toBe("audio");
    expect(merged.find("meta-llama/llama-guard-5").kind).toBe("moderation");
  });

  it("of the stand-in's models each is of the kind that the stand-in gives it", () => {
    const all = book(listing(...modelTable.map(({ id }) => id)));
    for (const { id, kind } of modelTable) {
      const audio = kind === "transcription" || kind === "speech";
      expect([id, all.find(id).kind]).toEqual([id, audio ? "audio" : kind]);
    }
  });
});

describe("the user's numbers go before all", () => {
  const price = { input: 1n, cachedInput: 1n, output: 2n };
  const list = listing({ id: "openai/gpt-oss-120b", contextTokens: 65_536 });
  const merged = book(list, {
    "openai/gpt-oss-120b": { limits: { tpm: 1000 }, contextTokens: 8192, price },
    "my-model": { limits: {}, price },
  });

  it("of a known model", () =>
    expect(merged.find("openai/gpt-oss-120b")).toMatchObject({
      contextTokens: 8192,
      maxOutputTokens: 65_536,
      limits: { tpm: 1000 },
      free: { tpm: 8000 },
      price,
    }));

  it("and give one that nobody knows a price", () => {
    expect(merged.find("my-model")).toMatchObject({ price, status: "unknown" });
    expect(book(undefined, { "my-model": { limits: {} } }).models.at(-1)?.id).toBe("my-model");
  });
});

describe("what takes the place of a model that is gone", () => {
  const check = (
    name: string,
    gone: string,
    expected: string | undefined,
    list?: ModelListing,
    plan: Plan = "auto",
  ) =>
    it(name, () => {
      const models = book(list);
      expect(standInFor(models, models.find(gone), plan)?.id).toBe(expected);
    });

  check("its successor", "llama-3.3-70b-versatile", "openai/gpt-oss-120b");
  check("nothing, while it is there", defaultModelId, undefined);
  check(
    "nothing, where a contract keeps it",
    "llama-3.1-8b-instant",
    undefined,
    undefined,
    "enterprise",
  );
  check(
    "nothing, where the list has it",
    "llama-3.1-8b-instant",
    undefined,
    listing("llama-3.1-8b-instant"),
  );
  check("nothing where no successor is known", "my-model", undefined, listing(defaultModelId));
  check("no model of another kind", "meta-llama/llama-guard-4-12b", undefined);
  check(
    "never a preview model",
    "qwen/qwen3.6-27b",
    undefined,
    listing("qwen/qwen3.8-27b", defaultModelId),
  );
  check(
    "nothing, where the successor is gone as well",
    "llama-3.3-70b-versatile",
    undefined,
    listing("qwen/qwen3.8-27b"),
  );
});

describe("today's price", () => {
  const price = { input: 1n, cachedInput: 1n, output: 2n };
  const model = { ...unknownModel("local", "a test"), provider: "fallback", price } as const;
  const known = { book: book(undefined), fallback: { baseUrl: "http://localhost/v1", model } };

  it.each([
    ["a model of Groq's", "openai/gpt-oss-20b", "groq", findModel("openai/gpt-oss-20b")?.price],
    ["the second provider's model", "local", "fallback", price],
    ["one that the second provider had before", "earlier", "fallback", undefined],
    ["the sums that deletion has left", "", "groq", undefined],
  ] as const)("of %s", (_name, used, provider, expected) => {
    expect(priceNow(known, { model: used, provider })).toEqual(expected);
  });

  it("of another service is not known once none is set", () => {
    const used = { model: "local", provider: "fallback" } as const;
    expect(priceNow({ ...known, fallback: undefined }, used)).toBeUndefined();
  });
});
