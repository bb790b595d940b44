import { describe, test } from "vitest";
import type { Edit } from "../../../src/core/edits/edit";
import { hunkOf } from "./answerTexts";
import { check, patch, replace } from "./editChecks";

describe("replaces", () => {
  const cases: [name: string, edit: Edit, before: string, after: string][] = [
    ["part of a line", replace("b", "B"), "a b c", "a B c"],
    ["from within a line to within another", replace("b\nc", "X"), "a b\nc d\n", "a X d\n"],
    ["with a line end of its own", replace("b", "B\n"), "a b\r\nc\r\n", "a B\r\n\r\nc\r\n"],
    ["literally", replace("b", "$& $1 $$"), "a b c", "a $& $1 $$ c"],
    ["every place if told so", replace("a", "b", true), "a-a\na\n", "b-b\nb\n"],
    ["from within a line to its end", replace("c\nd\n", "C\n"), "b c\nd\ne\n", "b C\ne\n"],
    ["whole lines, not ends of lines", replace("x\n", "y\n"), "xx\nx\n", "xx\ny\n"],
    ["a last line without its end", replace("b\n", "c\n"), "a\nb", "a\nc"],
    ["an empty file", replace("", "new\n"), "", "new\n"],
    ["line ends of the other kind", replace("a\nb", "a\nx\nb"), "a\r\nb\r\n", "a\r\nx\r\nb\r\n"],
    ["below a byte order mark", replace("a", "b"), "\uFEFFa\n", "\uFEFFb\n"],
    ["trailing blanks", replace("a\nb\n", "a\nc\n"), "a  \nb\t\n", "a  \nc\n"],
    [
      "and indents more",
      replace("if x:\n  y\n", "if x:\n  z\n"),
      "f:\n    if x:\n      y\n",
      "f:\n    if x:\n      z\n",
    ],
    ["and indents less", replace("    x;\n", "    y;\n      z;\n"), "  x;\n", "  y;\n    z;\n"],
    [
      "and indents by tabs",
      replace("  a;\n    b;\n", "  a;\n    c;\n      d;\n"),
      "\ta;\n\t\tb;\n",
      "\ta;\n\t\tc;\n\t\t\td;\n",
    ],
    [
      "and indents by as much more where a line begins with one blank",
      replace("a\n b1\n b2\n", "a\n b1\n     b3\n b2\n"),
      "a\n   b1\n   b2\n",
      "a\n   b1\n       b3\n   b2\n",
    ],
    [
      "and indents by another step",
      replace("  f() {\n    x;\n  }\n", "  f() {\n    y;\n    x;\n  }\n"),
      "    f() {\n        x;\n    }\n",
      "    f() {\n        y;\n        x;\n    }\n",
    ],
    ["an exact match as written", replace("  x;\n", "y;\n"), "  x;\n", "y;\n"],
    ["typographic quotes", replace('say("hi")\n', "say()\n"), "say(“hi”)\n", "say()\n"],
    ["typographic quotes in a line", replace('"hi"', '"ho"'), "say(“hi”)\n", 'say("ho")\n'],
    [
      "in spite of a slip, keeping the file's context",
      replace(
        "first line\nsecond lime\nthird line\n  x = 1\n",
        "first line\nsecond lime\nthird line\n  x = 2\n",
      ),
      "first line\nsecond line\nthird line\n  x = 1\n",
      "first line\nsecond line\nthird line\n  x = 2\n",
    ],
    [
      "without a listing's line numbers",
      replace(" 9 | if x:\n10 |   a\n", " 9 | if x:\n10 |   b\n11 |   c\n"),
      "if x:\n  a\n",
      "if x:\n  b\n  c\n",
    ],
    ["with numbers that are the file's own", replace("1: a", "1: b"), "1: a\na\n", "1: b\na\n"],
    [
      "without blank lines at the ends",
      replace("\nalpha\nbeta\n\n", "\nalpha\ngamma\n\n"),
      "alpha\nbeta\nx\n",
      "alpha\ngamma\nx\n",
    ],
  ];
  test.each(cases)("%s", (_, edit, before, after) => check(edit, before, after));
});

describe("patches", () => {
  const copies = "fn a\n  x = 1\n  y\nfn b\n  x = 1\n  z\n";
  const cases: [name: string, edit: Edit, before: string, after: string][] = [
    ["several hunks", patch(" a\n-b\n+B", "-d\n+D"), "a\nb\nc\nd\n", "a\nB\nc\nD\n"],
    ["hunks that share context", patch("-a\n+A\n b", " b\n-c\n+C"), "a\nb\nc\n", "A\nb\nC\n"],
    ["hunks out of order", patch("-c\n+C", "-a\n+A"), "a\nb\nc\n", "A\nb\nC\n"],
    [
      "a place that a header tells",
      patch(hunkOf("-  x = 1\n+  x = 2", { headers: ["fn b"] })),
      copies,
      copies.replace("x = 1\n  z", "x = 2\n  z"),
    ],
    [
      "the place in the block of both headers",
      patch(hunkOf("-    x\n+    z", { headers: ["class A", "fn f"] })),
      "class A\n  fn f\n    y\n    x\nclass B\n  fn f\n    x\n",
      "class A\n  fn f\n    y\n    z\nclass B\n  fn f\n    x\n",
    ],
    [
      "the place in a block whose header ends below",
      patch(hunkOf("-  x\n+  z", { headers: ["fn f("] })),
      "fn f(\n  a\n)\n{\n  y\n  x\n}\nfn g()\n{\n  x\n}\n",
      "fn f(\n  a\n)\n{\n  y\n  z\n}\nfn g()\n{\n  x\n}\n",
    ],
    [
      "the place right below a header",
      patch(hunkOf("-  x = 1\n+  x = 2", { headers: ["fn a"] })),
      copies,
      copies.replace("x = 1", "x = 2"),
    ],
    [
      "a place that the hunk before tells",
      patch("-fn b\n+fn c", "-  x = 1\n+  x = 2"),
      copies,
      "fn a\n  x = 1\n  y\nfn c\n  x = 2\n  z\n",
    ],
    [
      "equal hunks at equal places",
      patch("-  x = 1\n+  x = 2", "-  x = 1\n+  x = 2"),
      copies,
      copies.replaceAll("= 1", "= 2"),
    ],
    [
      "a place that line numbers tell",
      patch(
        hunkOf("-fn a\n+fn A", { oldStart: 11 }),
        hunkOf("-  x = 1\n+  x = 2", { oldStart: 15 }),
      ),
      copies,
      "fn A\n  x = 1\n  y\nfn b\n  x = 2\n  z\n",
    ],
    [
      "a place that the line number of a later hunk bears out",
      patch(hunkOf("-  x = 1\n+  x = 2", { oldStart: 15 }), hunkOf("-  z\n+  Z", { oldStart: 16 })),
      copies,
      "fn a\n  x = 1\n  y\nfn b\n  x = 2\n  Z\n",
    ],
    [
      "the one place at a line number, where the others are far",
      patch(hunkOf("-x\n+y", { oldStart: 6, unmarked: true })),
      "x\na\nb\nc\nd\nx\n",
      "x\na\nb\nc\nd\ny\n",
    ],
    [
      "as written where only the marks of the context are missing",
      patch(" def f():\n+    y\n    x"),
      "def f():\n    x\n",
      "def f():\n    y\n    x\n",
    ],
    ["the end of the file", patch(hunkOf("-x\n+y", { atEnd: true })), "x\na\nx\n", "x\na\ny\n"],
    [
      "an addition below a header",
      patch(hunkOf("+  new", { headers: ["fn b"] })),
      copies,
      copies.replace("fn b\n", "fn b\n  new\n"),
    ],
    ["an addition after a line", patch(hunkOf("+new", { oldStart: 1 })), "a\nb\n", "a\nnew\nb\n"],
    ["an addition to an empty file", patch("+new"), "", "new\n"],
    ["mixed line ends", patch(" a\n-b\n+B\n+C"), "a\nb\r\nc\rd", "a\nB\r\nC\r\nc\rd"],
    ["no final line end", patch("-b\n+B\n+C"), "a\nb", "a\nB\nC"],
    [
      "a final line end taken away",
      patch(hunkOf("-b\n+B", { finalNewline: { before: true, after: false } })),
      "a\nb\n",
      "a\nB",
    ],
    [
      "in spite of a wrong context line",
      patch(
        " const a = 1;\n nothing like it\n-const c = 3;\n+const c = 4;\n const d = 5;\n const e = 6;",
      ),
      "const a = 1;\nconst b = 2;\nconst c = 3;\nconst d = 5;\nconst e = 6;\n",
      "const a = 1;\nconst b = 2;\nconst c = 4;\nconst d = 5;\nconst e = 6;\n",
    ],
  ];
  test.each(cases)("%s", (_, edit, before, after) => check(edit, before, after));
});
