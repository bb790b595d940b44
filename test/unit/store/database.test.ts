import { writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DatabaseTooNew } from "../../../src/store/database";
import { openStore } from "../../fakes/openedStore";
import { migrations } from "../../../src/store/schema";
import { TemporaryFolder } from "../../fakes/temporaryFolder";
import { reservation } from "./storeSamples";

let folder: TemporaryFolder;
let path: string;
beforeEach(() => {
  folder = new TemporaryFolder();
  path = folder.file("groqCoder.db");
});
afterEach(() => folder[Symbol.dispose]());

function setVersion(version: number): void {
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA user_version = ${version}`);
  database.close();
}

it.each(["with space", "100%25", "what?mode=ro", "#1", "größe 変"])(
  "a file in the folder %j is opened like any other",
  (name) => {
    for (let opening = 0; opening < 2; opening++) {
      const store = openStore(folder.file(`${name}/groqCoder.db`));
      store.reserve(reservation(`${opening}`), {});
      store.close();
    }
    const store = openStore(folder.file(`${name}/groqCoder.db`));
    expect(store.spent({ kind: "day", day: "2026-11-20" }).calls).toBe(2);
    store.close();
  },
);

it("an opened file has the newest schema, and opens again", () => {
  openStore(path).close();
  const database = new DatabaseSync(path);
  expect(database.prepare("PRAGMA user_version").get()).toEqual({
    user_version: migrations.length,
  });
  expect(database.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
  database.close();
  openStore(path).close();
});

describe("a file of a newer version", () => {
  it("is not opened", () => {
    openStore(path).close();
    setVersion(migrations.length + 1);
    expect(() => openStore(path)).toThrow(DatabaseTooNew);
  });

  it("is not spent on by a window that had it open before", () => {
    const store = openStore(path);
    store.reserve(reservation("1"), {});
    setVersion(migrations.length + 1);
    expect(() => store.reserve(reservation("2"), {})).toThrow(DatabaseTooNew);
    // What was under way can still be booked.
    expect(() => store.cancel("1")).not.toThrow();
    store.close();
  });
});

describe("a place that cannot be used throws", () => {
  it("a folder that cannot be made", () => {
    writeFileSync(folder.file("file"), "");
    expect(() => openStore(folder.file("file/sub/groqCoder.db"))).toThrow();
  });

  it("a folder in the file's place", () => {
    expect(() => openStore(folder.path)).toThrow();
  });
});

describe("a file that another window has locked", () => {
  it("throws after the wait, and works again when it is free", () => {
    const store = openStore(path, { busyTimeoutMs: 20 });
    const other = new DatabaseSync(path);
    other.exec("BEGIN IMMEDIATE");
    expect(() => store.reserve(reservation("1"), {})).toThrow("database is locked");
    // Reading goes on.
    expect(store.spent({ kind: "day", day: "2026-11-20" }).calls).toBe(0);
    other.exec("ROLLBACK");
    store.reserve(reservation("1"), {});
    expect(store.spent({ kind: "day", day: "2026-11-20" }).calls).toBe(1);
    other.close();
    store.close();
  });

  it("is not opened half", () => {
    const other = new DatabaseSync(path);
    other.exec("CREATE TABLE t (x); BEGIN EXCLUSIVE");
    expect(() => openStore(path, { busyTimeoutMs: 20 })).toThrow("locked");
    other.exec("ROLLBACK");
    other.close();
    openStore(path, { busyTimeoutMs: 20 }).close();
  });
});
