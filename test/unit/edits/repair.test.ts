import { describe, expect, it } from "vitest";
import { applyEdits } from "../../../src/core/edits/applyEdits";
import { parseEdits } from "../../../src/core/edits/parseEdits";
import { nearestLines, planRepair, renderEdits } from "../../../src/core/edits/repair";
import { repairMessages } from "../../../src/core/prompts/repairPrompt";
import { estimateText } from "../../../src/core/tokens/estimateTokens";

const file = Array.from({ length: 60 }, (_, at) => `  const value${at} = compute(${at});\n`).join(
  "",
);
const documents = new Map([["a.ts", file]]);

const answer = `*** Begin Patch
*** Update File: a.ts
@@
   const value1 = compute(1);
-  const value2 = compute(2);
+  const two = compute(2);
   const value3 = compute(3);
@@ function outer
   const value40 = compute(40);
-  let wholly = different(text);
+  const other = 1;
   const value42 = compute(42);
@@
   const value50 = compute(50);
-  const value51 = compute(51);
+  const last = compute(51);
   const value52 = compute(52);
*** End Patch`;

describe("a repair", () => {
  const { edits } = parseEdits(answer);
  const plan = planRepair(edits, documents);

  it("asks for the failing hunk alone and keeps the others", () => {
    expect(plan && renderEdits(plan.failing)).toBe(`*** Begin Patch
*** Update File: a.ts
@@ function outer
   const value40 = compute(40);
-  let wholly = different(text);
+  const other = 1;
   const value42 = compute(42);
*** End Patch`);
    const kept = plan && applyEdits(plan.kept, documents);
    expect(kept?.problems).toEqual([]);
    expect(kept?.documents.get("a.ts")).toContain("const two");
    expect(kept?.documents.get("a.ts")).toContain("const last");
  });

  it("what comes back is applied with what was kept", () => {
    const repaired = parseEdits(
      "*** Begin Patch\n*** Update File: a.ts\n@@\n   const value40 = compute(40);\n-  const value41 = compute(41);\n+  const other = 1;\n   const value42 = compute(42);\n*** End Patch",
    );
    const whole = applyEdits([...(plan?.kept ?? []), ...repaired.edits], documents);
    expect(whole.problems).toEqual([]);
    for (const words of ["const two", "const other", "const last"])
      expect(whole.documents.get("a.ts")).toContain(words);
  });

  it("shows the lines that the hunk has in common with the file, and few others", () => {
    const { problems } = applyEdits(edits, documents);
    const [near, ...others] = nearestLines(plan?.failing ?? [], problems, documents);
    expect(others).toEqual([]);
    expect(near?.text).toContain("value41");
    expect(near?.text.split("\n").length).toBeLessThan(40);
  });

  it("search blocks come back as a patch", () => {
    const { edits: blocks } = parseEdits(
      "a.ts\n<<<<<<< SEARCH\n  nothing of the kind\n=======\n  new\n>>>>>>> REPLACE",
    );
    const failing = planRepair(blocks, documents)?.failing ?? [];
    expect(renderEdits(failing)).toContain("-  nothing of the kind\n+  new");
  });

  it.each([
    [
      "everything fits",
      "*** Begin Patch\n*** Update File: a.ts\n@@\n-  const value2 = compute(2);\n+x\n*** End Patch",
    ],
    [
      "more than a short request could mend is wrong",
      `*** Begin Patch\n*** Update File: a.ts\n${"@@\n-none\n+x\n".repeat(101)}*** End Patch`,
    ],
    ["a file to delete is not there", "*** Begin Patch\n*** Delete File: b.ts\n*** End Patch"],
  ])("there is none where %s", (_name, text) => {
    expect(planRepair(parseEdits(text).edits, documents)).toBeUndefined();
  });
});

it.each(["patch", "searchBlocks"] as const)("its own words are few: %s", (format) => {
  const [system] = repairMessages({ patch: "", problems: [], excerpts: [] }, format);
  const { likely } = estimateText(system?.content ?? "");
  expect(likely).toBeLessThanOrEqual(450);
  expect(likely).toMatchSnapshot();
});
