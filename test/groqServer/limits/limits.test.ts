import { describe, expect, it } from "vitest";
import { chat, gptOss, send } from "../testing/rawClient";
import { startForTest } from "../testing/startForTest";
import type { ModelLimits } from "../models/modelRow";
import type { ElsewhereUse } from "./rateLimiter";

/** Tokens of the prompt that `chat` sends: Harmony's overhead and one word. */
const promptTokens = 68;

/** Error bodies published in public threads (read 2026-10): limit, use, request and stated wait. */
const published: readonly {
  name: string;
  limits: ModelLimits;
  used: Partial<ElsewhereUse>;
  requested: number;
  wait: number;
}[] = [
  tokens("tokens per day", { tpd: 100_000 }, 97_050, 3_619, 578.016),
  tokens("tokens per minute", { tpm: 12_000 }, 2_542, 9_855, 1.985),
  tokens("tokens per minute, another", { tpm: 6_000 }, 5_914, 1_822, 17.36),
  {
    name: "requests per minute",
    limits: { rpm: 30 },
    used: { requests: 30 },
    requested: 0,
    wait: 2,
  },
];

function tokens(
  name: string,
  limits: ModelLimits,
  used: number,
  requested: number,
  wait: number,
): (typeof published)[number] {
  return { name, limits, used: { inputTokens: used }, requested, wait };
}

describe("waits of published refusals, to 10 ms", () => {
  it.each(published)("$name", async ({ limits, used, requested, wait }) => {
    const server = await startForTest({ plan: "custom", limits: { [gptOss]: limits } });
    server.useElsewhere(gptOss, used);
    const cap = requested === 0 ? 1 : requested - promptTokens;
    const refused = await chat(server, { max_completion_tokens: cap });
    expect(refused.status).toBe(429);
    const message = refused.error["message"] ?? "";
    expect(Math.abs(waitIn(message) - wait)).toBeLessThanOrEqual(0.01);
    expect(refused.headers.get("retry-after")).toBe(String(Math.ceil(waitIn(message))));
  });

  it("seconds of audio per hour", async () => {
    const model = "whisper-large-v3";
    const server = await startForTest();
    server.useElsewhere(model, { audioSeconds: 6_445 });
    server.queueAnswer({ content: "", audioSeconds: 1_601 });
    const form = new FormData();
    form.set("file", new File([new Uint8Array(8)], "long.mp3"));
    form.set("model", model);
    const refused = await send(server, "POST", "audio/transcriptions", form);
    expect(refused.error).toMatchObject({ type: "seconds", code: "rate_limit_exceeded" });
    expect(waitIn(refused.text)).toBeCloseTo(423, 2);
  });
});

/** Seconds that a message tells to wait. */
function waitIn(message: string): number {
  const [, hours = 0, minutes = 0, seconds = 0] =
    /try again in (?:(\d+)h)?(?:(\d+)m)?(?:([\d.]+)s)/.exec(message) ?? [];
  return Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
}

describe("admission", () => {
  it("admits whoever waits as long as the message says, and not a moment earlier", async () => {
    const server = await startForTest({ switches: { unusedOutput: "kept" } });
    const request = { max_completion_tokens: 5_000 };
    expect((await chat(server, request)).status).toBe(200);
    const refused = await chat(server, request);
    const waitMs = waitIn(refused.text) * 1_000;
    await server.clock.advance(waitMs - 10);
    expect((await chat(server, request)).status).toBe(429);
    await server.clock.advance(10);
    expect((await chat(server, request)).status).toBe(200);
  });

  it.each([
    ["rpd", { rpd: 1 }, "requests per day (RPD)"],
    ["itpm", { itpm: 100 }, "input tokens per minute (ITPM)"],
    ["otpm", { otpm: 100 }, "output tokens per minute (OTPM)"],
  ])("counts %s", async (_name, limits, label) => {
    const server = await startForTest({ plan: "custom", limits: { [gptOss]: limits } });
    const request = { max_completion_tokens: 80 };
    server.queueAnswer({ content: "word ".repeat(80) });
    expect((await chat(server, request)).status).toBe(200);
    const refused = await chat(server, request);
    expect(refused.status).toBe(429);
    expect(refused.text).toContain(label);
  });

  it("counts by organisation and model, not by key", async () => {
    const server = await startForTest({
      limits: { [gptOss]: { rpm: 1 }, "openai/gpt-oss-120b": { rpm: 1 } },
      organizations: [
        { id: "org_a", limits: { [gptOss]: { rpm: 1 } } },
        { id: "org_b", keyPrefixes: ["gsk_b"], limits: { [gptOss]: { rpm: 1 } } },
      ],
    });
    const as = async (key: string, model = gptOss): Promise<number> => {
      const body = { model, messages: [{ role: "user", content: "Hello" }] };
      const headers = { authorization: `Bearer ${key}` };
      return (await send(server, "POST", "chat/completions", body, headers)).status;
    };
    expect(await as("gsk_1")).toBe(200);
    expect(await as("gsk_2")).toBe(429);
    expect(await as("gsk_1", "openai/gpt-oss-120b")).toBe(200);
    expect(await as("gsk_b1")).toBe(200);
  });

  it("follows limits that move at a given time", async () => {
    const server = await startForTest();
    server.changeLimits(gptOss, { tpm: 1_000 }, server.clock.now() + 60_000);
    const request = { max_completion_tokens: 2_000 };
    expect((await chat(server, request)).status).toBe(200);
    await server.clock.advance(60_000);
    const refused = await chat(server, request);
    expect(refused.status).toBe(413);
    expect(refused.text).toContain("Limit 1000, Requested 2068");
  });

  it("feels other clients of the organisation that use it all the time", async () => {
    const server = await startForTest();
    server.useElsewhereSteadily(gptOss, { inputTokens: 16_000 });
    await server.clock.advance(60_000);
    expect((await chat(server)).headers.get("retry-after")).toBe("1");
    server.useElsewhereSteadily(gptOss, {});
    await server.clock.advance(60_000);
    expect((await chat(server)).status).toBe(200);
  });

  it("gives flex ten times the room, and auto the use of it", async () => {
    const server = await startForTest({ plan: "developer", limits: { [gptOss]: { tpm: 1_000 } } });
    const request = { max_completion_tokens: 5_000 };
    expect((await chat(server, { ...request, service_tier: "on_demand" })).status).toBe(413);
    const auto = await chat(server, { ...request, service_tier: "auto" });
    expect(auto.json).toMatchObject({ service_tier: "flex" });
  });
});
