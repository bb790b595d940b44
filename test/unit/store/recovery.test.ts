import { copyFileSync, existsSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { DatabaseTooNew } from "../../../src/store/database";
import { migrations } from "../../../src/store/schema";
import { aside, useRecovery } from "./recoveryBench";
import { reservation, settlement } from "./storeSamples";

const { asides, expectToBeWhole, fill, open, overwrite, pagesOf, spent, windows } = useRecovery();

describe("a recovery that was cut short is finished by whoever comes next", () => {
  const mark = () => `${windows.path}-recovering`;

  it("before the file was moved", () => {
    fill();
    writeFileSync(mark(), aside);
    const store = open();
    expect(spent(store)).toMatchObject({ cost: 19_900n, calls: 200 });
    expect(asides()).toContain(aside);
    expect(existsSync(mark())).toBe(false);
  });

  it("between the file and its log", () => {
    // Enough that the new file's pages lie elsewhere: the old log must not come over it.
    fill();
    const window = open();
    window.reserve(reservation("only in the log"), {});
    for (const suffix of ["", "-wal"])
      copyFileSync(windows.path + suffix, windows.folder.file(`kept${suffix}`));
    window.close();
    renameSync(windows.folder.file("kept"), windows.folder.file(aside));
    renameSync(windows.folder.file("kept-wal"), `${windows.path}-wal`);
    writeFileSync(mark(), aside);
    renameSync(windows.path, windows.folder.file("gone"));
    const store = open();
    expect(spent(store).calls).toBe(201);
    expect(store.takeNotices().length).toBe(1);
    expect(readdirSync(windows.folder.path)).toContain(aside);
    store.reserve(reservation("2"), {});
    store.close();
    expect(spent(open()).calls).toBe(202);
    expectToBeWhole();
  });

  it("while the new file was written", () => {
    fill();
    renameSync(windows.path, windows.folder.file(aside));
    writeFileSync(`${windows.path}-new`, "half a file");
    writeFileSync(mark(), aside);
    expect(spent(open()).calls).toBe(200);
  });

  it("after the new file was in place", () => {
    writeFileSync(windows.path, "no database ".repeat(500));
    open().close();
    const again = open();
    again.reserve(reservation("1"), {});
    writeFileSync(mark(), aside);
    const next = open();
    expect(spent(next).calls).toBe(1);
    expect(existsSync(mark())).toBe(false);
    expect(asides().filter((name) => name.endsWith(".db"))).toEqual([aside]);
  });

  it("and leaves a window that looks without a hold on the file", () => {
    const window = open();
    writeFileSync(mark(), aside);
    expect(window.look()).toBe(true);
    expect(window.look()).toBe(false);
    expect(window.reserve(reservation("1"), {})).toBeUndefined();
  });
});

describe("what is no damage is left in place", () => {
  it("a whole file that some window took for damaged", () => {
    fill(3);
    open().reserve(reservation("1"), {});
    expect(asides()).toEqual([]);
  });

  it("a file of a newer version, damaged or not", () => {
    fill(3);
    const database = new DatabaseSync(windows.path);
    database.exec(`PRAGMA user_version = ${migrations.length + 1}`);
    database.close();
    const leaf = pagesOf("calls", "leaf")[0];
    overwrite(leaf);
    expect(() => open()).toThrow(DatabaseTooNew);
    expect(asides()).toEqual([]);
  });

  it("a file that was taken away: what was just booked goes into the next", () => {
    const window = open();
    window.reserve(reservation("1"), {});
    for (const suffix of ["", "-wal", "-shm"])
      renameSync(windows.path + suffix, windows.folder.file(`away${suffix}`));
    expect(window.reserve(reservation("2"), {})).toBeUndefined();
    window.settle("1", settlement());
    expect(spent(open())).toMatchObject({ calls: 2 });
  });
});
