import { describe, expect, test } from "vitest";
import { normalizePath, resolvePath } from "../../../src/core/edits/editPath";

describe("normalizePath", () => {
  test.each([
    ["src/a.ts", "src/a.ts"],
    ["./src//b/../a.ts", "src/a.ts"],
    ["src\\a.ts", "src/a.ts"],
    ["../a.ts", undefined],
    ["a/../../b", undefined],
    ["/etc/passwd", undefined],
    ["C:\\a.ts", undefined],
    ["~/a.ts", undefined],
    ["file:///a.ts", undefined],
    ["a\u0000.ts", undefined],
    [".git/config", undefined],
    ["sub/.GIT/hooks/x", undefined],
    ["", undefined],
    [".", undefined],
  ])("%j", (raw, expected) => {
    expect(normalizePath(raw)).toBe(expected);
  });
});

describe("resolvePath", () => {
  const hint = { knownPaths: ["src/a.ts", "src/b.ts", "lib/b.ts", "win\\c.ts"] };
  test.each([
    ["src/a.ts", "existing", "src/a.ts"],
    ["a/src/a.ts", "existing", "src/a.ts"],
    ["/home/me/project/src/a.ts", "existing", "src/a.ts"],
    ["/home/me/project/src/a.ts", "any", "src/a.ts"],
    ["a.ts", "existing", "src/a.ts"],
    ["a.ts", "any", "a.ts"],
    ["b.ts", "existing", "b.ts"],
    ["win/c.ts", "existing", "win\\c.ts"],
    ["/elsewhere/new.ts", "any", undefined],
    ["../src/a.ts", "existing", undefined],
    ["new/", "any", undefined],
    ["SRC/A.ts", "existing", "src/a.ts"],
    ["SRC/A.ts", "any", "SRC/A.ts"],
    ["src/a.ts (lines 1-20)", "existing", "src/a.ts"],
    ["src/a.ts (line 3)", "any", "src/a.ts"],
    ["Src/A.ts (lines 1-20)", "existing", "src/a.ts"],
    ["src/a.ts:1-20", "existing", "src/a.ts"],
    ["new.ts:1-20", "any", "new.ts:1-20"],
  ] as const)("%j as %s file", (raw, expected, path) => {
    expect(resolvePath(raw, hint, expected)).toBe(path);
  });
});
