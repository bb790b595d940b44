import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OpenedStore } from "../../fakes/openedStore";
import { expectRollUpsToFit, reservation, settlement } from "./storeSamples";
import { useWindows } from "./windows";

const windows = useWindows();
let store: OpenedStore;
beforeEach(() => {
  store = windows.open();
});

const reserved = { cost: 2_000_000_000n, calls: 1, estimated: true, unpriced: 0 };
const settled = { cost: 500_000_000n, calls: 1, estimated: false, unpriced: 0 };

function today(window: OpenedStore = store) {
  return window.spent({ kind: "day", day: "2026-11-20" });
}

function change(sql: string, ...parameters: (string | number)[]): void {
  const database = new DatabaseSync(windows.path);
  database.prepare(sql).run(...parameters);
  database.close();
}

function stateOf(id: string): unknown {
  const database = new DatabaseSync(windows.path, { readOnly: true });
  const row = database.prepare("SELECT settled FROM calls WHERE id = ?").get(id);
  database.close();
  return row?.["settled"];
}

/** Another window, that ends without a word about what it has under way. */
function crashedWindow(...ids: string[]): void {
  const window = windows.open();
  for (const id of ids) window.reserve(reservation(id), {});
  window.close();
}

/** Whatever the moment, looks often enough for one that charges. */
function lookOnce(window: OpenedStore): boolean {
  return Array.from({ length: 12 }, () => window.look()).includes(true);
}

describe("calls that a crashed window left open", () => {
  it("are charged at their reservation when a store is next opened", () => {
    crashedWindow("1");
    expect(stateOf("1")).toBe(0);
    const next = windows.open();
    expect(stateOf("1")).toBe(2);
    expect(today(next)).toEqual(reserved);
    expect(next.spent({ kind: "session", conversationId: "c1" })).toEqual(reserved);
    next.close();
    expectRollUpsToFit(windows.path);
  });

  it("are charged by a window that runs on, and told as a change", () => {
    expect(lookOnce(store)).toBe(false);
    crashedWindow("1", "2");
    store.look();
    expect(lookOnce(store)).toBe(true);
    expect(stateOf("1")).toBe(2);
    expect(lookOnce(store)).toBe(false);
  });

  it("are charged once, however many windows open", () => {
    crashedWindow("1");
    for (let window = 0; window < 3; window++) windows.open().close();
    expect(today()).toEqual(reserved);
  });

  it("are left alone while their window lives", () => {
    store.reserve(reservation("1"), {});
    const other = windows.open();
    lookOnce(other);
    expect(stateOf("1")).toBe(0);
    other.close();
  });

  it("keep no lock behind, whatever process has the number now", () => {
    crashedWindow("1");
    // The number of a process that lives: this one's.
    change("UPDATE calls SET owner_pid = ?", process.ppid);
    windows.open().close();
    expect(stateOf("1")).toBe(2);
    expect(readdirSync(`${windows.path}-leases`)).toEqual([]);
  });

  it("of a process that was killed are known at once", async () => {
    const holder = `
      const { DatabaseSync } = require("node:sqlite");
      const lock = new DatabaseSync(process.argv[1]);
      lock.exec("BEGIN EXCLUSIVE");
      process.stdout.write("held");
      setInterval(() => lock, 1000);`;
    store.reserve(reservation("1"), {});
    change("UPDATE calls SET owner_id = 'killed'");
    const child = spawn(process.execPath, ["-e", holder, `${windows.path}-leases/killed`]);
    await once(child.stdout, "data");
    windows.open().close();
    expect(stateOf("1")).toBe(0);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(existsSync(`${windows.path}-leases/killed`)).toBe(true);
    windows.open().close();
    expect(stateOf("1")).toBe(2);
    expect(existsSync(`${windows.path}-leases/killed`)).toBe(false);
  });
});

describe("calls of a window of version 1, which has no lock", () => {
  beforeEach(() => store.reserve(reservation("1"), {}));

  it("are left alone while its process lives", () => {
    change("UPDATE calls SET owner_id = NULL, owner_pid = ?", process.ppid);
    windows.open().close();
    expect(stateOf("1")).toBe(0);
  });

  it("are charged when it is gone", () => {
    change(
      "UPDATE calls SET owner_id = NULL, owner_pid = ?",
      spawnSync(process.execPath, ["--version"]).pid,
    );
    windows.open().close();
    expect(stateOf("1")).toBe(2);
  });
});

describe("a window that was taken for dead", () => {
  beforeEach(() => {
    store.reserve(reservation("1"), {});
    change("UPDATE calls SET settled = 2");
    expect(today()).toEqual(reserved);
  });
  afterEach(() => expectRollUpsToFit(windows.path));

  it("corrects the charge when it settles", () => {
    store.settle("1", settlement());
    expect(today()).toEqual(settled);
    expect(store.spent({ kind: "session", conversationId: "c1" })).toEqual(settled);
  });

  it("takes it back when it cancels", () => {
    store.cancel("1");
    expect(today()).toMatchObject({ cost: 0n, calls: 0 });
  });

  it("does not charge twice", () => {
    store.settle("1", settlement());
    store.settle("1", settlement());
    expect(today()).toEqual(settled);
  });
});
