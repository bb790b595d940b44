import { describe, expect, it } from "vitest";
import { editsSoFar } from "../../../src/core/edits/growingEdits";
import { parseEdits } from "../../../src/core/edits/parseEdits";

const patch = `I rename it.

*** Begin Patch
*** Update File: a.ts
@@ class A
 one
-two
+2
 three
@@
 four
-five
+5
 six
*** Update File: b.ts
@@
-seven
+7
*** Add File: c.ts
+eight
*** End Patch
Done.`;

const blocks = `a.ts
<<<<<<< SEARCH
one
=======
1
>>>>>>> REPLACE

a.ts
<<<<<<< SEARCH
two
=======
2
>>>>>>> REPLACE
`;

describe("an edit that grows", () => {
  it.each([
    ["a patch", patch, [1, 2, 3, 4]],
    ["search blocks", blocks, [1, 2]],
  ])("%s comes hunk by hunk, each as it will be in the end", (_name, answer, steps) => {
    const whole = JSON.stringify(parseEdits(answer).edits);
    const seen: number[] = [];
    for (let end = 1; end <= answer.length; end++) {
      const edits = editsSoFar(answer.slice(0, end));
      const count = edits.reduce((sum, edit) => sum + ("hunks" in edit ? edit.hunks.length : 1), 0);
      expect(count).toBeGreaterThanOrEqual(seen.at(-1) ?? 0);
      if (count !== (seen.at(-1) ?? 0)) seen.push(count);
      for (const edit of edits)
        if ("hunks" in edit)
          for (const hunk of edit.hunks) expect(whole).toContain(JSON.stringify(hunk));
    }
    expect(seen).toEqual(steps);
    expect(JSON.stringify(editsSoFar(answer))).toBe(whole);
  });

  it("words without an edit bring none", () => {
    expect(editsSoFar("Begin with a patch: *** and @@ are its signs.\n*** \n@@ x\n")).toEqual([]);
  });
});
