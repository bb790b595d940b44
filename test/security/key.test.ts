import { createServer } from "node:http";
import type { Server } from "node:http";
import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { ChatModelEvent } from "../../src/core/dispatch/chatModel";
import { createGroqChatModel } from "../../src/groq/groqChatModel";
import { createGroqModelList } from "../../src/groq/groqModelList";
import { createSecrets } from "../../src/host/secrets";
import { collect } from "../fakes/asyncSteps";
import { fakeEditor } from "../fakes/fakeEditor";
import { FixedKey } from "../fakes/fixedKey";
import { MemorySecrets } from "../fakes/memorySecrets";
import { startGroqServer } from "../groqServer/groqServer";
import type { GroqServer } from "../groqServer/groqServer";
import { sourceFiles } from "./sourceFiles";

const apiKey = "gsk_SECRET0123456789";

let groq: GroqServer;
/** Somebody else's server: what arrives there has left the user's hands. */
let elsewhere: Server;
let elsewhereOrigin: string;
const arrived: string[] = [];
beforeAll(async () => {
  groq = await startGroqServer();
  elsewhere = createServer((request, response) => {
    arrived.push(JSON.stringify(request.headers));
    response.end("{}");
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
  const address = elsewhere.address();
  if (address === null || typeof address === "string") throw new Error("no address");
  elsewhereOrigin = `http://127.0.0.1:${address.port}`;
});
afterAll(async () => {
  elsewhere.close();
  await groq.close();
});
beforeEach(() => {
  fakeEditor.reset();
  arrived.length = 0;
});
afterEach(() => vi.unstubAllEnvs());

function ask(baseUrl: string): Promise<ChatModelEvent[]> {
  const model = createGroqChatModel(new FixedKey(baseUrl, apiKey), "groq-coder/test");
  const request = {
    model: "openai/gpt-oss-20b",
    messages: [{ role: "user", content: "hello" }],
    maxCompletionTokens: 512,
  } as const;
  return collect(model.stream(request, new AbortController().signal));
}

describe("no redirect carries the key", () => {
  it.each([301, 302, 303, 307, 308])("%i", async (status) => {
    const headers = { location: `${elsewhereOrigin}/openai/v1/chat/completions` };
    groq.queueFault({ kind: "status", status, body: {}, headers });
    const events = await ask(groq.origin);
    expect(events.at(-1)?.kind).toBe("failure");
    expect(arrived).toEqual([]);

    groq.queueFault({ kind: "status", status, body: {}, headers });
    const credentials = { apiKey, baseUrl: groq.origin };
    const listed = await createGroqModelList("test").list(
      credentials,
      new AbortController().signal,
    );
    expect(listed.ok).toBe(false);
    expect(arrived).toEqual([]);
  });
});

describe("the environment moves nothing that was given", () => {
  it("GROQ_BASE_URL and GROQ_API_KEY are not read behind our back", async () => {
    vi.stubEnv("GROQ_BASE_URL", elsewhereOrigin);
    vi.stubEnv("GROQ_API_KEY", "gsk_from_environment");
    vi.stubEnv("GROQ_LOG", "debug");
    const printed = vi.spyOn(console, "debug").mockImplementation(() => undefined);
    const before = groq.requests.length;
    await ask(groq.origin);
    expect(arrived).toEqual([]);
    expect(groq.requests).toHaveLength(before + 1);
    expect(groq.requests.at(-1)?.headers["authorization"]).toContain("gsk_SECR");
    expect(printed).not.toHaveBeenCalled();
    printed.mockRestore();
  });
});

describe("no failure shows the key", () => {
  it.each([
    ["a key that breaks the header", `gsk_SECRET\n0123456789`],
    ["a key with letters that no header takes", `${apiKey}\u200b`],
    ["a wrong key", `gsk_wrong${apiKey}`],
  ])("%s", async (_name, broken) => {
    const model = createGroqChatModel(new FixedKey(groq.origin, broken), "groq-coder/test");
    const request = { model: "m", messages: [], maxCompletionTokens: 512 };
    const events = await collect(model.stream(request, new AbortController().signal));
    expect(events.at(-1)?.kind).toBe("failure");
    expect(JSON.stringify(events)).not.toContain("SECRET");
  });

  it("nor a service that repeats it", async () => {
    const body = { error: { message: `Incorrect API key provided: ${apiKey}` } };
    for (let time = 0; time < 2; time++) groq.queueFault({ kind: "status", status: 401, body });
    const events = await ask(groq.origin);
    const key = { apiKey, baseUrl: groq.origin };
    const listed = await createGroqModelList("test").list(key, new AbortController().signal);
    for (const told of [events.at(-1), listed]) {
      expect(told).toMatchObject({ failure: { detail: "Incorrect API key provided: [key]" } });
      expect(JSON.stringify(told)).not.toContain("SECRET");
    }
  });

  it("nor an address that is refused", async () => {
    fakeEditor.settings.set("groqCoder.baseUrl", "http://elsewhere.example");
    const secrets = createSecrets(new MemorySecrets(), { GROQ_API_KEY: apiKey });
    expect(JSON.stringify(await secrets.credentials())).not.toContain("SECRET");
  });
});

describe("where the key can come from", () => {
  const naming = (pattern: RegExp) =>
    sourceFiles("src", "webview").filter(({ text }) => pattern.test(text));

  it("is one file", () => {
    for (const pattern of [/\.secrets\b.*\bget\(|storage\.get\(/, /GROQ_API_KEY/])
      expect(naming(pattern).map(({ path }) => path)).toEqual(["src/host/secrets.ts"]);
  });

  it("is no setting, and no setting of a workspace moves it", () => {
    const manifest = JSON.parse(
      readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
    ) as {
      contributes: { configuration: { properties: Record<string, { scope: string }> } };
      capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
    };
    const { properties } = manifest.contributes.configuration;
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    expect(Object.keys(properties).filter((name) => /key|secret|token$/i.test(name))).toEqual([]);
    const money = ["model", "plan", "maxOutputTokens", "baseUrl", "reasoningEffort"];
    for (const name of money)
      expect([name, properties[`groqCoder.${name}`]?.scope]).toEqual([name, "application"]);
    for (const name of ["model", "plan", "maxOutputTokens", "baseUrl"])
      expect(restrictedConfigurations).toContain(`groqCoder.${name}`);
  });
});
