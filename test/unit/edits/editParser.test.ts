import { describe, expect, test } from "vitest";
import { createEditParser } from "../../../src/core/edits/editParser";

describe("an answer that streams in", () => {
  test("tells what is certain and what is open", () => {
    const parser = createEditParser();
    expect(parser.push("I change it.\n*** Begin Pa")).toEqual({
      edits: [],
      problems: [],
      open: undefined,
    });
    expect(parser.push("tch\n*** Update File: a.ts\n@@\n-x").open).toEqual({
      format: "patch",
      lineCount: 3,
      path: "a.ts",
    });
    expect(parser.push("\n+y\n").edits).toEqual([]);
    expect(parser.push("*** Update File: b.ts\n").edits).toMatchObject([
      { kind: "patch", path: "a.ts" },
    ]);
    expect(parser.push("-x\n+y\n*** End Patch").edits).toHaveLength(1);
    expect(parser.finish().edits).toMatchObject([{ path: "a.ts" }, { path: "b.ts" }]);
  });

  test("is not trusted when it is cut off", () => {
    const parser = createEditParser({ defaultPath: "a.ts" });
    const progress = parser.push(
      "<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n<<<<<<< SEARCH\nc\n",
    );
    expect(progress.edits).toHaveLength(1);
    expect(progress.open).toEqual({ format: "search", lineCount: 2, path: "a.ts" });
    expect(parser.finish()).toMatchObject({ edits: [], problems: [{ kind: "truncated" }] });
  });
});
