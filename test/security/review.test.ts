import { writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fakeEditor } from "../fakes/fakeEditor";
import { answerTurn } from "../unit/store/storeSamples";
import { everything, nine, update, updated, useReview } from "./reviewBench";

const bench = useReview();
const { given, givenAll, onDisk, textOf, open } = bench;

function expectUntouched(): void {
  for (const path of ["a.ts", "gone.ts", "old.ts"]) expect(textOf(path)).toBe(nine);
  for (const path of ["a.ts", "gone.ts", "old.ts"]) expect(onDisk(path)).toBe(nine);
  for (const path of ["new.ts", "moved.ts"]) expect(onDisk(path)).toBeUndefined();
}

describe("nothing is written before the last decision, and then exactly what was accepted", () => {
  it("hunk by hunk", async () => {
    given("a.ts");
    const { id } = await open(update("a.ts"), ["a.ts"]);
    expect(await bench.review.accept(`${id}/0/1`)).toMatchObject({ ok: true });
    expect(textOf("a.ts")).toBe(nine);
    expect(await bench.review.reject(`${id}/0/0`)).toMatchObject({ ok: true });
    expect(textOf("a.ts")).toBe(nine.replace("l7", "A7"));
    expect(onDisk("a.ts")).toBe(nine);
  });

  it("the cursor says which hunk is meant; elsewhere nothing is", async () => {
    given("a.ts");
    await open(update("a.ts"), ["a.ts"]);
    const editor = fakeEditor.activeTextEditor;
    if (editor === undefined) throw new Error("no editor was opened");
    editor.selection = { active: { line: 5 } };
    expect(await bench.review.accept()).toMatchObject({ failure: { kind: "noChangeAtCursor" } });
    editor.selection = { active: { line: 2 } };
    expect(await bench.review.accept()).toMatchObject({ ok: true });
    await bench.review.rejectAll("a.ts");
    expect(textOf("a.ts")).toBe(nine);
    expect(bench.review.stateOf("1")).toBeUndefined();
  });

  it.each(["x/0/0", "/0/0", "0/0", "1/0/9", "1/7/0", "1/0/-1", "1/0/0/0", "1//0", ""])(
    "an id that is not one of this review decides nothing: %j",
    async (id) => {
      given("a.ts");
      const { id: answer } = await open(update("a.ts"), ["a.ts"]);
      const other = id.replace(/^1/, answer);
      expect(await bench.review.accept(other)).toMatchObject({ failure: { kind: "noProposal" } });
      expect(textOf("a.ts")).toBe(nine);
    },
  );

  it("all kinds of files", async () => {
    const { result } = await open(everything, givenAll());
    expect(result).toMatchObject({ ok: true });
    expectUntouched();
    expect(await bench.review.acceptAll()).toMatchObject({ ok: true });
    expect(textOf("a.ts")).toBe(updated);
    expect(textOf("new.ts")).toBe("made\n");
    expect(onDisk("gone.ts")).toBeUndefined();
    expect(onDisk("old.ts")).toBeUndefined();
    expect(textOf("moved.ts")).toBe(nine.replace("l1", "M1"));
  });

  it("all of one file rejected, the others accepted", async () => {
    await open(everything, givenAll());
    await bench.review.rejectAll("gone.ts");
    await bench.review.rejectAll("new.ts");
    await bench.review.acceptAll();
    expect(onDisk("gone.ts")).toBe(nine);
    expect(onDisk("new.ts")).toBeUndefined();
    expect(textOf("a.ts")).toBe(updated);
  });

  it("rejecting all takes back what was accepted", async () => {
    const { id } = await open(everything, givenAll());
    await bench.review.accept(`${id}/0/0`);
    expect(await bench.review.rejectAll()).toMatchObject({ ok: true });
    expectUntouched();
    expect(bench.store.edits).toEqual([]);
  });

  it.each([
    [
      "a changed document",
      () => fakeEditor.documents.get(`file://${bench.folder.file("old.ts")}`)?.change("mine\n"),
    ],
    [
      "a file that came to be where one is to be made",
      () => writeFileSync(bench.folder.file("new.ts"), "mine"),
    ],
    [
      "a file that came to be where one is to move",
      () => writeFileSync(bench.folder.file("moved.ts"), "mine"),
    ],
  ])("%s keeps every file as it is, and can be decided on again", async (_name, meddle) => {
    await open(everything, givenAll());
    meddle();
    expect(await bench.review.acceptAll()).toMatchObject({ ok: false });
    expect(textOf("a.ts")).toBe(nine);
    expect(onDisk("gone.ts")).toBe(nine);
    expect(await bench.review.rejectAll()).toMatchObject({ ok: true });
  });
});

describe("an edit that the editor takes in part is taken back", () => {
  it.each([0, 1, 2, 3, 4, 5])("after %i steps", async (steps) => {
    await open(everything, givenAll());
    fakeEditor.breaksAfter = steps;
    expect(await bench.review.acceptAll()).toMatchObject({ failure: { kind: "applyRefused" } });
    expectUntouched();
    expect(bench.store.edits).toEqual([]);
  });

  it("what cannot be brought back is named, all else is", async () => {
    await open(everything, givenAll());
    fakeEditor.breaksAfter = 2;
    const gone = `file://${bench.folder.file("gone.ts")}`;
    fakeEditor.beforeEdit = (number) => {
      // The editor takes nothing more: only the file system brings files back.
      if (number > 1) fakeEditor.takesEdits = false;
    };
    expect(await bench.review.acceptAll()).toMatchObject({ ok: false });
    expect(onDisk("gone.ts")).toBe(nine);
    expect(fakeEditor.documents.get(gone)?.getText()).toBe(nine);
    expect(onDisk("new.ts")).toBeUndefined();
  });
});

describe("what could set something off is accepted by itself, and asked about each time", () => {
  const manifest = '{\n  "name": "a",\n  "version": "1"\n}\n';
  const change =
    '*** Update File: package.json\n@@\n {\n-  "name": "a",\n+  "name": "b",\n   "version": "1"';

  it("never along with the others", async () => {
    given("a.ts");
    given("package.json", manifest);
    await open(`${update("a.ts")}\n${change}`, ["a.ts", "package.json"]);
    expect(await bench.review.acceptAll()).toEqual({
      ok: false,
      failure: { kind: "guardedLeft", paths: ["package.json"] },
    });
    expect(textOf("a.ts")).toBe(nine);
    expect(fakeEditor.notified).toEqual([]);
    fakeEditor.answer = (_message, buttons) => buttons[0];
    expect(await bench.review.acceptAll("package.json")).toMatchObject({ ok: true });
    expect(fakeEditor.notified).toEqual([
      expect.stringContaining("Package managers install and run what this names."),
    ]);
    expect(textOf("a.ts")).toBe(updated);
    expect(textOf("package.json")).toContain('"b"');
  });

  it("declined, nothing is written, and it is asked about again", async () => {
    given("package.json", manifest);
    const { id } = await open(change, ["package.json"]);
    expect(await bench.review.accept(id)).toMatchObject({ failure: { kind: "stopped" } });
    expect(textOf("package.json")).toBe(manifest);
    fakeEditor.answer = (_message, buttons) => buttons[0];
    expect(await bench.review.accept(id)).toMatchObject({ ok: true });
    expect(fakeEditor.notified).toHaveLength(2);
  });

  it.each([
    ["hidden characters", "if (a\u202e) {"],
    ["an address of a schema", '"$schema": "https://evil.example"'],
  ])("%s in any file", async (_name, line) => {
    given("a.ts");
    await open(`*** Update File: a.ts\n@@\n l0\n-l1\n+${line}\n l2`, ["a.ts"]);
    expect(await bench.review.acceptAll()).toMatchObject({ failure: { kind: "guardedLeft" } });
    expect(textOf("a.ts")).toBe(nine);
  });

  it("a document that changes while the question stands is not written to", async () => {
    const document = given("package.json", manifest);
    const { id } = await open(change, ["package.json"]);
    fakeEditor.answer = (_message, buttons) => {
      document.change(`${manifest} `);
      return buttons[0];
    };
    expect(await bench.review.accept(id)).toMatchObject({ failure: { kind: "documentChanged" } });
    expect(textOf("package.json")).toBe(`${manifest} `);
  });
});

describe("the editor's configuration is refused, what was written for it can be copied", () => {
  it.each([
    ['*** Add File: .vscode/settings.json\n+{ "a": 1 }', '{ "a": 1 }'],
    ["*** Update File: .vscode/tasks.json\n@@\n-a\n+b", "-a\n+b"],
  ])("%j", async (operation, text) => {
    const { result } = await open(operation, []);
    expect(result).toMatchObject({
      failure: {
        kind: "fileNotAllowed",
        reason: "editorConfiguration",
        text: expect.stringContaining(text),
      },
    });
    expect(onDisk(".vscode/settings.json")).toBeUndefined();
  });
});

describe("what was decided so far", () => {
  const titles = () => {
    const uri = fakeEditor.activeTextEditor?.document.uri;
    const lenses = fakeEditor.lensProvider?.provideCodeLenses({ uri }) ?? [];
    return lenses.map(({ command }) => command.title);
  };

  it("is there again after a reload, and written with the last decision", async () => {
    const { id } = await open(everything, givenAll());
    await bench.review.accept(`${id}/0/0`);
    await bench.review.rejectAll("gone.ts");
    bench.reload();
    expect(bench.review.stateOf(id)).toBeUndefined();
    expectUntouched();
    await open(everything, givenAll());
    await bench.review.rejectAll("new.ts");
    await bench.review.rejectAll("old.ts");
    expect(titles()).toContain("$(check) Accepted");
    expectUntouched();
    expect(await bench.review.reject(`${id}/0/1`)).toMatchObject({ ok: true });
    expect(textOf("a.ts")).toBe(nine.replace("l1", "A1"));
    expect(onDisk("gone.ts")).toBe(nine);
    expect(onDisk("new.ts")).toBeUndefined();
  });

  it.each([
    ["of another text of the file", () => given("a.ts", `${nine}l9\n`), update("a.ts")],
    ["of another edit", () => undefined, update("a.ts").replace("+A7", "+B7")],
  ])("is not taken for a decision %s", async (_, meddle, operations) => {
    given("a.ts");
    const { id } = await open(update("a.ts"), ["a.ts"]);
    await bench.review.accept(`${id}/0/0`);
    bench.reload();
    meddle();
    await open(operations, ["a.ts"]);
    expect(titles().filter((title) => title === "Accept")).toHaveLength(2);
  });

  it.each([
    ["after a reload", () => bench.reload()],
    ["that takes the place of the open one", () => undefined],
  ])("is forgotten with the end of the review, and not of another one %s", async (_, leave) => {
    given("a.ts");
    const { id } = await open(update("a.ts"), ["a.ts"]);
    await bench.review.accept(`${id}/0/0`);
    leave();
    const other = answerTurn({
      id: "other",
      task: "edit",
      text: "*** Begin Patch\n*** Add File: new.ts\n+made\n*** Add File: two.ts\n+made\n*** End Patch",
    });
    expect(await bench.review.open(other, [])).toMatchObject({ ok: true });
    await bench.review.accept("other/0/0");
    await bench.review.rejectAll();
    await open(update("a.ts"), ["a.ts"]);
    expect(titles()).toContain("$(check) Accepted");
    await bench.review.rejectAll();
    bench.reload();
    await open(update("a.ts"), ["a.ts"]);
    expect(titles()).not.toContain("$(check) Accepted");
  });
});
