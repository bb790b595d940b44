import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readChatChunk } from "../../../src/http/chatChunk";
import { readDurationMs } from "../../../src/http/duration";
import { readReportedLimits } from "../../../src/groq/reportedLimits";

describe("readDurationMs", () => {
  const check = (text: string, expected: number | undefined) =>
    it(JSON.stringify(text), () => {
      const ms = readDurationMs(text);
      if (expected === undefined) expect(ms).toBeUndefined();
      else expect(ms).toBeCloseTo(expected, 6);
    });
  check("2m59.56s", 179_560);
  check("7.66s", 7660);
  check("6s", 6000);
  check("120ms", 120);
  check("1.984999999s", 1984.999999);
  check("9m38.016s", 578_016);
  check("1m47.5854s.", 107_585.4);
  check("2s.", 2000);
  check("1h0m0s", 3_600_000);
  check("24h0m0.5s", 86_400_500);
  check("500µs", 0.5);
  check("500us", 0.5);
  check("1ns", 0.000_001);
  check("1d", 86_400_000);
  check("0s", 0);
  for (const wrong of [
    "",
    ".",
    "s",
    "6",
    "6 s",
    "-6s",
    "6s6",
    "1.2.3s",
    "6s..",
    "1e3s",
    "٣s",
    "6S",
  ])
    check(wrong, undefined);
  check(`${"9".repeat(400)}s`, undefined);
});

describe("readReportedLimits", () => {
  const tokens = (limit: string, remaining: string) => ({
    "x-ratelimit-limit-tokens": limit,
    "x-ratelimit-remaining-tokens": remaining,
  });
  const check = (name: string, headers: Record<string, string>, expected: unknown) =>
    it(name, () => expect(readReportedLimits(new Headers(headers))).toEqual(expected));

  check("none", {}, {});
  check(
    "both",
    {
      ...tokens("8000", "7956"),
      "x-ratelimit-limit-requests": "1000",
      "x-ratelimit-remaining-requests": "999",
      "x-ratelimit-reset-tokens": "330ms",
    },
    { tpm: { limit: 8000, remaining: 7956 }, rpd: { limit: 1000, remaining: 999 } },
  );
  check("nothing remains", tokens("8000", "0"), { tpm: { limit: 8000, remaining: 0 } });
  check("half a pair", { "x-ratelimit-limit-tokens": "8000" }, {});
  for (const wrong of [
    "",
    "-1",
    "1e9",
    "0x10",
    "8000.5",
    "NaN",
    "unlimited",
    "9".repeat(16),
    "8 000",
  ]) {
    check(`limit ${JSON.stringify(wrong)}`, tokens(wrong, "1"), {});
    check(`remaining ${JSON.stringify(wrong)}`, tokens("8000", wrong), {});
  }
  check("a limit of nothing would refuse for ever", tokens("0", "0"), {});
  check("written twice", tokens("8000, 6000", "1"), {});
});

describe("readChatChunk", () => {
  const reported = { prompt_tokens: 80, completion_tokens: 40, total_tokens: 120 };
  const usage = { promptTokens: 80, cachedTokens: 0, completionTokens: 40, reasoningTokens: 0 };
  const choice = (delta: unknown, finish_reason: unknown = null) => ({
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
  });
  const check = (name: string, chunk: unknown, expected: unknown) =>
    it(name, () => expect(readChatChunk(chunk, "groq")).toEqual(expected));

  check(
    "the role comes first",
    { ...choice({ role: "assistant", content: "" }), x_groq: { id: "req" } },
    [],
  );
  check("text", choice({ content: "Hi" }), [{ kind: "text", text: "Hi" }]);
  check("text that is null", choice({ content: null }), []);
  check("reasoning", choice({ reasoning: "Hm", channel: "analysis" }), [
    { kind: "reasoning", text: "Hm" },
  ]);
  check("no delta", { choices: [{ index: 0, finish_reason: null }] }, []);
  check(
    "the finish with its usage twice counts it once",
    {
      ...choice({}, "stop"),
      usage: reported,
      x_groq: { id: "req", usage: reported },
    },
    [
      { kind: "finish", reason: "stop" },
      { kind: "usage", usage },
    ],
  );
  check("usage at Groq's own place alone", { ...choice({}, "stop"), x_groq: { usage: reported } }, [
    { kind: "finish", reason: "stop" },
    { kind: "usage", usage },
  ]);
  check("usage without a list of choices", { usage: reported }, [{ kind: "usage", usage }]);
  check("no list of choices", { x_groq: { id: "req" } }, []);
  check("null for it", { choices: null }, []);
  check("nothing that a chunk has", { id: "c" }, undefined);
  for (const odd of [
    {},
    "none",
    { prompt_tokens: 80 },
    ...[-1, 80.5, 2 ** 60, "80"].map((prompt_tokens) => ({ ...reported, prompt_tokens })),
  ])
    check(`the finish with usage ${JSON.stringify(odd)}`, { ...choice({}, "stop"), usage: odd }, [
      { kind: "finish", reason: "stop" },
    ]);
  check(
    "details that are no counts",
    {
      usage: {
        ...reported,
        prompt_tokens_details: { cached_tokens: "64" },
        completion_tokens_details: [],
      },
    },
    [{ kind: "usage", usage }],
  );
  check("usage without a choice", { choices: [], usage: reported }, [{ kind: "usage", usage }]);
  check(
    "details",
    {
      choices: [],
      usage: {
        ...reported,
        prompt_tokens_details: { cached_tokens: 64 },
        completion_tokens_details: { reasoning_tokens: 12 },
      },
    },
    [{ kind: "usage", usage: { ...usage, cachedTokens: 64, reasoningTokens: 12 } }],
  );
  check(
    "details that are more than their whole",
    {
      usage: {
        ...reported,
        prompt_tokens_details: { cached_tokens: 400 },
        completion_tokens_details: { reasoning_tokens: 41 },
      },
    },
    [{ kind: "usage", usage: { ...usage, cachedTokens: 80, reasoningTokens: 40 } }],
  );
  check("null details", { choices: [], usage: { ...reported, prompt_tokens_details: null } }, [
    { kind: "usage", usage },
  ]);
  check("an unknown finish does not pass for whole", choice({}, "banana"), [
    { kind: "finish", reason: "length" },
  ]);
  check("cut at the cap", choice({}, "length"), [{ kind: "finish", reason: "length" }]);
  check("broken off by the service", { choices: [], x_groq: { error: "over capacity" } }, [
    { kind: "failure", failure: { kind: "brokenOff", detail: "over capacity" }, billable: true },
  ]);
  check("tool calls are nothing to show yet", choice({ tool_calls: [{}] }, "tool_calls"), [
    { kind: "finish", reason: "tool_calls" },
  ]);

  for (const garbage of [
    undefined,
    null,
    "chunk",
    7,
    [],
    {},
    { choices: [null] },
    { choices: [{ delta: { content: 7 } }] },
  ])
    check(`no chunk: ${JSON.stringify(garbage)}`, garbage, undefined);

  it("never crashes", () => {
    fc.assert(
      fc.property(fc.anything(), (chunk) => {
        readChatChunk(chunk, "groq");
      }),
    );
  });
});
