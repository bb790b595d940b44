import { describe } from "vitest";
import { patchOf, testReading } from "./answerTexts";

describe("reads a diff", () => {
  testReading([
    [
      "a unified diff",
      "```diff\n--- a/a.ts\n+++ b/a.ts\n@@ -3,2 +3,2 @@ section\n one\n-old\n+new\n```",
      [patchOf("a.ts", " one\n-old\n+new", { oldStart: 3 })],
      { knownPaths: ["a.ts"] },
    ],
    [
      "a diff below its rule in a fence",
      "```\n=======================\n--- a.ts\t\n+++ a.ts\t\n@@ -1 +1 @@\n-old\n+new\n```",
      [patchOf("a.ts", "-old\n+new", { oldStart: 1 })],
    ],
    [
      "a diff that a shell's call is fed",
      "```bash\ngit apply <<'EOF'\n--- a/a.ts\n+++ b/a.ts\n@@ -1 +1 @@\n-old\n+new\nEOF\n```",
      [patchOf("a.ts", "-old\n+new", { oldStart: 1 })],
      { knownPaths: ["a.ts"] },
    ],
    [
      "a mailed patch in a fence",
      "```patch\nFrom: A <a@b.c>\nSubject: [PATCH] It\n\n---\n a.ts | 2 +-\n\ndiff --git a/a.ts b/a.ts\n--- a/a.ts\n+++ b/a.ts\n@@ -1 +1 @@\n-old\n+new\n-- \n2.40.1\n```",
      [patchOf("a.ts", "-old\n+new", { oldStart: 1 })],
      { knownPaths: ["a.ts"] },
    ],
    [
      "a new file in a diff",
      "--- /dev/null\n+++ b/new.ts\n@@ -0,0 +1,2 @@\n+one\n+two\n",
      [{ kind: "create", path: "new.ts", content: "one\ntwo\n" }],
    ],
    [
      "a deleted file in a diff",
      "--- a/x.ts\n+++ /dev/null\n@@ -1 +0,0 @@\n-one\n",
      [{ kind: "delete", path: "x.ts", lines: ["one"] }],
    ],
    [
      "git's renamed file with changes",
      "diff --git a/a.ts b/b.ts\nsimilarity index 90%\nrename from a.ts\nrename to b.ts\nindex 1..2 100644\n--- a/a.ts\n+++ b/b.ts\n@@ -1 +1 @@\n-old\n+new\n",
      [patchOf("a.ts", "-old\n+new", { oldStart: 1 }), { kind: "move", path: "a.ts", to: "b.ts" }],
      { knownPaths: ["a.ts"] },
    ],
    [
      "two renamed files",
      "diff --git a/a b/c\nrename from a\nrename to c\ndiff --git a/b b/d\nrename from b\nrename to d\n",
      [
        { kind: "move", path: "a", to: "c" },
        { kind: "move", path: "b", to: "d" },
      ],
    ],
    [
      "git's empty files",
      "diff --git a/new b/new\nnew file mode 100644\nindex 0..e\ndiff --git a/old b/old\ndeleted file mode 100644\n",
      [
        { kind: "create", path: "new", content: "" },
        { kind: "delete", path: "old" },
      ],
    ],
    [
      "git's quoted names",
      '--- "a/f\\303\\251 \\"1\\".ts"\n+++ "b/f\\303\\251 \\"1\\".ts"\n@@ -1 +1 @@\n-old\n+new\n',
      [patchOf('fé "1".ts', "-old\n+new", { oldStart: 1 })],
      { knownPaths: ['fé "1".ts', "a.ts"] },
    ],
    [
      "a time behind blanks",
      "--- a.ts 2024-01-01 10:00:00\n+++ a.ts 2024-01-02 10:00:00.5 +0100\n@@ -1 +1 @@\n-old\n+new\n",
      [patchOf("a.ts", "-old\n+new", { oldStart: 1 })],
      { knownPaths: ["a.ts", "b.ts"] },
    ],
    [
      "an unknown file that only gets lines, and not another one",
      "--- new.ts\n+++ new.ts\n@@ -0,0 +1 @@\n+x\n",
      [patchOf("new.ts", "+x", { oldStart: 0 })],
      { knownPaths: ["a.ts"], defaultPath: "a.ts" },
    ],
    [
      "the end of a mailed patch",
      "--- a.ts\n+++ a.ts\n@@ -1 +1 @@\n-old\n+new\n-- \n2.40.1\n",
      [patchOf("a.ts", "-old\n+new", { oldStart: 1 })],
    ],
    [
      "a hunk with wrong counts",
      "--- a.ts\n+++ a.ts\n@@ -1,9 +1,1 @@\n-old\n+new\n+more",
      [patchOf("a.ts", "-old\n+new\n+more", { oldStart: 1 })],
    ],
    [
      "a hunk that has a name for a number",
      "--- a.ts\n+++ a.ts\n@@ def f(): @@\n-old\n+new\n@@ def g():\n-old\n+new\n",
      [
        {
          kind: "patch",
          path: "a.ts",
          hunks: ["def f():", "def g():"].map((header) => ({
            lines: [
              { kind: "remove", text: "old" },
              { kind: "add", text: "new" },
            ],
            headers: [header],
          })),
        },
      ],
    ],
    [
      "two files in a diff",
      "--- a.ts\n+++ a.ts\n@@ -1 +1 @@\n-old\n+new\n--- b.ts\n+++ b.ts\n@@ -1 +1 @@\n-old\n+new\n",
      [
        patchOf("a.ts", "-old\n+new", { oldStart: 1 }),
        patchOf("b.ts", "-old\n+new", { oldStart: 1 }),
      ],
    ],
    [
      "prose after a diff",
      "--- a.ts\n+++ a.ts\n@@ -1 +1 @@\n-old\n+new\n\n- a list\n",
      [patchOf("a.ts", "-old\n+new", { oldStart: 1 })],
    ],
  ]);
});
