import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Failure } from "../../../src/core/dispatch/failure";
import { createGroqModelList } from "../../../src/groq/groqModelList";
import type { Fault } from "../../groqServer/faults/fault";
import { startGroqServer } from "../../groqServer/groqServer";
import type { GroqServer } from "../../groqServer/groqServer";

let server: GroqServer;
beforeAll(async () => {
  server = await startGroqServer();
});
afterAll(() => server.close());

function list(apiKey: string, signal: AbortSignal = new AbortController().signal) {
  return createGroqModelList("groq-coder/test").list({ apiKey, baseUrl: server.origin }, signal);
}

it("lists what a key may use, at no cost", async () => {
  const listed = await list("gsk_good");
  expect(listed).toMatchObject({ ok: true });
  if (listed.ok)
    expect(listed.value).toContainEqual({
      id: "openai/gpt-oss-120b",
      contextTokens: 131_072,
      maxOutputTokens: 65_536,
    });
  expect(server.bill().total).toBe(0n);
  expect(server.requests.at(-1)).toMatchObject({ method: "GET", path: "/openai/v1/models" });
});

it("leaves out models that are not active, rows without a name, and numbers that are none", async () => {
  const data = [
    { id: "a", active: true, context_window: 448, max_completion_tokens: null },
    { id: "b", active: false, context_window: 8192 },
    { id: "c", active: "yes", context_window: "8k", max_completion_tokens: -1 },
    { context_window: 8192 },
    { id: 7 },
    { id: "" },
    { id: "m".repeat(201) },
    null,
    "d",
  ];
  server.queueFault({ kind: "status", status: 200, body: { object: "list", data } });
  expect(await list("gsk_good")).toEqual({
    ok: true,
    value: [{ id: "a", contextTokens: 448 }, { id: "c" }],
  });
});

it("keeps no more of a list than an editor's state can bear", async () => {
  const data = Array.from({ length: 3000 }, (_, index) => ({ id: `model ${index}` }));
  server.queueFault({ kind: "status", status: 200, body: { object: "list", data } });
  const listed = await list("gsk_good");
  expect(listed.ok && listed.value.length).toBe(1000);
});

describe("tells what is wrong", () => {
  const check = (name: string, apiKey: string, fault: Fault | undefined, kind: Failure["kind"]) =>
    it(name, async () => {
      if (fault !== undefined) server.queueFault(fault);
      expect(await list(apiKey)).toMatchObject({ ok: false, failure: { kind } });
    });
  check("a wrong key", "gsk_wrong", undefined, "invalidKey");
  check("a key that cannot be one", "gsk_a\nb", undefined, "invalidKey");
  check("a gateway in between", "gsk_good", { kind: "proxyPage" }, "serverError");
  check("a captive portal", "gsk_good", { kind: "proxyPage", status: 200 }, "unreadableAnswer");
  check(
    "no model list",
    "gsk_good",
    { kind: "status", status: 200, body: { data: 7 } },
    "unreadableAnswer",
  );
  check(
    "half of a JSON text",
    "gsk_good",
    {
      kind: "status",
      status: 200,
      body: '{"data":[',
      headers: { "content-type": "application/json" },
    },
    "unreadableAnswer",
  );
  check("a connection that breaks", "gsk_good", { kind: "reset" }, "unreachable");
});

it("can be stopped", async () => {
  expect(await list("gsk_good", AbortSignal.abort())).toEqual({
    ok: false,
    failure: { kind: "stopped" },
  });
});
