import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../src/core/edits/applyEdits";
import type { Edit, EditProblemKind, PatchHunk } from "../../../src/core/edits/edit";

const path = "a.ts";

const replace = (search: string, replacement: string, all?: boolean): Edit => ({
  kind: "replace",
  path,
  search,
  replacement,
  ...(all === true && { all }),
});

const hunk = (lines: string, more: Partial<PatchHunk> = {}): PatchHunk => ({
  lines: lines.split("\n").map((line) => ({
    kind: line.startsWith("+") ? "add" : line.startsWith("-") ? "remove" : "context",
    text: line.slice(1),
  })),
  ...more,
});

const patch = (...hunks: (string | PatchHunk)[]): Edit => ({
  kind: "patch",
  path,
  hunks: hunks.map((item) => (typeof item === "string" ? hunk(item) : item)),
});

function check(edit: Edit, before: string, expected: string): void {
  const { documents, problems } = applyEdits([edit], new Map([[path, before]]));
  expect(problems).toEqual([]);
  expect(documents.get(path)).toBe(expected);
}

function checkRefused(edit: Edit, before: string, kind: EditProblemKind): string {
  const { documents, problems } = applyEdits([edit], new Map([[path, before]]));
  expect(problems.map((problem) => problem.kind)).toEqual([kind]);
  expect(documents.size).toBe(0);
  return problems[0]?.message ?? "";
}

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
      patch(hunk("-  x = 1\n+  x = 2", { headers: ["fn b"] })),
      copies,
      copies.replace("x = 1\n  z", "x = 2\n  z"),
    ],
    [
      "the place in the block of both headers",
      patch(hunk("-    x\n+    z", { headers: ["class A", "fn f"] })),
      "class A\n  fn f\n    y\n    x\nclass B\n  fn f\n    x\n",
      "class A\n  fn f\n    y\n    z\nclass B\n  fn f\n    x\n",
    ],
    [
      "the place in a block whose header ends below",
      patch(hunk("-  x\n+  z", { headers: ["fn f("] })),
      "fn f(\n  a\n)\n{\n  y\n  x\n}\nfn g()\n{\n  x\n}\n",
      "fn f(\n  a\n)\n{\n  y\n  z\n}\nfn g()\n{\n  x\n}\n",
    ],
    [
      "the place right below a header",
      patch(hunk("-  x = 1\n+  x = 2", { headers: ["fn a"] })),
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
      patch(hunk("-fn a\n+fn A", { oldStart: 11 }), hunk("-  x = 1\n+  x = 2", { oldStart: 15 })),
      copies,
      "fn A\n  x = 1\n  y\nfn b\n  x = 2\n  z\n",
    ],
    [
      "a place that the line number of a later hunk bears out",
      patch(hunk("-  x = 1\n+  x = 2", { oldStart: 15 }), hunk("-  z\n+  Z", { oldStart: 16 })),
      copies,
      "fn a\n  x = 1\n  y\nfn b\n  x = 2\n  Z\n",
    ],
    [
      "the one place at a line number, where the others are far",
      patch(hunk("-x\n+y", { oldStart: 6, unmarked: true })),
      "x\na\nb\nc\nd\nx\n",
      "x\na\nb\nc\nd\ny\n",
    ],
    [
      "as written where only the marks of the context are missing",
      patch(" def f():\n+    y\n    x"),
      "def f():\n    x\n",
      "def f():\n    y\n    x\n",
    ],
    ["the end of the file", patch(hunk("-x\n+y", { atEnd: true })), "x\na\nx\n", "x\na\ny\n"],
    [
      "an addition below a header",
      patch(hunk("+  new", { headers: ["fn b"] })),
      copies,
      copies.replace("fn b\n", "fn b\n  new\n"),
    ],
    ["an addition after a line", patch(hunk("+new", { oldStart: 1 })), "a\nb\n", "a\nnew\nb\n"],
    ["an addition to an empty file", patch("+new"), "", "new\n"],
    ["mixed line ends", patch(" a\n-b\n+B\n+C"), "a\nb\r\nc\rd", "a\nB\r\nC\r\nc\rd"],
    ["no final line end", patch("-b\n+B\n+C"), "a\nb", "a\nB\nC"],
    [
      "a final line end taken away",
      patch(hunk("-b\n+B", { finalNewline: { before: true, after: false } })),
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

describe("code left out", () => {
  const problemsOf = (line: string, name: string) =>
    applyEdits([{ kind: "create", path: name, content: `a\n${line}\nb\n` }], new Map()).problems;
  test.each([
    ["// ... existing code ...", "a.ts"],
    ["# same as before", "a.py"],
    ["# (code omitted)", "a.py"],
    ["# Keep the rest as is", "a.py"],
    ["// No changes above this line", "a.ts"],
    ["<!-- existing content -->", "a.html"],
    ["(rest of methods ...)", "a.ts"],
    ["<rest of file unchanged>", "a.ts"],
    ["// all other functions remain unchanged", "a.ts"],
    ["/* Everything else stays the same */", "a.css"],
    ["// more code here", "a.ts"],
    ["// ... and so on", "a.ts"],
    ["    pass  # existing code", "a.py"],
    ["f() { /* ... */ }", "a.ts"],
    ["return <div>{/* existing JSX */}</div>;", "a.jsx"],
    ["...", "a.ts"],
    ["...", "a.py"],
  ])("is seen in %j in %s", (line, name) => {
    expect(problemsOf(line, name)).toMatchObject([{ kind: "omission" }]);
  });
  test.each([
    ["  ...rest,", "a.js"],
    ["  ...previous.state, ...existing,", "a.js"],
    ["    ...", "a.py"],
    ["...", "a.md"],
    ["...", "a.yaml"],
    ["// Loading...", "a.js"],
    ["# Same as above, but for users", "a.py"],
    ["// other code points", "a.ts"],
    ["## Existing code", "a.md"],
    ["// the rest is data", "a.ts"],
    ["// existing users keep their role", "a.ts"],
    ["<other tests>", "a.xml"],
    ["x = 1; /* unchanged by the caller */", "a.c"],
  ])("is not seen in %j in %s", (line, name) => {
    expect(problemsOf(line, name)).toEqual([]);
  });

  test("is seen in dots in a Python block only where they are not all of it", () => {
    const create = (content: string) =>
      applyEdits([{ kind: "create", path: "a.py", content }], new Map()).problems;
    expect(create("def f():\n    ...\n\ndef g():\n    x\n")).toEqual([]);
    expect(create("def f():\n    ...\n    return x\n")).toMatchObject([{ kind: "omission" }]);
  });
});

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
      patch(hunk("-x\n+y", { oldStart: 6 })),
      "x\na\nb\nc\nd\nx\n",
      "ambiguous",
    ],
    [
      "a line number near two",
      patch(hunk("-x\n+y", { oldStart: 3, unmarked: true })),
      "x\na\nx\n",
      "ambiguous",
    ],
    [
      "a line number between two",
      patch(hunk("-x\n+y", { oldStart: 4, unmarked: true })),
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
      patch(hunk("-a\n+b", { headers: ["class X"] })),
      "a\n",
      "header-not-found",
    ],
    [
      "places at two headers of the same name",
      patch(hunk("-  x\n+  z", { headers: ["fn f"] })),
      "fn f\n  y\n  x\nfn f\n  x\n",
      "ambiguous",
    ],
    ["a place above its header", patch(hunk("-a\n+b", { headers: ["z"] })), "a\nz\n", "not-found"],
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
      patch(hunk(" first a\n second b\n-third\n+x\n fourth d", { headers: ["fn b"] })),
      "fn a\n  first a\n  second b\n  third\n  fourth d\nfn b\n  first a\n  other b\n  third\n  fourth d\n",
      "not-found",
    ],
    [
      "a wrong line end at the end",
      patch(hunk("-b\n+c", { finalNewline: { before: false, after: false } })),
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

describe("files", () => {
  const documents = new Map([
    ["a.ts", "a\n"],
    ["b.ts", "b\r\nc\r\n"],
    ["lib/c.ts", "c\n"],
  ]);
  const create = (to: string): Edit => ({ kind: "create", path: to, content: "x\n" });

  function checkFiles(edits: Edit[], expected: Record<string, string | null>): void {
    const applied = applyEdits(edits, documents);
    expect(applied.problems).toEqual([]);
    expect(Object.fromEntries(applied.documents)).toEqual(expected);
  }

  test("are created, written, moved and deleted", () => {
    checkFiles([create("c.ts")], { "c.ts": "x\n" });
    checkFiles([{ kind: "write", path: "b.ts", content: "b\nd\n" }], { "b.ts": "b\r\nd\r\n" });
    checkFiles([{ kind: "delete", path: "a.ts" }], { "a.ts": null });
    checkFiles([replace("a", "A"), { kind: "move", path: "a.ts", to: "d/e.ts" }], {
      "a.ts": null,
      "d/e.ts": "A\n",
    });
  });

  test("see the edits before", () => {
    checkFiles([replace("a", "b"), replace("b", "c")], { "a.ts": "c\n" });
    checkFiles([replace("a", "a1"), replace("a1", "a2")], { "a.ts": "a2\n" });
  });

  test("are changed twice on one line, by parts that are apart", () => {
    const edits = [replace("one", "ONE"), replace("two", "TWO")];
    const { documents: changed } = applyEdits(edits, new Map([[path, "one two\n"]]));
    expect(changed.get(path)).toBe("ONE TWO\n");
  });

  const refusals: [name: string, edits: Edit[], kind: EditProblemKind][] = [
    ["all if one fails", [create("c.ts"), replace("z", "y")], "not-found"],
    ["a file that exists", [create("a.ts")], "file-exists"],
    ["a file that is missing", [{ kind: "delete", path: "z.ts" }], "missing-file"],
    ["a path out of the workspace", [create("../x.ts")], "bad-path"],
    ["a file in the place of a folder", [create("lib")], "bad-path"],
    ["a move out of the workspace", [{ kind: "move", path: "a.ts", to: "/x.ts" }], "bad-path"],
    [
      "a file with left-out code",
      [{ kind: "write", path: "a.ts", content: "// ... rest of the code ...\n" }],
      "omission",
    ],
    ["one insertion twice", [replace("a\n", "a\nb\n"), patch(" a\n+b")], "overlap"],
    ["two insertions at one place", [patch(" a\n+b"), patch(" a\n+c")], "overlap"],
    ["a name changed in two ways", [replace("a", "a.b"), replace("a", "a.c")], "overlap"],
    ["a change that is taken back", [replace("a", "b"), replace("b", "a")], "no-change"],
    ["a file that comes and goes", [create("c.ts"), { kind: "delete", path: "c.ts" }], "no-change"],
    ["a file as it is", [{ kind: "write", path: "a.ts", content: "a\n" }], "no-change"],
  ];
  test.each(refusals)("refuse %s", (_, edits, kind) => {
    const applied = applyEdits(edits, documents);
    expect(applied.documents.size).toBe(0);
    expect(applied.problems.map((problem) => problem.kind)).toEqual([kind]);
  });
});
