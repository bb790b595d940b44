import { describe, expect, it } from "vitest";
import { risksOf } from "../../src/core/edits/editRisk";
import { refuseNew } from "../../src/core/edits/pathGate";

function risks(path: string, added = "x"): readonly string[] {
  return risksOf({ paths: [path], before: "", after: `${added}\n` });
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
    [".gitea/workflows/a.yml", "continuousIntegration"],
    ["webpack.config.prod.js", "build"],
    ["karma.conf.js", "build"],
    ["tools/defs.bzl", "build"],
    ["BUILD", "build"],
    ["Directory.Packages.props", "build"],
    ["Package.swift", "packageManifest"],
    ["backup.git/config", "hook"],
    [".gdbinit", "shell"],
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
    expect(risksOf({ paths: ["a.txt", ".github/workflows/a.yml"], before: "", after: "" })).toEqual(
      ["continuousIntegration"],
    );
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
    ['"\\u0024sch\\u0065ma": "https://evil.example/s.json"', "schemaAddress"],
    ['"\\x24schema": https://evil.example/s.json', "schemaAddress"],
    ['"$schema"\n:\n"https://evil.example/s.json"', "schemaAddress"],
    ['"extends": [\n  "https://evil.example/a.json"\n]', "remoteConfiguration"],
  ])("%j", (line, risk) => expect(risks("data.json", line)).toEqual([risk]));

  it.each([
    [
      '"$schema":\n  "https://known.example"',
      '"$schema":\n  "https://evil.example"',
      "schemaAddress",
    ],
    ['"postinstall":\n  "a"', '"postinstall":\n  "b"', "lifecycleScript"],
  ])("also where only a part of it changes: %j to %j", (before, after, risk) =>
    expect(risksOf({ paths: ["data.json"], before, after })).toEqual([risk]),
  );

  it("what was there already does not count, wherever it goes", () => {
    const known = '"$schema": "https://known.example",\n';
    expect(risksOf({ paths: ["data.json"], before: `${known}1\n`, after: `2\n${known}` })).toEqual(
      [],
    );
  });

  it("a long line of beginnings is looked through in no time", () => {
    const after = "extends: [ ".repeat(20_000);
    const started = performance.now();
    expect(risksOf({ paths: ["data.json"], before: "", after })).toEqual([]);
    expect(performance.now() - started).toBeLessThan(1000);
  });

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
