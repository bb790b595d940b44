import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../src/core/edits/applyEdits";

describe("code left out", () => {
  const problemsOf = (line: string, name: string) =>
    applyEdits([{ kind: "create", path: name, content: `a\n${line}\nb\n` }], new Map()).problems;
  test.each([
    ["// ... existing code ...", "a.ts"],
    ["# same as before", "a.py"],
    ["# (code omitted)", "a.py"],
    ["# Keep the rest as is", "a.py"],
    ["// No changes above this line", "a.ts"],
    ["<!-- existing content -->", "a.html"],
    ["(rest of methods ...)", "a.ts"],
    ["<rest of file unchanged>", "a.ts"],
    ["// all other functions remain unchanged", "a.ts"],
    ["/* Everything else stays the same */", "a.css"],
    ["// more code here", "a.ts"],
    ["// ... and so on", "a.ts"],
    ["    pass  # existing code", "a.py"],
    ["f() { /* ... */ }", "a.ts"],
    ["return <div>{/* existing JSX */}</div>;", "a.jsx"],
    ["...", "a.ts"],
    ["...", "a.py"],
  ])("is seen in %j in %s", (line, name) => {
    expect(problemsOf(line, name)).toMatchObject([{ kind: "omission" }]);
  });
  test.each([
    ["  ...rest,", "a.js"],
    ["  ...previous.state, ...existing,", "a.js"],
    ["    ...", "a.py"],
    ["...", "a.md"],
    ["...", "a.yaml"],
    ["// Loading...", "a.js"],
    ["# Same as above, but for users", "a.py"],
    ["// other code points", "a.ts"],
    ["## Existing code", "a.md"],
    ["// the rest is data", "a.ts"],
    ["// existing users keep their role", "a.ts"],
    ["<other tests>", "a.xml"],
    ["x = 1; /* unchanged by the caller */", "a.c"],
  ])("is not seen in %j in %s", (line, name) => {
    expect(problemsOf(line, name)).toEqual([]);
  });

  test("is seen in dots in a Python block only where they are not all of it", () => {
    const create = (content: string) =>
      applyEdits([{ kind: "create", path: "a.py", content }], new Map()).problems;
    expect(create("def f():\n    ...\n\ndef g():\n    x\n")).toEqual([]);
    expect(create("def f():\n    ...\n    return x\n")).toMatchObject([{ kind: "omission" }]);
  });
});
