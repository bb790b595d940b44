import { describe, expect, it } from "vitest";
import { completionsUrl } from "../../../src/openai/endpoint";
import { readReportedLimits } from "../../../src/openai/reportedLimits";

describe("where completions are asked for", () => {
  const check = (baseUrl: string, expected: string) =>
    it(baseUrl, () => expect(completionsUrl(baseUrl)).toBe(expected));
  check("https://api.openai.com/v1", "https://api.openai.com/v1/chat/completions");
  check("https://openrouter.ai/api/v1/", "https://openrouter.ai/api/v1/chat/completions");
  check("http://localhost:11434", "http://localhost:11434/v1/chat/completions");
  check("http://localhost:11434/", "http://localhost:11434/v1/chat/completions");
  check("https://a.example/v1/chat/completions", "https://a.example/v1/chat/completions");
  check("https://a.example/v1beta/openai", "https://a.example/v1beta/openai/chat/completions");
});

describe("what headers tell of the limits", () => {
  const check = (name: string, headers: Record<string, string>, expected: unknown) =>
    it(name, () => expect(readReportedLimits(new Headers(headers))).toEqual(expected));
  const of = (unit: string, limit: number, remaining: number, reset?: string) => ({
    [`x-ratelimit-limit-${unit}`]: String(limit),
    [`x-ratelimit-remaining-${unit}`]: String(remaining),
    ...(reset !== undefined && { [`x-ratelimit-reset-${unit}`]: reset }),
  });

  check("none", {}, {});
  check(
    "OpenAI: both per minute",
    { ...of("requests", 60, 59, "1s"), ...of("tokens", 150_000, 149_984, "6m0s") },
    { rpm: { limit: 60, remaining: 59 }, tpm: { limit: 150_000, remaining: 149_984 } },
  );
  check("without a reset: per minute", of("requests", 60, 59), {
    rpm: { limit: 60, remaining: 59 },
  });
  check("Groq: requests per day", of("requests", 1000, 999, "1m26.4s"), {
    rpd: { limit: 1000, remaining: 999 },
  });
  check("tokens per minute", of("tokens", 8000, 7000, "7.5s"), {
    tpm: { limit: 8000, remaining: 7000 },
  });
  check("malformed ones are left out", of("tokens", 0, 0, "soon"), {});
});
