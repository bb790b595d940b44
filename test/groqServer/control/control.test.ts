import { describe, expect, it } from "vitest";
import type { GroqServer } from "../groqServer";
import { chat, gptOss, testKey } from "../testing/rawClient";
import { startForTest, testStart } from "../testing/startForTest";

/** Acts on the control over HTTP, as another process does. */
async function act(server: GroqServer, name: string, body: object = {}): Promise<unknown> {
  const response = await fetch(`${server.origin}/__control/${name}`, {
    method: "POST",
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
  return response.json();
}

describe("the control over HTTP", () => {
  it("queues answers and faults", async () => {
    const server = await startForTest();
    await act(server, "queueAnswer", { content: "Queued." });
    expect((await chat(server)).text).toContain("Queued.");
    await act(server, "queueFault", { fault: { kind: "status", status: 503 } });
    expect((await chat(server)).status).toBe(503);
  });

  it("sets switches, models, limits and the organisation", async () => {
    const server = await startForTest();
    await act(server, "setSwitches", { retiredModel: "decommissioned" });
    await act(server, "updateModel", { id: gptOss, change: { status: "retired" } });
    expect((await chat(server)).error["code"]).toBe("model_decommissioned");
    await act(server, "updateModel", { id: gptOss, change: { status: "production" } });
    await act(server, "changeLimits", { model: gptOss, limits: { tpm: 10 } });
    expect((await chat(server)).status).toBe(413);
    await act(server, "updateOrganization", { change: { blockedModels: [gptOss] } });
    expect((await chat(server)).status).toBe(403);
  });

  it("plays other clients of the organisation", async () => {
    const server = await startForTest();
    await act(server, "useElsewhere", { model: gptOss, taken: { requests: 30 } });
    expect((await chat(server)).status).toBe(429);
    await act(server, "useElsewhereSteadily", { model: gptOss, perMinute: { inputTokens: 1 } });
  });

  it("moves the clock", async () => {
    const server = await startForTest();
    await act(server, "queueFault", { fault: { kind: "delay", delayMs: 5_000 } });
    const answer = chat(server);
    await act(server, "whenSleeping");
    await act(server, "advance", { milliseconds: 5_000 });
    expect((await answer).status).toBe(200);
    expect(await act(server, "now")).toBe(testStart + 5_000);
  });

  it("tells requests and the bill, amounts as text", async () => {
    const server = await startForTest();
    await act(server, "queueAnswer", { content: "one" });
    await chat(server);
    expect(await act(server, "requests")).toMatchObject([{ path: "/openai/v1/chat/completions" }]);
    expect(await act(server, "bill")).toMatchObject({ total: String(68 * 75_000 + 300_000) });
    expect(JSON.stringify(server.requests)).not.toContain(testKey);
  });

  it.each([
    ["nothing", {}, 404],
    ["queueAnswer", { text: "misspelt" }, 400],
    ["queueFault", { fault: { kind: "earthquake" } }, 400],
    ["setSwitches", { tempo: "high" }, 400],
    ["bill", { organization: "org_nobody" }, 400],
  ])("refuses %s %j", async (name, body, status) => {
    const server = await startForTest();
    const url = `${server.origin}/__control/${name}`;
    const response = await fetch(url, { method: "POST", body: JSON.stringify(body) });
    expect(response.status).toBe(status);
  });
});
