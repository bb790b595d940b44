import { writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { migrations } from "../../../src/store/schema";
import { createStoreClient } from "../../../src/store/storeClient";
import type { StoreNotice } from "../../../src/core/dispatch/storeEvents";
import type { StoreClient } from "../../../src/store/storeClient";
import { bundleProgram } from "../../fakes/bundledProgram";
import { TemporaryFolder } from "../../fakes/temporaryFolder";
import { answerTurn, reservation, settlement, userTurn } from "./storeSamples";

const bundles = new TemporaryFolder();
const worker = bundles.file("storeWorker.mjs");
beforeAll(() => bundleProgram("src/store/worker.ts", worker));
afterAll(() => bundles[Symbol.dispose]());

const clients: StoreClient[] = [];
const folders: TemporaryFolder[] = [];
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  for (const folder of folders.splice(0)) folder[Symbol.dispose]();
});

function newPath(): string {
  const folder = new TemporaryFolder();
  folders.push(folder);
  return folder.file("groqCoder.db");
}

function open(path: string = newPath(), workerPath: string = worker): StoreClient {
  const client = createStoreClient(workerPath, path);
  clients.push(client);
  return client;
}

const ok = { ok: true };
const today = "2026-11-20";

describe("through the worker", () => {
  it("the ledger books exactly", async () => {
    const { ledger } = open();
    const cost = 2n ** 60n + 1n;
    expect(await ledger.reserve(reservation("1", { cost }), {})).toMatchObject(ok);
    expect(await ledger.spent({ kind: "day", day: today })).toMatchObject({
      value: { cost, estimated: true },
    });
    expect(await ledger.settle("1", settlement({ cost: cost - 1n }))).toMatchObject(ok);
    expect(await ledger.spent({ kind: "session", conversationId: "c1" })).toEqual({
      ok: true,
      value: { cost: cost - 1n, calls: 1, estimated: false, unpriced: 0 },
    });
  });

  it("a conversation comes back in another window", async () => {
    const path = newPath();
    const { conversations } = open(path);
    await conversations.create("c1", 5, "project");
    await conversations.saveTurn("c1", 0, userTurn());
    await conversations.saveTurn("c1", 1, answerTurn({ settlement: settlement() }));
    const expected = {
      id: "c1",
      createdAt: 5,
      workspace: "project",
      turns: [userTurn(), answerTurn({ settlement: settlement() })],
    };
    expect(await open(path).conversations.load("c1")).toEqual({ ok: true, value: expected });
    expect(await conversations.load("none")).toEqual({ ok: true, value: undefined });
  });

  it("limits are shared, by compare and swap", async () => {
    const path = newPath();
    const [one, other] = [open(path).limits, open(path).limits];
    const key = { account: "a1", model: "m" };
    const limits = { version: 1, state: "{}", savedAtMs: 5.5, savedAtMonotonicMs: 7.25 };
    expect(await one.load(key)).toEqual({ ok: true, value: undefined });
    expect(await one.replace(key, limits)).toEqual({ ok: true, value: undefined });
    expect(await other.replace(key, { ...limits, state: "late" })).toEqual({
      ok: true,
      value: limits,
    });
    await other.merge("a2", "a1");
    expect(await one.load({ ...key, account: "a2" })).toEqual({ ok: true, value: limits });
  });

  it("reports, pages of calls, waits and what is deleted", async () => {
    const { ledger, usage, usageExport, holdUps, data } = open();
    await ledger.reserve(reservation("1"), {});
    await ledger.settle("1", settlement());
    const at = { at: 1, day: today, hour: 3, model: "m", provider: "groq" } as const;
    expect(await holdUps.note({ ...at, kind: "wait", reason: "tpm", waitedMs: 10 })).toMatchObject(
      ok,
    );
    expect(await usage.spentByModel("2026-11")).toMatchObject({ value: [{ cost: 500_000_000n }] });
    expect(await usage.spentByHour(today)).toMatchObject({ value: [{ day: today, hour: 12 }] });
    expect(await usageExport.calls(0)).toMatchObject({ value: [{ id: "1", position: 1 }] });
    expect(await usageExport.calls(1)).toEqual({ ok: true, value: [] });
    expect(await data.forgetBefore("2026-11-21")).toMatchObject(ok);
    expect(await usageExport.calls(0)).toEqual({ ok: true, value: [] });
    expect(await data.deleteAll(today)).toMatchObject(ok);
    expect(await ledger.spent({ kind: "day", day: today })).toMatchObject({
      value: { cost: 500_000_000n },
    });
  });

  it("the file is described by its schema and its size", async () => {
    const { data } = open();
    const described = await data.describe();
    expect(described).toMatchObject({
      value: { schemaVersion: migrations.length, newestVersion: migrations.length },
    });
    expect(described.ok && described.value.bytes).toBeGreaterThan(4096);
  });

  it("calls are carried out in the order in which they were made", async () => {
    const { ledger } = open();
    const results = await Promise.all([
      ledger.reserve(reservation("1"), {}),
      ledger.settle("1", settlement()),
      ledger.spent({ kind: "day", day: today }),
      ledger.settle("1", settlement({ cost: 1n })),
    ]);
    expect(results).toMatchObject([ok, ok, { value: { calls: 1 } }, { ok: false }]);
  });
});

describe("failures are data, never exceptions", () => {
  it("a file of a newer version", async () => {
    const path = newPath();
    const database = new DatabaseSync(path);
    database.exec(`PRAGMA user_version = ${migrations.length + 1}`);
    database.close();
    expect(await open(path).ledger.reserve(reservation("1"), {})).toEqual({
      ok: false,
      failure: { kind: "storeTooNew" },
    });
  });

  it("a worker that cannot start: each call is told, and none hangs", async () => {
    const { ledger } = open(newPath(), bundles.file("missing.mjs"));
    const calls = [ledger.spent({ kind: "day", day: today }), ledger.reserve(reservation("1"), {})];
    for (const result of await Promise.all(calls))
      expect(result).toMatchObject({ ok: false, failure: { kind: "storeUnavailable" } });
    expect(await ledger.spent({ kind: "day", day: today })).toMatchObject({ ok: false });
  });

  it("a worker that dies: the next call starts another", async () => {
    const fragile = bundles.file("fragile.mjs");
    writeFileSync(
      fragile,
      `import { parentPort } from "node:worker_threads";
       parentPort.on("message", (calls) => {
         if (calls.some(({ name }) => name === "spent")) throw new Error("died");
         parentPort.postMessage(calls.map(({ sequence }) => ({ sequence, ok: true })));
       });`,
    );
    const { ledger, conversations } = open(newPath(), fragile);
    expect(await ledger.spent({ kind: "day", day: today })).toEqual({
      ok: false,
      failure: { kind: "storeUnavailable", detail: "died" },
    });
    // Between the error of the old thread and its exit, and after it, calls reach the new one.
    for (let call = 0; call < 20; call++)
      expect(await conversations.create(`c${call}`, 1, "")).toMatchObject(ok);
  });

  it("what no message can carry", async () => {
    const unsendable = { ...userTurn(), attachments: [() => "code"] } as never;
    expect(await open().conversations.saveTurn("c1", 0, unsendable)).toMatchObject({
      ok: false,
      failure: { kind: "storeUnavailable" },
    });
  });
});

describe("a damaged file", () => {
  it("is recovered, and one window is told of it once", async () => {
    const path = newPath();
    writeFileSync(path, "no database at all, but long enough ".repeat(200));
    const windows = [open(path), open(path)];
    const told: StoreNotice[] = [];
    for (const client of windows) client.onNotice((notice) => told.push(notice));
    for (const [id, { ledger }] of windows.entries())
      expect(await ledger.reserve(reservation(`${id}`), {})).toMatchObject(ok);
    await expect.poll(() => told.length).toBe(1);
    expect(told[0]).toMatchObject({ kind: "recovered", spendComplete: false });
    await windows[0]?.ledger.cancel("none");
    expect(told.length).toBe(1);
  });
});

describe("a change is heard", () => {
  function heard(client: StoreClient): () => number {
    let rings = 0;
    client.onChange(() => rings++);
    return () => rings;
  }

  it("in this window and in others", async () => {
    const path = newPath();
    const one = open(path);
    const other = open(path);
    const [here, there] = [heard(one), heard(other)];
    await one.ledger.reserve(reservation("1"), {});
    await expect.poll(here).toBeGreaterThan(0);
    await expect.poll(there).toBeGreaterThan(0);
  });

  it("of limits, too, but not of a write that another window's forestalled", async () => {
    const client = open();
    const here = heard(client);
    const key = { account: "a", model: "m" };
    const limits = { version: 1, state: "{}", savedAtMs: 1, savedAtMonotonicMs: 1 };
    await client.limits.replace(key, limits);
    await expect.poll(here).toBe(1);
    await client.limits.replace(key, { ...limits, state: "late" });
    await client.limits.replace(key, { ...limits, version: 2 });
    await expect.poll(here).toBe(2);
  });

  it("by the slow look where no bell is heard", async () => {
    const path = newPath();
    const one = open(path);
    // Its worker looks often, and what the other window writes rings no bell that it could hear.
    const other = createStoreClient(worker, path, { lookEveryMs: 20 });
    clients.push(other);
    await other.ledger.spent({ kind: "day", day: today });
    const there = heard(other);
    await one.conversations.create("c1", 5, "project");
    await expect.poll(there).toBeGreaterThan(0);
  });

  it("no more once nobody listens", async () => {
    const client = open();
    let rings = 0;
    const stop = client.onChange(() => rings++);
    stop();
    const still = heard(client);
    await client.ledger.reserve(reservation("1"), {});
    await expect.poll(still).toBeGreaterThan(0);
    expect(rings).toBe(0);
  });

  it("in this window even where no folder can be watched", async () => {
    const path = newPath();
    writeFileSync(path, "");
    const client = open(`${path}/sub/groqCoder.db`);
    const here = heard(client);
    await client.ledger.reserve(reservation("1"), {});
    await expect.poll(here).toBeGreaterThan(0);
  });
});

describe("close", () => {
  it("lets what is under way finish", async () => {
    const path = newPath();
    const client = open(path);
    const reserved = client.ledger.reserve(reservation("1"), {});
    await client.close();
    expect(await reserved).toMatchObject(ok);
    expect(await open(path).ledger.spent({ kind: "day", day: today })).toMatchObject({
      value: { calls: 1 },
    });
  });

  it("twice, or before anything, does no harm", async () => {
    const client = open();
    await client.close();
    await client.close();
  });
});
