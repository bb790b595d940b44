import { describe, expect, test } from "vitest";
import { parseEdits } from "../../../src/core/edits/parseEdits";
import { patchOf, testReading, wholeFile } from "./answerTexts";

describe("reads whole files", () => {
  testReading([
    ["a whole file", "a.ts\n```ts\nx\n```", [wholeFile("a.ts", "x\n")]],
    [
      "a file announced in prose",
      "Here is the new `a.ts`:\n\n```\nx\n```",
      [wholeFile("a.ts", "x\n")],
      { knownPaths: ["a.ts"] },
    ],
    ["a longer fence", "a.md\n````\n```\nx\n```\n````", [wholeFile("a.md", "```\nx\n```\n")]],
    ["nested fences", "a.md\n```md\n```js\nx\n```\n```", [wholeFile("a.md", "```js\nx\n```\n")]],
    [
      "a diff without numbers in a fence for a file",
      "### a.ts\n```diff\n one\n-old\n+new\n```",
      [patchOf("a.ts", " one\n-old\n+new")],
    ],
    ["a file for a shell", "run.sh\n```bash\nx\n```", [wholeFile("run.sh", "x\n")]],
    [
      "an announced file for a shell",
      "Here is the new `run.sh`:\n```bash\nx\n```",
      [wholeFile("run.sh", "x\n")],
      { knownPaths: ["run.sh"] },
    ],
    [
      "settings that look like a shell's",
      "**.env.example**\n```bash\nA=1\n```",
      [wholeFile(".env.example", "A=1\n")],
    ],
    [
      "a fence in a list",
      "1. a.ts:\n\n   ```py\n   if x:\n       y\n   ```",
      [wholeFile("a.ts", "if x:\n    y\n")],
    ],
    [
      "fences deep in a file's text",
      'a.py\n```py\n"""\n    ```\n    x\n    ```\n"""\n```',
      [wholeFile("a.py", '"""\n    ```\n    x\n    ```\n"""\n')],
    ],
  ]);
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
    ["File: src/a.ts (lines 1-20)", "```ts"],
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
    ["**New file: `src/a.ts`**", "```"],
    ["### 3. Create `src/a.ts`", "```ts"],
    ["Next, create a new file called `src/a.ts` with this content:", "```ts"],
    ["Done:", "```ts filepath=src/a.ts"],
  ])("in %j and %j", (above, fence) => check(above, fence, "src/a.ts"));

  test("of a file whose name only the workspace tells", () => {
    const hint = { knownPaths: ["ssh_config"] };
    expect(parseEdits('```conf title="ssh_config"\nx\n```', hint).edits).toMatchObject([
      { path: "ssh_config" },
    ]);
  });

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
    expect(read(above).edits).toEqual([wholeFile("a.py", "x\n")]);
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
