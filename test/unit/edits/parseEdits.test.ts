import { describe, expect, test } from "vitest";
import type { Edit, EditProblemKind } from "../../../src/core/edits/edit";
import type { EditHint } from "../../../src/core/edits/editPath";
import { parseEdits } from "../../../src/core/edits/parseEdits";

const patchOf = (path: string, lines: string, more: object = {}): Edit => ({
  kind: "patch",
  path,
  hunks: [
    {
      lines: lines.split("\n").map((line) => ({
        kind: line.startsWith("+") ? "add" : line.startsWith("-") ? "remove" : "context",
        text: line.slice(1),
      })),
      ...more,
    },
  ],
});

const replace = (path: string, search: string, replacement: string): Edit => ({
  kind: "replace",
  path,
  search,
  replacement,
});

const v4a = (body: string): string => `*** Begin Patch\n${body}\n*** End Patch`;
const update = (body: string): string => v4a(`*** Update File: a.ts\n${body}`);
const block = (search: string, replacement: string): string =>
  `<<<<<<< SEARCH\n${search}=======\n${replacement}>>>>>>> REPLACE`;

describe("reads", () => {
  const oneLine = patchOf("a.ts", "-old\n+new");
  const cases: [name: string, answer: string, expected: Edit[], hint?: EditHint][] = [
    ["a V4A update", update("@@\n-old\n+new"), [oneLine]],
    ["prose around it", `I changed it.\n\n${update("@@\n-old\n+new")}\n\nDone.`, [oneLine]],
    ["a fence around it", `\`\`\`\n${update("@@\n-old\n+new")}\n\`\`\``, [oneLine]],
    [
      "a fence for its end",
      "```\n*** Begin Patch\n*** Update File: a.ts\n-old\n+new\n```",
      [oneLine],
    ],
    ["a heredoc", `apply_patch <<'EOF'\n${update("@@\n-old\n+new")}\nEOF`, [oneLine]],
    ["no @@ at all", update("-old\n+new"), [oneLine]],
    ["markers in other words", v4a("***Modify File : `a.ts` ***\n@@\n-old\n+new"), [oneLine]],
    ["Windows line ends", update("@@\n-old\n+new").replaceAll("\n", "\r\n"), [oneLine]],
    [
      "headers",
      update("@@ class A\n@@ def b():\n-old\n+new"),
      [patchOf("a.ts", "-old\n+new", { headers: ["class A", "def b():"] })],
    ],
    [
      "a header without a blank",
      update("@@name\n-old\n+new"),
      [patchOf("a.ts", "-old\n+new", { headers: ["name"] })],
    ],
    [
      "context without its blank",
      update("@@\n\n-old\n+new\nnext"),
      [patchOf("a.ts", "  \n-old\n+new\n next".replace("  ", " "))],
    ],
    [
      "the end of the file",
      update("@@\n-old\n+new\n*** End of File"),
      [patchOf("a.ts", "-old\n+new", { atEnd: true })],
    ],
    [
      "several files",
      v4a(
        "*** Add File: new.ts\n+one\n+\n+two\n*** Delete File: old.ts\n*** Update File: a.ts\n*** Move to: b.ts\n@@\n-old\n+new",
      ),
      [
        { kind: "create", path: "new.ts", content: "one\n\ntwo\n" },
        { kind: "delete", path: "old.ts" },
        oneLine,
        { kind: "move", path: "a.ts", to: "b.ts" },
      ],
    ],
    [
      "a known file added",
      v4a("*** Add File: a.ts\n+x"),
      [{ kind: "write", path: "a.ts", content: "x\n" }],
      { knownPaths: ["a.ts"] },
    ],
    [
      "a tool call",
      JSON.stringify({ name: "apply_patch", arguments: { input: update("@@\n-old\n+new") } }),
      [oneLine],
    ],
    [
      "arguments as text",
      JSON.stringify({ arguments: JSON.stringify({ patch: update("@@\n-old\n+new") }) }),
      [oneLine],
    ],
    [
      "a call behind a model's own marks",
      `<|channel|>commentary to=functions.apply_patch <|constrain|>json<|message|>${JSON.stringify({ input: update("@@\n-old\n+new") })}<|call|>`,
      [oneLine],
    ],
    ["raw line ends in JSON", `{"input": "${update("@@\n-old\n+new")}"}`, [oneLine]],
    [
      "a replacement call",
      '{"path": "a.ts", "edits": [{"old_string": "x", "new_string": "$1"}]}',
      [replace("a.ts", "x", "$1")],
    ],
    ["a search block", `a.ts\n${block("old\n", "new\n")}`, [replace("a.ts", "old\n", "new\n")]],
    [
      "a path on the mark",
      `<<<<<<< SEARCH a.ts\nx\n=======\ny\n>>>>>>> REPLACE`,
      [replace("a.ts", "x\n", "y\n")],
    ],
    [
      "marks that are the file's own",
      `a.md\n${block("\\=======\n", "\\>>>>>>> x\n")}`,
      [replace("a.md", "=======\n", ">>>>>>> x\n")],
    ],
    [
      "dashes",
      "a.ts\n----- SEARCH\nold\n=====\nnew\n+++++++ REPLACE",
      [replace("a.ts", "old\n", "new\n")],
    ],
    ["a deletion", `a.ts\n${block("old\n", "")}`, [replace("a.ts", "old\n", "")]],
    [
      "a heading's underline",
      `a.md\n${block("Title\n=====\n", "New\n=====\n")}`,
      [replace("a.md", "Title\n=====\n", "New\n=====\n")],
    ],
    [
      "fences inside",
      `a.md\n\`\`\`\n${block("```js\nx\n```\n", "y\n")}\n\`\`\``,
      [replace("a.md", "```js\nx\n```\n", "y\n")],
    ],
    [
      "the path of the block before",
      `a.ts\n${block("1\n", "2\n")}\nand\n${block("3\n", "4\n")}`,
      [replace("a.ts", "1\n", "2\n"), replace("a.ts", "3\n", "4\n")],
    ],
    [
      "the default path",
      block("1\n", "2\n"),
      [replace("a.ts", "1\n", "2\n")],
      { defaultPath: "a.ts" },
    ],
    [
      "a line hint",
      `a.ts\n<<<<<<< SEARCH\n:start_line:12\n-------\nold\n=======\nnew\n>>>>>>> REPLACE`,
      [patchOf("a.ts", "-old\n+new", { oldStart: 12, unmarked: true })],
    ],
    [
      "a line hint in brackets",
      `a.ts\n<<<<<<< SEARCH\n:start_line: [12]\n-------\nold\n=======\nnew\n>>>>>>> REPLACE`,
      [patchOf("a.ts", "-old\n+new", { oldStart: 12, unmarked: true })],
    ],
    [
      "marks in small letters",
      "a.ts\n<<<<<<< search\nold\n=======\nnew\n>>>>>>> replace",
      [replace("a.ts", "old\n", "new\n")],
    ],
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
      "a fence as a patch's own context",
      `\`\`\`\n${update("@@\n ```\n-old\n+new\n ```")}\n\`\`\``,
      [patchOf("a.ts", " ```\n-old\n+new\n ```")],
    ],
    [
      "a patch as a string in a call",
      `\`\`\`python\napply_patch("""${update("@@\n-old\n+new")}""")\n\`\`\``,
      [oneLine],
    ],
    [
      "a missing final newline in a patch",
      update("@@\n-old\n\\ No newline at end of file\n+new"),
      [oneLine],
    ],
    [
      "a move with nothing but context",
      v4a("*** Update File: a.ts\n*** Move to: b.ts\n@@\n x"),
      [{ kind: "move", path: "a.ts", to: "b.ts" }],
    ],
    [
      "no thoughts",
      `<think>\na.ts\n${block("1\n", "2\n")}\n</think>\n${update("@@\n-old\n+new")}`,
      [oneLine],
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
    ["a whole file", "a.ts\n```ts\nx\n```", [{ kind: "write", path: "a.ts", content: "x\n" }]],
    [
      "a file announced in prose",
      "Here is the new `a.ts`:\n\n```\nx\n```",
      [{ kind: "write", path: "a.ts", content: "x\n" }],
      { knownPaths: ["a.ts"] },
    ],
    [
      "a longer fence",
      "a.md\n````\n```\nx\n```\n````",
      [{ kind: "write", path: "a.md", content: "```\nx\n```\n" }],
    ],
    [
      "nested fences",
      "a.md\n```md\n```js\nx\n```\n```",
      [{ kind: "write", path: "a.md", content: "```js\nx\n```\n" }],
    ],
    [
      "a diff without numbers in a fence for a file",
      "### a.ts\n```diff\n one\n-old\n+new\n```",
      [patchOf("a.ts", " one\n-old\n+new")],
    ],
    [
      "a file for a shell",
      "run.sh\n```bash\nx\n```",
      [{ kind: "write", path: "run.sh", content: "x\n" }],
    ],
    [
      "a fence in a list",
      "1. a.ts:\n\n   ```py\n   if x:\n       y\n   ```",
      [{ kind: "write", path: "a.ts", content: "if x:\n    y\n" }],
    ],
    [
      "fences deep in a file's text",
      'a.py\n```py\n"""\n    ```\n    x\n    ```\n"""\n```',
      [{ kind: "write", path: "a.py", content: '"""\n    ```\n    x\n    ```\n"""\n' }],
    ],
    [
      "formats mixed",
      `${update("@@\n-old\n+new")}\nb.ts\n${block("1\n", "2\n")}`,
      [oneLine, replace("b.ts", "1\n", "2\n")],
    ],
  ];
  test.each(cases)("%s", (_, answer, expected, hint) => {
    const { edits, problems } = parseEdits(answer, hint);
    expect(problems).toEqual([]);
    const plain = JSON.parse(
      JSON.stringify(edits, (key, value: unknown) =>
        key === "carriageReturns" ? undefined : value,
      ),
    ) as unknown;
    expect(plain).toEqual(expected);
  });
});

describe("finds the path", () => {
  const check = (above: string, fence: string, expected: string): void => {
    const answer = `${above}\n${fence}\nx\n\`\`\``;
    expect(parseEdits(answer).edits).toMatchObject([{ path: expected }]);
  };
  test.each([
    ["src/a.ts", "```ts"],
    ["### `src/a.ts`", "```ts"],
    ["**src/a.ts**:", "```ts"],
    ["File: src/a.ts", "```ts"],
    ["**File path:** `src/a.ts`", "```"],
    ["1. src/a.ts (new)", "```"],
    ["Done:", "```ts src/a.ts"],
    ["Done:", "```ts:src/a.ts"],
    ["Done:", '```ts title="src/a.ts"'],
    ["Done:", "```src/a.ts"],
    ["<path>src/a.ts</path>", "```"],
    ["Done:", "```ts\n// filepath: src/a.ts"],
    ["Done:", "```py\n# src/a.ts"],
    ["./src/a.ts", "```"],
    ["<source>src/a.ts", "```"],
    ["src\\a.ts", "```"],
    ["## 2. `src/a.ts`", "```"],
    ["**[src/a.ts](src/a.ts)**", "```"],
    ["Done:", "```ts filepath=src/a.ts"],
  ])("in %j and %j", (above, fence) => check(above, fence, "src/a.ts"));

  test("with Markdown's escapes, but not without a path's own backslashes", () => {
    check("**my\\_new\\_file.py**", "```", "my_new_file.py");
    check("pkg\\__init__.py", "```", "pkg/__init__.py");
    const hint = { knownPaths: ["pkg/_a.py"] };
    expect(parseEdits("pkg\\_a.py\n```\nx\n```", hint).edits).toMatchObject([
      { path: "pkg/_a.py" },
    ]);
  });
});

describe("an announced file", () => {
  const read = (above: string) =>
    parseEdits(`${above}\n\n\`\`\`py\nx\n\`\`\``, { knownPaths: ["a.py"] });
  test.each([
    "Here is the complete, updated `a.py`:",
    "Sure. Here’s the new version of `a.py` for you:",
    "And here is `a.py`:",
    "Updated contents of **a.py**:",
    "Here's the modified `a.py` file that implements the function:",
  ])("is written: %s", (above) => {
    expect(read(above).edits).toEqual([{ kind: "write", path: "a.py", content: "x\n" }]);
  });
  test.each([
    "Here is the updated `get` function in `a.py`:",
    "Add this new function to `a.py`:",
    "The modified part of `a.py`:",
    "The old contents of `a.py` were:",
    "Here is a complete example of how to use `a.py`:",
    "Here is the output of `a.py`:",
    "Here is the new `a.py` test:",
    "Here is the updated `a.py`, only the relevant section:",
  ])("is not: %s", (above) => {
    expect(read(above).problems).toMatchObject([{ kind: "no-path" }]);
  });
});

describe("refuses", () => {
  const cases: [name: string, answer: string, kind: EditProblemKind, hint?: EditHint][] = [
    ["prose", "Nothing to do.", "no-edits"],
    ["an empty answer", "", "no-edits"],
    ["an empty patch", v4a(""), "no-edits"],
    ["a patch that was cut off", "*** Begin Patch\n*** Update File: a.ts\n@@\n-x\n+y", "truncated"],
    ["a block that was cut off", "a.ts\n<<<<<<< SEARCH\nx\n=======\ny", "truncated"],
    ["a file that was cut off", "a.ts\n```\nx", "truncated"],
    ["a call that was cut off", '{"old_string": "x", "new_str', "truncated"],
    ["a hunk that was cut off", "--- a.ts\n+++ a.ts\n@@ -1,5 +1,5 @@\n-x\n+y", "truncated"],
    ["a hunk cut off in a change", "--- a.ts\n+++ a.ts\n@@ -1,2 +1,2 @@\n x\n-y", "truncated"],
    ["a line hint in the replacement", `a.ts\n${block("x\n", ":start_line:5\ny\n")}`, "malformed"],
    ["a conflict as a file", "a.ts\n```\n<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> b\n```", "malformed"],
    [
      "a patch for another folder",
      `cd sub && apply_patch <<'EOF'\n${update("@@\n-x\n+y")}\nEOF`,
      "bad-path",
    ],
    ["commands below a file's name", "### README.md\n```bash\nnpm install\n```", "no-path"],
    [
      "files that change places",
      "diff --git a/a b/b\nrename from a\nrename to b\ndiff --git a/b b/a\nrename from b\nrename to a",
      "malformed",
    ],
    ["a file that a fence in it cuts", "a.ts\n```ts\nx(`\n```\ny\n```\n`);\n```", "malformed"],
    ["thoughts only", `<think>${block("x\n", "y\n")}`, "no-edits", { defaultPath: "a.ts" }],
    ["an unknown marker", v4a("*** Explode File: a.ts"), "malformed"],
    ["an update without hunks", v4a("*** Update File: a.ts"), "malformed"],
    ["a hunk without changes", update("@@\n x"), "no-change"],
    ["a new file without +", v4a("*** Add File: a.ts\nx"), "malformed"],
    ["a block without separator", "a.ts\n<<<<<<< SEARCH\nx\n>>>>>>> REPLACE", "malformed"],
    [
      "a block with two separators",
      "a.ts\n<<<<<<< SEARCH\nx\n=======\ny\n=======\nz\n>>>>>>> REPLACE",
      "malformed",
    ],
    ["an end without a beginning", "x\n=======\ny\n>>>>>>> REPLACE", "malformed"],
    ["a block for no file", block("x\n", "y\n"), "no-path"],
    ["code for no file", "```ts\nx\n```", "no-path", { defaultPath: "a.ts" }],
    ["a path out of the workspace", v4a("*** Add File: ../../x\n+x"), "bad-path"],
    ["an absolute path", v4a("*** Add File: /etc/passwd\n+x"), "bad-path"],
    ["a path into .git", v4a("*** Add File: .git/hooks/post-commit\n+x"), "bad-path"],
    ["two texts for one file", "a.ts\n```\nx\n```\na.ts\n```\ny\n```", "malformed"],
    ["one bad edit of two", `${update("@@\n-x\n+y")}\n*** End Patch`, "malformed"],
  ];
  test.each(cases)("%s", (_, answer, kind, hint) => {
    const { edits, problems } = parseEdits(answer, hint);
    expect(edits).toEqual([]);
    expect(problems.map((problem) => problem.kind)).toContain(kind);
  });
});
