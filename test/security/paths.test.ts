import { describe, expect, it } from "vitest";
import { normalizePath } from "../../src/core/edits/editPath";
import { refusePath } from "../../src/core/edits/pathGate";

/** The ways in which file systems let one name stand for another. */
const spellings: readonly (readonly [string, (path: string) => string])[] = [
  ["as it is", (path) => path],
  ["in capitals", (path) => path.toUpperCase()],
  ["in mixed case", (path) => path.replace("t", "T").replace("s", "S")],
  ["decomposed", (path) => path.normalize("NFD")],
  ["with backslashes", (path) => path.replaceAll("/", "\\")],
  ["with a trailing dot", (path) => `${path}.`],
  ["with trailing spaces", (path) => `${path}  `],
  ["with dots behind each part", (path) => path.replaceAll("/", "./")],
  ["as a stream", (path) => `${path}::$DATA`],
  ["with a named stream", (path) => `${path}:x`],
  ["in another folder", (path) => `packages/a/${path}`],
  ["by way of another folder", (path) => `src/../${path}`],
  ["with a step on the spot", (path) => path.replace("/", "/./")],
  ["with a step of dots and spaces", (path) => path.replace("/", "/. ./")],
  ["with two slashes", (path) => path.replace("/", "//")],
  ["with a zero-width joiner", (path) => path.replace("t", "t\u200d")],
  ["with a long s", (path) => path.replace("s", "\u017f")],
];

describe("the editor's configuration is refused, offered or not", () => {
  const files = [
    ".vscode/settings.json",
    ".vscode/tasks.json",
    ".vscode/launch.json",
    ".vscode/mcp.json",
    "team.code-workspace",
  ];
  for (const file of files)
    it.each(spellings)(`${file} %s`, (_name, spell) => {
      const path = spell(file);
      expect([path, refusePath(path, [path])]).toEqual([path, "editorConfiguration"]);
    });

  it.each([
    "VSCODE~1/settings.json",
    ".vscode/SETTIN~1.JSO",
    "vscode~2\\LAUNCH~1.jso",
    "TEAM~1.COD",
    ".vscode/sub/../tasks.json",
    ".vscode/tas\u212as.json",
  ])("%s", (path) => {
    expect(refusePath(path, [path])).toBe("editorConfiguration");
  });
});

describe("Git's own files are refused, offered or not", () => {
  const files = [".git/config", ".git/hooks/pre-commit", ".git"];
  for (const file of files)
    it.each(spellings)(`${file} %s`, (_name, spell) => {
      const path = spell(file);
      expect([path, refusePath(path, [path])]).toEqual([path, "git"]);
    });

  it.each(["GIT~1/config", "git~2/hooks/x", ".git::$INDEX_ALLOCATION/config", "a/.Git/x"])(
    "%s",
    (path) => {
      expect(refusePath(path, [path])).toBe("git");
    },
  );
});

describe("what only looks similar is allowed when it was offered", () => {
  it.each([
    "src/settings.json",
    "settings.json",
    ".gitignore",
    ".github/workflows/ci.yml",
    "git/config.ts",
    "docs/.vscode.md",
    ".vscode/extensions.json",
    "a~1.ts",
    "src/code-workspace.ts",
  ])("%s", (path) => {
    expect(refusePath(path, [path])).toBeUndefined();
  });
});

describe("nothing but what was offered", () => {
  const offered = ["src/a.ts"];
  it.each([
    "src/b.ts",
    "SRC/A.TS",
    "src//a.ts",
    "./src/a.ts",
    "src\\a.ts",
    "../src/a.ts",
    "src/a.ts ",
    "src/a.ts:x",
    "src/a.ts.",
    "/src/a.ts",
    "src/\u0430.ts",
    "",
  ])("%j", (path) => {
    expect(refusePath(path, offered)).toBe("notOffered");
  });
});

describe("paths that leave the workspace are none", () => {
  it.each([
    "/etc/passwd",
    "\\\\server\\share\\x",
    "\\\\?\\C:\\x",
    "C:\\Windows\\x",
    "c:x",
    "~/.ssh/config",
    "../x",
    "src/../../x",
    "src\\..\\..\\x",
    "file:///etc/passwd",
    "untitled://x",
    "a\0b",
    "a\nb",
    "..",
    ".",
    "",
    " ",
    ".git/config",
    "src/.GIT/config",
  ])("%j", (path) => {
    expect(normalizePath(path)).toBeUndefined();
  });
});
