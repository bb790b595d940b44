import { describe, expect, it } from "vitest";
import { parseFallback, parseUserRows } from "../../../src/host/modelSettings";

const dollar = 1_000_000_000_000n;

describe("the user's own rows", () => {
  const check = (setting: unknown, row: object, ...problems: string[]) =>
    it(JSON.stringify(setting), () => {
      const parsed = parseUserRows({ m: setting });
      expect(parsed.value.get("m")).toEqual(row);
      expect(parsed.problems).toEqual(problems.map((problem) => ({ setting: "limits", problem })));
    });
  const whole = "It must be a whole number above 0.";
  const both = "m: A price needs both inputPrice and outputPrice.";

  check({}, { limits: {} });
  check(
    { rpm: 1, rpd: 2, tpm: 3, tpd: 4, contextTokens: 5, maxOutputTokens: 6 },
    { limits: { rpm: 1, rpd: 2, tpm: 3, tpd: 4 }, contextTokens: 5, maxOutputTokens: 6 },
  );
  check(
    { inputPrice: 2, outputPrice: 3 },
    { limits: {}, price: { input: 2n * dollar, cachedInput: 2n * dollar, output: 3n * dollar } },
  );
  check(
    { inputPrice: 0.075, cachedInputPrice: 0.0375, outputPrice: 0.3 },
    {
      limits: {},
      price: { input: 75_000_000_000n, cachedInput: 37_500_000_000n, output: 300_000_000_000n },
    },
  );
  check(
    { inputPrice: 0, outputPrice: 0 },
    { limits: {}, price: { input: 0n, cachedInput: 0n, output: 0n } },
  );
  check(
    { inputPrice: 1, cachedInputPrice: 2, outputPrice: 1 },
    { limits: {}, price: { input: dollar, cachedInput: dollar, output: dollar } },
    "m: cachedInputPrice: It must not be above inputPrice.",
  );
  check({ inputPrice: 1 }, { limits: {} }, both);
  check({ cachedInputPrice: 1 }, { limits: {} }, both);
  check(
    { inputPrice: "1", outputPrice: 1 },
    { limits: {} },
    "m: inputPrice: It must be a price in US dollars.",
    both,
  );
  check({ tpm: 0, rpm: 5 }, { limits: { rpm: 5 } }, `m: tpm: ${whole}`);
  check({ tpm: 1.5 }, { limits: {} }, `m: tpm: ${whole}`);
  check({ tpm: null }, { limits: {} });
  check({ contextTokens: "8k" }, { limits: {} }, `m: contextTokens: ${whole}`);
  check({ rps: 1 }, { limits: {} }, "m: rps: There is no such field.");
  check(7, { limits: {} }, "m: It must be an object of numbers.");

  it.each([7, "x", [], true])("%j is no table of rows", (setting) => {
    const { value, problems } = parseUserRows(setting);
    expect(value.size).toBe(0);
    expect(problems).toHaveLength(1);
  });

  it.each([undefined, null, {}])("%j is none", (setting) =>
    expect(parseUserRows(setting)).toEqual({ value: new Map(), problems: [] }),
  );
});

describe("the second service", () => {
  it("is a model with an address", () => {
    const { value, problems } = parseFallback({
      baseUrl: "http://localhost:11434/v1/",
      model: "qwen3:8b",
      inputPrice: 0,
      outputPrice: 0,
      contextTokens: 32_768,
      tpm: 1000,
    });
    expect(problems).toEqual([]);
    expect(value).toMatchObject({
      baseUrl: "http://localhost:11434/v1",
      model: {
        id: "qwen3:8b",
        provider: "fallback",
        kind: "chat",
        contextTokens: 32_768,
        limits: { tpm: 1000 },
        price: { input: 0n, cachedInput: 0n, output: 0n },
      },
    });
  });

  it("has no price unless one is given", () => {
    const { value } = parseFallback({ baseUrl: "https://a.example/v1", model: "m" });
    expect(value?.model.price).toBeUndefined();
  });

  it("keeps Groq's own path, which an OpenAI client does not add", () => {
    const { value } = parseFallback({ baseUrl: "https://a.example/openai/v1", model: "m" });
    expect(value?.baseUrl).toBe("https://a.example/openai/v1");
  });

  it.each([undefined, null, {}])("%j is none, and no problem", (setting) =>
    expect(parseFallback(setting)).toEqual({ value: undefined, problems: [] }),
  );

  it.each([
    7,
    { baseUrl: "https://a.example" },
    { baseUrl: "https://a.example", model: " " },
    { model: "m" },
    { baseUrl: "http://a.example", model: "m" },
    { baseUrl: "https://me:secret@a.example", model: "m" },
    { baseUrl: "file:///etc/passwd", model: "m" },
    { baseUrl: 7, model: "m" },
  ])("%j is none, and a problem", (setting) => {
    const { value, problems } = parseFallback(setting);
    expect(value).toBeUndefined();
    expect(problems).toHaveLength(1);
    expect(problems[0]?.setting).toBe("fallback");
  });
});
