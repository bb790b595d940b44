import { describe } from "vitest";
import { block, oneLine, patchOf, replace, testReading, update } from "./answerTexts";

describe("reads search blocks", () => {
  testReading([
    [
      "an underline as wide as usual marks in a block of wider ones",
      "a.rst\n<<<<<<<<< SEARCH\nTitle\n=======\n=========\nHead\n>>>>>>>>> REPLACE",
      [replace("a.rst", "Title\n=======\n", "Head\n")],
    ],
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
      "no thoughts",
      `<think>\na.ts\n${block("1\n", "2\n")}\n</think>\n${update("@@\n-old\n+new")}`,
      [oneLine],
    ],
    [
      "formats mixed",
      `${update("@@\n-old\n+new")}\nb.ts\n${block("1\n", "2\n")}`,
      [oneLine, replace("b.ts", "1\n", "2\n")],
    ],
  ]);
});
