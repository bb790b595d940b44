import type { ContextItem, ContextKind } from "../../../src/core/context/contextItem";

const excerpt = {
  uri: "file:///home/someone/project/src/a.ts",
  path: "src/a.ts",
  languageId: "typescript",
  startLine: 3,
  endLine: 4,
  text: "const a = 1;\nconst b = 2;",
};

/** One item of each kind; the compiler asks for those that are missing. */
export const contextSamples: {
  readonly [Kind in ContextKind]: Extract<ContextItem, { kind: Kind }>;
} = {
  selection: { kind: "selection", ...excerpt },
  file: { kind: "file", ...excerpt, startLine: 1, endLine: 2 },
  folder: {
    kind: "folder",
    uri: "file:///home/someone/project/src",
    path: "src",
    outline: "a.ts\nb.ts",
    files: [{ ...excerpt, startLine: 1, endLine: 2 }],
    filesLeftOut: 1,
  },
  related: {
    kind: "related",
    parts: [
      {
        uri: "file:///home/someone/project/src/b.ts",
        path: "src/b.ts",
        line: 7,
        name: "Cart",
        text: "export interface Cart {\n  total: number;\n}",
      },
      {
        uri: "file:///home/someone/project/src/a.ts",
        path: "src/a.ts",
        line: 1,
        text: 'import type { Cart } from "./b";',
      },
    ],
    partsLeftOut: 2,
  },
  problems: {
    kind: "problems",
    uri: "file:///home/someone/project/src/a.ts",
    path: "src/a.ts",
    problems: [
      { severity: "error", message: "Cannot find name 'x'.", line: 3, source: "ts" },
      { severity: "warning", message: "'b' is never used.", line: 4 },
    ],
    problemsLeftOut: 0,
  },
  gitDiff: {
    kind: "gitDiff",
    scope: "workingTree",
    repository: "project",
    files: ["src/a.ts"],
    text: "diff --git a/src/a.ts b/src/a.ts\n@@ -1 +1 @@\n-const a = 0;\n+const a = 1;",
    linesLeftOut: 0,
  },
  terminal: {
    kind: "terminal",
    command: "npm test",
    output: "1 failed\n2 passed",
    exitCode: 1,
    linesLeftOut: 0,
  },
  image: { kind: "image", name: "plan.png", mediaType: "image/png", data: "iVBORw0KGgo=" },
  instructions: {
    kind: "instructions",
    wishes: "Answer in German.",
    notes: {
      ...excerpt,
      path: "AGENTS.md",
      languageId: "markdown",
      startLine: 1,
      endLine: 1,
      text: "Use tabs.",
    },
  },
};

export const allSamples: readonly ContextItem[] = Object.values(contextSamples);
