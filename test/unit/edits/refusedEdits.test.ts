import { describe, expect, test } from "vitest";
import type { Edit, EditProblemKind } from "../../../src/core/edits/edit";
import { hunkOf } from "./answerTexts";
import { check, checkRefused, patch, path, replace } from "./editChecks";

describe("refuses", () => {
  const cases: [name: string, edit: Edit, before: string, kind: EditProblemKind][] = [
    ["what is not there", replace("zebra\n", "x\n"), "a\nb\n", "not-found"],
    ["what stands twice", replace("a", "b"), "a\na\n", "ambiguous"],
    ["what is part of a line but for a number", replace("1: a", "1: b"), "x a\n", "not-found"],
    ["numbers that do not count up", replace("1: a\n3: b\n", "c\n"), "a\nb\n", "not-found"],
    ["half a listing", replace("1: a\n2: b\n", "1: a\nc\n"), "a\nb\n", "not-found"],
    ["what two lines end in", replace("c\n", "d\n"), "a c\nb c\n", "ambiguous"],
    [
      "what stands twice in other indentation",
      replace("x();\n", "y();\n"),
      " x();\na\n  x();\n",
      "ambiguous",
    ],
    ["a hunk that fits twice", patch(" x\n+y"), "x\na\nx\n", "ambiguous"],
    [
      "a diff's line number alone",
      patch(hunkOf("-x\n+y", { oldStart: 6 })),
      "x\na\nb\nc\nd\nx\n",
      "ambiguous",
    ],
    [
      "a line number near two",
      patch(hunkOf("-x\n+y", { oldStart: 3, unmarked: true })),
      "x\na\nx\n",
      "ambiguous",
    ],
    [
      "a line number between two",
      patch(hunkOf("-x\n+y", { oldStart: 4, unmarked: true })),
      "x\na\nb\nc\nd\ne\nx\n",
      "ambiguous",
    ],
    [
      "what would be indented like a neighbour that is not right",
      replace("  a1\n  b1\n  c1\n  d1\n", "  a1\n  b1\n  c1\n  c2\n  d1\n"),
      "  a1\n  b1\n    c1\n  d1\n",
      "not-found",
    ],
    ["the same text", replace("a", "a"), "a\n", "no-change"],
    ["a hunk that changes nothing", patch("-a\n+a"), "a\n", "no-change"],
    ["an empty search", replace("", "x"), "a\n", "no-anchor"],
    ["an addition to no place", patch("+x"), "a\nb\n", "no-anchor"],
    [
      "a header that is not there",
      patch(hunkOf("-a\n+b", { headers: ["class X"] })),
      "a\n",
      "header-not-found",
    ],
    [
      "places at two headers of the same name",
      patch(hunkOf("-  x\n+  z", { headers: ["fn f"] })),
      "fn f\n  y\n  x\nfn f\n  x\n",
      "ambiguous",
    ],
    [
      "a place above its header",
      patch(hunkOf("-a\n+b", { headers: ["z"] })),
      "a\nz\n",
      "not-found",
    ],
    ["hunks that overlap", patch("-a\n+b", "-a\n+c"), "a\n", "overlap"],
    [
      "a deletion of more than the diff says",
      { kind: "delete", path, lines: ["a"] },
      "a\nb\n",
      "not-found",
    ],
    ["left-out content", replace("a\nb\n", "a\n<!-- existing content -->\n"), "a\nb\n", "omission"],
    ["left-out code", replace("a\nb\n", "a\n// ... existing code ...\n"), "a\nb\n", "omission"],
    [
      "left-out code in the search",
      replace("a\n# ... rest unchanged ...\nc\n", "x\n"),
      "a\nb\nc\n",
      "omission",
    ],
    [
      "a number that differs",
      replace("first\nsecond\ncase 12:\nthird\n", "x\n"),
      "first\nsecond\ncase 13:\nthird\n",
      "not-found",
    ],
    [
      "a removed line that differs",
      patch(" one a\n two b\n-tree c\n+x\n four d"),
      "one a\ntwo b\nbush\nfour d\n",
      "not-found",
    ],
    [
      "a removed line that says something else",
      patch(" one a\n two b\n-if (left || right) {\n+if (both) {\n four d"),
      "one a\ntwo b\nif (left && right) {\nfour d\n",
      "not-found",
    ],
    [
      "a removed line with another name",
      patch(
        " one a\n two b\n-assert(request.user.is_admin)\n+assert(request.user.is_staff)\n four d",
      ),
      "one a\ntwo b\nassert(request.user.is_active)\nfour d\n",
      "not-found",
    ],
    [
      "a new line without its mark below a removed one",
      patch(" one a\n two b\n-three c\n three d\n four e"),
      "one a\ntwo b\nthree c\nfour e\n",
      "not-found",
    ],
    [
      "a line that the file has nowhere and that may lack its mark",
      patch(" one a\n two b\n three c\n four d\n-five e\n+five f"),
      "one a\ntwo b\nfour d\nfive e\n",
      "not-found",
    ],
    [
      "lines that are better above their header than below it",
      patch(hunkOf(" first a\n second b\n-third\n+x\n fourth d", { headers: ["fn b"] })),
      "fn a\n  first a\n  second b\n  third\n  fourth d\nfn b\n  first a\n  other b\n  third\n  fourth d\n",
      "not-found",
    ],
    [
      "a wrong line end at the end",
      patch(hunkOf("-b\n+c", { finalNewline: { before: false, after: false } })),
      "a\nb\n",
      "not-found",
    ],
    [
      "an indentation that one line alone tells",
      patch(" if x:\n+    y();"),
      "    if x:\n",
      "not-found",
    ],
    [
      "an indentation that its neighbour contradicts",
      patch(" a1\n b1\n c1\n-}\n+};"),
      "  a1\n  b1\n  c1\n}\n",
      "not-found",
    ],
    [
      "an indentation that fits nowhere",
      replace("a();\nb();\n", "c();\nd();\n"),
      "  a();\n\tb();\n",
      "not-found",
    ],
  ];
  test.each(cases)("%s", (_, edit, before, kind) => {
    checkRefused(edit, before, kind);
  });

  test("equals among near-copies, but not the best of them", () => {
    const block = (name: string): string => `start();\nuse(${name});\nfinish();\nreport();\n`;
    const slip = (name: string): string => block(name).replace("report", "repport");
    const copies = block("alpha") + block("gamma");
    check(replace(slip("gamma"), "done();\n"), copies, `${block("alpha")}done();\n`);
    checkRefused(replace(slip("delta"), "done();\n"), copies, "not-found");
    checkRefused(
      replace(block("gama"), "done();\n"),
      block("gamma") + block("gammas"),
      "ambiguous",
    );
  });

  test("with words that help to repair", () => {
    const message = checkRefused(
      patch(" alpha one\n beta two\n-gamma\n+x"),
      "alpha one\nbeta two\ndelta\n",
      "not-found",
    );
    expect(message).toBe(
      'a.ts does not have the lines to change. Nearest are lines 1-2. Line 3 is "delta", the edit has "gamma".',
    );
    expect(checkRefused(replace("x", "y"), "x\nx\n", "ambiguous")).toContain("lines 1, 2");
  });
});
