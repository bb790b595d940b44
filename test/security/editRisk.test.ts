import { describe, expect, it } from "vitest";
import { risksOf } from "../../src/core/edits/editRisk";
import { refuseNew } from "../../src/core/edits/pathGate";

function risks(path: string, added = "x"): readonly string[] {
  return risksOf({ paths: [path], added: [`${added}\n`] });
}

describe("files that could set something off are guarded, however they are spelt", () => {
  it.each([
    [".vscode/extensions.json", "editorFolder"],
    [".idea/runConfigurations/a.xml", "editorFolder"],
    [".husky/pre-commit", "hook"],
    ["tools/pre-push", "hook"],
    [".pre-commit-config.yaml", "hook"],
    [".github/workflows/ci.yml", "continuousIntegration"],
    [".gitlab-ci.yml", "continuousIntegration"],
    ["Jenkinsfile", "continuousIntegration"],
    [".devcontainer/devcontainer.json", "container"],
    ["docker-compose.override.yml", "container"],
    ["AGENTS.md", "agent"],
    [".cursor/rules/a.mdc", "agent"],
    [".mcp.json", "agent"],
    ["package.json", "packageManifest"],
    ["packages/a/package.json", "packageManifest"],
    ["pyproject.toml", "packageManifest"],
    ["package-lock.json", "lockFile"],
    ["pnpm-lock.yaml", "lockFile"],
    [".npmrc", "packageManager"],
    [".cargo/config.toml", "packageManager"],
    [".env", "environment"],
    [".env.local", "environment"],
    [".envrc", "environment"],
    ["Makefile", "build"],
    ["build.rs", "build"],
    ["vite.config.ts", "build"],
    ["conftest.py", "build"],
    [".zshrc", "shell"],
    [".gitattributes", "shell"],
  ])("%s: %s", (path, risk) => {
    for (const spelt of [
      path,
      path.toUpperCase(),
      path.replaceAll("/", "\\"),
      `${path}.`,
      `${path}::$DATA`,
    ])
      expect([spelt, risks(spelt)]).toEqual([spelt, expect.arrayContaining([risk])]);
  });

  it.each([
    "src/hooks/useChat.ts",
    "src/environment.ts",
    "docs/make.md",
    "src/package.ts",
    "a.lock.ts",
  ])("%s is like any other", (path) => expect(risks(path)).toEqual([]));

  it("a move counts by both of its paths", () => {
    expect(risksOf({ paths: ["a.txt", ".github/workflows/a.yml"], added: [] })).toEqual([
      "continuousIntegration",
    ]);
  });
});

describe("lines that make something happen are guarded in any file", () => {
  it.each([
    ['  "$schema": "https://evil.example/s.json",', "schemaAddress"],
    ["# yaml-language-server: $schema=https://evil.example", "schemaAddress"],
    ['  "extends": "https://evil.example/tsconfig.json"', "remoteConfiguration"],
    ["extends: github:evil/config", "remoteConfiguration"],
    ['  "postinstall": "node x.js",', "lifecycleScript"],
    ['"runOn": "folderOpen"', "lifecycleScript"],
  ])("%j", (line, risk) => expect(risks("data.json", line)).toEqual([risk]));

  it("plain code is not suspected", () => {
    expect(risks("a.ts", "class A extends B {} // https://example.org")).toEqual([]);
  });
});

describe("a new file has a name that means the same file everywhere", () => {
  it.each([
    "a:b",
    "a.ts:stream",
    "con",
    "src/NUL.txt",
    "com1.log",
    "LPT9",
    "a.",
    "a ",
    " a",
    "dir./a",
    "PROGRA~1/a",
    "a\u200b.ts",
    "a\u202ets.exe",
    "e\u0301.ts",
    "a|b",
    "a?.ts",
    "a\\b",
    "\\\\?\\C:\\a",
    "a//b",
    "a/../b",
    "./a",
    "",
  ])("%j", (path) => expect(refuseNew(path)).toBeDefined());

  it.each([".git/hooks/pre-commit", ".GIT/config", "a/.git/x"])("%s is Git's", (path) =>
    expect(refuseNew(path)).toBe("git"),
  );

  it.each([".vscode/settings.json", ".VSCODE/Tasks.json", "x.code-workspace"])(
    "%s is the editor's",
    (path) => expect(refuseNew(path)).toBe("editorConfiguration"),
  );

  it.each(["src/a.ts", "é.ts", "console.ts", "a b.md", "auxiliary/nullable.ts", ".env"])(
    "%s is a name",
    (path) => expect(refuseNew(path)).toBeUndefined(),
  );
});
