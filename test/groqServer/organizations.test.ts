import { describe, expect, it } from "vitest";
import { picodollars } from "./billing/picodollars";
import { facts } from "./testing/facts";
import { chat, gptOss, send } from "./testing/rawClient";
import { startForTest } from "./testing/startForTest";

const contract = "llama-3.3-70b-versatile";

describe("an organisation", () => {
  it("that is restricted gets 400 for everything", async () => {
    const server = await startForTest({ organizations: [{ restricted: true }] });
    const { status, error } = await send(server, "GET", "models");
    expect([status, error["code"]]).toEqual([400, "organization_restricted"]);
  });

  it.each([
    ["org", { blockedModels: [gptOss] }],
    ["project", { projectBlockedModels: [gptOss] }],
  ])("can block a model by %s", async (by, change) => {
    const server = await startForTest();
    server.updateOrganization(change);
    const { status, error } = await chat(server);
    expect(status).toBe(403);
    expect(error).toMatchObject({
      type: "permissions_error",
      code: `model_permission_blocked_${by}`,
    });
  });

  it("keeps retired models by contract", async () => {
    const server = await startForTest({ organizations: [{ contractModels: [contract] }] });
    expect((await chat(server, { model: contract })).status).toBe(200);
    expect((await send(server, "GET", `models/${contract}`)).status).toBe(200);
  });

  it("is blocked at its spend limit, ten minutes late, until the month ends", async () => {
    const server = await startForTest({ organizations: [{ spendLimit: picodollars("0.000001") }] });
    expect((await chat(server)).status).toBe(200);
    await server.clock.advance(9 * 60_000);
    expect((await chat(server)).status).toBe(200);
    await server.clock.advance(60_000);
    expect((await chat(server)).error["code"]).toBe("blocked_api_access");
    expect((await send(server, "GET", "models")).status).toBe(200);
    await server.clock.advance(11 * 24 * 3_600_000);
    expect((await chat(server)).status).toBe(200);
  });

  it("pays for itself alone", async () => {
    const server = await startForTest({
      organizations: [{ id: "org_a" }, { id: "org_b", keyPrefixes: ["gsk_b"] }],
    });
    await chat(server);
    expect(server.bill("org_a").entries).toHaveLength(1);
    expect(server.bill("org_b").total).toBe(0n);
  });
});

describe("models", () => {
  it("can retire while the server runs", async () => {
    const server = await startForTest();
    server.updateModel(gptOss, { status: "retired" });
    expect((await chat(server)).status).toBe(404);
    expect((await send(server, "GET", "models")).text).not.toContain(gptOss);
  });

  it("can be added", async () => {
    const server = await startForTest({ models: { "new/model": { contextWindow: 4_096 } } });
    const { json } = await send(server, "GET", "models/new/model");
    expect(json).toMatchObject({ id: "new/model", context_window: 4_096 });
  });
});

describe("anything else", () => {
  it.each([
    ["GET", "nothing"],
    ["DELETE", "models"],
    ["GET", "files/%zz"],
    ["POST", "responses"],
  ])("%s %s is an unknown URL or a missing thing", async (method, path) => {
    const server = await startForTest();
    const { status, error } = await send(server, method, path);
    expect(status, facts.unknownUrl).toBe(404);
    expect(error["type"]).toBe("invalid_request_error");
  });

  it("is answered with an id that the log knows", async () => {
    const server = await startForTest();
    const { headers } = await chat(server);
    expect(headers.get("x-request-id")).toBe(server.requests[0]?.id);
    expect(server.requests[0]?.headers["authorization"]).toBe("Bearer gsk_test…");
  });
});
