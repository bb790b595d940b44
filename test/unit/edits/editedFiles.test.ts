import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../src/core/edits/applyEdits";
import type { Edit, EditProblemKind } from "../../../src/core/edits/edit";
import { patch, path, replace } from "./editChecks";

describe("files", () => {
  const documents = new Map([
    ["a.ts", "a\n"],
    ["b.ts", "b\r\nc\r\n"],
    ["lib/c.ts", "c\n"],
  ]);
  const create = (to: string): Edit => ({ kind: "create", path: to, content: "x\n" });

  function checkFiles(edits: Edit[], expected: Record<string, string | null>): void {
    const applied = applyEdits(edits, documents);
    expect(applied.problems).toEqual([]);
    expect(Object.fromEntries(applied.documents)).toEqual(expected);
  }

  test("are created, written, moved and deleted", () => {
    checkFiles([create("c.ts")], { "c.ts": "x\n" });
    checkFiles([{ kind: "write", path: "b.ts", content: "b\nd\n" }], { "b.ts": "b\r\nd\r\n" });
    checkFiles([{ kind: "delete", path: "a.ts" }], { "a.ts": null });
    checkFiles([replace("a", "A"), { kind: "move", path: "a.ts", to: "d/e.ts" }], {
      "a.ts": null,
      "d/e.ts": "A\n",
    });
  });

  test("see the edits before", () => {
    checkFiles([replace("a", "b"), replace("b", "c")], { "a.ts": "c\n" });
    checkFiles([replace("a", "a1"), replace("a1", "a2")], { "a.ts": "a2\n" });
  });

  test("are changed twice on one line, by parts that are apart", () => {
    const edits = [replace("one", "ONE"), replace("two", "TWO")];
    const { documents: changed } = applyEdits(edits, new Map([[path, "one two\n"]]));
    expect(changed.get(path)).toBe("ONE TWO\n");
  });

  const refusals: [name: string, edits: Edit[], kind: EditProblemKind][] = [
    ["all if one fails", [create("c.ts"), replace("z", "y")], "not-found"],
    ["a file that exists", [create("a.ts")], "file-exists"],
    ["a file that is missing", [{ kind: "delete", path: "z.ts" }], "missing-file"],
    ["a path out of the workspace", [create("../x.ts")], "bad-path"],
    ["a file in the place of a folder", [create("lib")], "bad-path"],
    ["a move out of the workspace", [{ kind: "move", path: "a.ts", to: "/x.ts" }], "bad-path"],
    [
      "a file with left-out code",
      [{ kind: "write", path: "a.ts", content: "// ... rest of the code ...\n" }],
      "omission",
    ],
    ["one insertion twice", [replace("a\n", "a\nb\n"), patch(" a\n+b")], "overlap"],
    ["two insertions at one place", [patch(" a\n+b"), patch(" a\n+c")], "overlap"],
    ["a name changed in two ways", [replace("a", "a.b"), replace("a", "a.c")], "overlap"],
    ["a change that is taken back", [replace("a", "b"), replace("b", "a")], "no-change"],
    ["a file that comes and goes", [create("c.ts"), { kind: "delete", path: "c.ts" }], "no-change"],
    ["a file as it is", [{ kind: "write", path: "a.ts", content: "a\n" }], "no-change"],
  ];
  test.each(refusals)("refuse %s", (_, edits, kind) => {
    const applied = applyEdits(edits, documents);
    expect(applied.documents.size).toBe(0);
    expect(applied.problems.map((problem) => problem.kind)).toEqual([kind]);
  });
});
