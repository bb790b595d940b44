import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fakeEditor } from "../fakes/fakeEditor";
import { saveDocument } from "../fakes/fakeWorkspace";
import { everything, nine, update, useReview } from "./reviewBench";

const bench = useReview();
const { given, givenAll, onDisk, textOf, open } = bench;

describe("undo brings every file back", () => {
  it("after saves and in another window", async () => {
    await open(everything, givenAll());
    await bench.review.acceptAll();
    for (const path of ["a.ts", "new.ts", "moved.ts"])
      writeFileSync(bench.folder.file(path), textOf(path) ?? "");
    fakeEditor.documents.clear();
    bench.reload();
    const later = bench.review;
    expect(await later.undoLast("ask")).toMatchObject({ ok: true });
    expect(textOf("a.ts")).toBe(nine);
    expect(onDisk("gone.ts")).toBe(nine);
    expect(onDisk("old.ts")).toBe(nine);
    expect(onDisk("new.ts")).toBeUndefined();
    expect(onDisk("moved.ts")).toBeUndefined();
    expect(await later.undoLast("ask")).toMatchObject({ failure: { kind: "nothingToUndo" } });
  });

  it("not in another window, which cannot see what is not saved, and forgets nothing", async () => {
    given("a.ts");
    await open(update("a.ts"), ["a.ts"]);
    await bench.review.acceptAll();
    const applied = textOf("a.ts") ?? "";
    fakeEditor.documents.clear();
    bench.reload();
    expect(await bench.review.undoLast("ask")).toMatchObject({
      failure: { kind: "nothingToUndo" },
    });
    writeFileSync(bench.folder.file("a.ts"), applied);
    fakeEditor.documents.clear();
    expect(await bench.review.undoLast("ask")).toMatchObject({ ok: true });
    expect(textOf("a.ts")).toBe(nine);
  });

  it("where the user has undone it by hand there is nothing left to do", async () => {
    const document = given("a.ts");
    await open(update("a.ts"), ["a.ts"]);
    await bench.review.acceptAll();
    document.change(nine);
    expect(await bench.review.undoLast("ask")).toMatchObject({ ok: true });
    expect(await bench.review.undoLast("ask")).toMatchObject({
      failure: { kind: "nothingToUndo" },
    });
  });

  it("names the files of later work and touches nothing; then the others alone", async () => {
    await open(everything, givenAll());
    await bench.review.acceptAll();
    fakeEditor.documents.get(`file://${bench.folder.file("a.ts")}`)?.change("mine\n");
    expect(await bench.review.undoLast("ask")).toEqual({
      ok: false,
      failure: { kind: "undoConflict", paths: ["a.ts"] },
    });
    expect(onDisk("gone.ts")).toBeUndefined();
    expect(await bench.review.undoLast("differences")).toMatchObject({ ok: true });
    expect(fakeEditor.executed.at(-1)).toContain("vscode.diff");
    expect(await bench.review.undoLast("others")).toMatchObject({ ok: true });
    expect(textOf("a.ts")).toBe("mine\n");
    expect(onDisk("gone.ts")).toBe(nine);
  });

  it("a file made anew where one was deleted is later work, too", async () => {
    given("gone.ts");
    await open("*** Delete File: gone.ts", ["gone.ts"]);
    await bench.review.acceptAll();
    writeFileSync(bench.folder.file("gone.ts"), "mine\n");
    expect(await bench.review.undoLast("ask")).toMatchObject({ failure: { kind: "undoConflict" } });
    expect(onDisk("gone.ts")).toBe("mine\n");
  });

  it("bytes come back as they were, whatever their encoding", async () => {
    given("gone.ts");
    const latin = Buffer.from("caf\u00e9\n", "latin1");
    writeFileSync(bench.folder.file("gone.ts"), latin);
    fakeEditor.show(`file://${bench.folder.file("gone.ts")}`, "caf\u00e9\n");
    await open("*** Delete File: gone.ts", ["gone.ts"]);
    await bench.review.acceptAll();
    await bench.review.undoLast("ask");
    expect(readFileSync(bench.folder.file("gone.ts"))).toEqual(latin);
  });

  describe("what a formatter does when they are saved", () => {
    const formatted = (text: string) => `// formatted\n${text}`;
    const save = (format: (text: string) => string) => saveDocument(bench.address("a.ts"), format);

    it.each([true, false])("is not later work; the store works: %s", async (works) => {
      given("a.ts");
      bench.store.works = works;
      await open(update("a.ts"), ["a.ts"]);
      await bench.review.acceptAll();
      save(formatted);
      save(formatted);
      expect(await bench.review.undoLast("ask")).toMatchObject({ ok: true });
      expect(textOf("a.ts")).toBe(nine);
    });

    it("does not hide later work from before or after it", async () => {
      const document = given("a.ts");
      for (const [before, after] of [
        ["mine\n", ""],
        ["", "mine\n"],
      ] as const) {
        document.change(nine);
        await open(update("a.ts"), ["a.ts"]);
        await bench.review.acceptAll();
        document.change(before + document.getText());
        save(formatted);
        document.change(after + document.getText());
        expect(await bench.review.undoLast("ask")).toMatchObject({
          failure: { kind: "undoConflict" },
        });
      }
    });
  });

  it("works in the same window when the store could not take it", async () => {
    given("a.ts");
    bench.store.works = false;
    await open(update("a.ts"), ["a.ts"]);
    expect(await bench.review.acceptAll()).toMatchObject({ ok: true });
    expect(await bench.review.undoLast("ask")).toMatchObject({ ok: true });
    expect(textOf("a.ts")).toBe(nine);
  });

  it.each([true, false])(
    "the newest edit first; the store took the older one: %s",
    async (took) => {
      given("a.ts");
      bench.store.works = took;
      await open("*** Update File: a.ts\n@@\n l0\n-l1\n+A1\n l2", ["a.ts"]);
      await bench.review.acceptAll();
      bench.store.works = true;
      await open("*** Update File: a.ts\n@@\n A1\n-l2\n+A2\n l3", ["a.ts"]);
      await bench.review.acceptAll();
      await bench.review.undoLast("ask");
      expect(textOf("a.ts")).toBe(nine.replace("l1", "A1"));
      await bench.review.undoLast("ask");
      expect(textOf("a.ts")).toBe(nine);
    },
  );
});
