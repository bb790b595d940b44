import { describe, expect, test } from "vitest";
import type { EditProblemKind } from "../../../src/core/edits/edit";
import type { EditHint } from "../../../src/core/edits/editPath";
import { parseEdits } from "../../../src/core/edits/parseEdits";
import { block, update, v4a } from "./answerTexts";

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
    [
      "a patch for another folder in a fence",
      `\`\`\`bash\ncd sub && apply_patch <<'EOF'\n${update("@@\n-x\n+y")}\nEOF\n\`\`\``,
      "bad-path",
    ],
    ["commands below a file's name", "### README.md\n```bash\nnpm install\n```", "no-path"],
    [
      "files that change places",
      "diff --git a/a b/b\nrename from a\nrename to b\ndiff --git a/b b/a\nrename from b\nrename to a",
      "malformed",
    ],
    [
      "two options for a file",
      `### Option 1\n${update("@@\n-x\n+y")}\n### Option 2: other\n${update("@@\n-z\n+y")}`,
      "malformed",
    ],
    [
      "another way to change a file",
      `a.ts\n${block("x\n", "y\n")}\nAlternatively:\n\na.ts\n${block("x\n", "z\n")}`,
      "malformed",
    ],
    ["indented marks", "a.ts\n```\n  <<<<<<< SEARCH\n  x\n```", "malformed"],
    [
      "a call with half an edit",
      '{"path": "a.ts", "edits": [{"old_string": "x", "new_string": "y"}, {"old_string": "z"}]}',
      "malformed",
    ],
    [
      "a change among calls that is not understood",
      '[{"path": "a.ts", "old_string": "x", "new_string": "y"}, {"name": "delete_file", "arguments": {"path": "b.ts"}}]',
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
