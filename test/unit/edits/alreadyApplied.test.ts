import * as fc from "fast-check";
import { expect, it } from "vitest";
import { isAlreadyApplied } from "../../../src/core/edits/alreadyApplied";
import { applyEdits } from "../../../src/core/edits/applyEdits";
import { parseEdits } from "../../../src/core/edits/parseEdits";

const nine = Array.from({ length: 9 }, (_, at) => `line ${at};\n`).join("");

function edits(operations: string) {
  return parseEdits(`*** Begin Patch\n${operations}\n*** End Patch`).edits;
}

const rename =
  "*** Update File: a\n@@\n line 1;\n-line 2;\n+second;\n line 3;\n@@\n line 6;\n+more;\n line 7;\n-line 8;";

function check(name: string, operations: string, text: string, expected: boolean): void {
  it(name, () => {
    expect(isAlreadyApplied(edits(operations), new Map([["a", text]]))).toBe(expected);
  });
}

const renamed = nine
  .replace("line 2;", "second;")
  .replace("line 6;\n", "line 6;\nmore;\n")
  .replace("line 8;\n", "");

check("an edit that is in its file", rename, renamed, true);
check("whatever else has changed since", rename, `// mine\n${renamed}`, true);
check("with the line endings of the file", rename, renamed.replaceAll("\n", "\r\n"), true);
check("not one that could be applied yet", rename, nine, false);
check("not half of one", rename, nine.replace("line 2;", "second;"), false);
check("not one that does not fit at all", rename, "something\nelse\n", false);
check("not one of lines that are only alike", rename, renamed.replace("second;", "Second;"), false);
check("not one that deletes the file", "*** Delete File: a", nine, false);

it("whatever a search and its replacement are, what they lead to has them applied", () => {
  const words = fc.stringMatching(/^[a-z]{3,8}$/);
  fc.assert(
    fc.property(words, words, (search, replacement) => {
      fc.pre(!search.includes(replacement) && !replacement.includes(search));
      const edit = [{ kind: "replace" as const, path: "a", search, replacement }];
      const text = `0\n${search}\n1\n`;
      const after = applyEdits(edit, new Map([["a", text]])).documents.get("a") ?? "";
      expect(isAlreadyApplied(edit, new Map([["a", after]]))).toBe(true);
      expect(isAlreadyApplied(edit, new Map([["a", text]]))).toBe(false);
    }),
  );
});
