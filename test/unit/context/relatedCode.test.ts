import { describe, expect, it } from "vitest";
import { tokensOf } from "../../../src/core/context/cutContext";
import { declarationHead } from "../../../src/core/context/declarationHead";
import { usedNames } from "../../../src/core/context/identifiers";
import { importsIn } from "../../../src/core/context/importLines";
import { paragraphAt } from "../../../src/core/context/paragraph";
import { relatedItem, relatedRoom } from "../../../src/core/context/relatedCode";
import type { RelatedCandidate, RelatedSources } from "../../../src/core/context/relatedCode";

const linesOf = (text: string) => text.split("\n");

describe("names that code uses", () => {
  const check = (name: string, text: string, languageId: string, expected: readonly string[]) =>
    it(name, () => {
      const lines = linesOf(text);
      const used = usedNames(lines, { startLine: 1, endLine: lines.length }, languageId);
      expect(used.map((one) => `${one.name} ${one.line}:${one.character} x${one.uses}`)).toEqual(
        expected,
      );
    });

  check("the most used first", "add(one);\nadd(two);", "typescript", [
    "add 0:0 x2",
    "one 0:4 x1",
    "two 1:4 x1",
  ]);
  check("not keywords, not single letters", "const x = await load(x);", "typescript", [
    "load 0:16 x1",
  ]);
  check(
    "not in strings and comments",
    "go('away'); // now\n/* or\nlater */ stay();",
    "typescript",
    ["stay 2:9 x1"],
  );
  check("in templates", "`${name}`", "typescript", ["name 0:3 x1"]);
  check("not in docstrings", 'run("""all\nof this""", fast)  # quickly', "python", [
    "run 0:0 x1",
    "fast 1:12 x1",
  ]);
});

describe("imports of a file", () => {
  const check = (name: string, text: string, expected: readonly (readonly [number, string])[]) =>
    it(name, () =>
      expect(
        importsIn(linesOf(text)).map(({ line, names }) => [line, [...names].join(" ")]),
      ).toEqual(expected),
    );

  check("TypeScript", 'import { a, b } from "./c";\nimport type { D } from "d";\nlet x;', [
    [1, "a b"],
    [2, "D"],
  ]);
  check("over several lines", 'import {\n  a,\n  b as c,\n} from "d";\nimport e from "e";', [
    [1, "a b c"],
    [5, "e"],
  ]);
  check("Python", "import os\nfrom app.money import (\n  total,\n)\n", [
    [1, "os"],
    [2, "app money total"],
  ]);
  check("Go", 'import (\n\t"fmt"\n\t"example.com/cart"\n)', [[1, "fmt cart"]]);
  check("a long one says little", `import {\n${"  a,\n".repeat(9)}} from "b";`, []);
});

describe("a declaration without its body", () => {
  const check = (name: string, text: string, line: number, expected: string) =>
    it(name, () => expect(declarationHead(linesOf(text), line).text).toBe(expected));

  check(
    "a function with its comment",
    "let a;\n\n/** Adds. */\nexport function add(\n  a: number,\n): number {\n  return a;\n}",
    4,
    "/** Adds. */\nexport function add(\n  a: number,\n): number {",
  );
  check(
    "an interface with its members",
    "interface Line {\n  price: number;\n  count: number;\n}\nlet b;",
    1,
    "interface Line {\n  price: number;\n  count: number;\n}",
  );
  check(
    "a class up to its first method",
    "class Cart {\n  lines = [];\n  add(line) {\n    return 1;\n  }\n}",
    1,
    "class Cart {\n  lines = [];",
  );
  check("a union", "type A =\n  | B\n  | C;\nlet b;", 1, "type A =\n  | B\n  | C;");
  check("a value", "const most = 3;\nlet b;", 1, "const most = 3;");
  check("Python", "@cached\ndef total(a):\n    return a", 2, "@cached\ndef total(a):");
  check("a long comment is cut", "// 1\n// 2\n// 3\n// 4\nfn()", 5, "// 1\n// 2\n// 3 …\nfn()");
});

describe("the paragraph around a line", () => {
  const lines = linesOf("a\nb\n\nc\n");
  it.each([
    [0, { first: 0, last: 1 }],
    [1, { first: 0, last: 1 }],
    [2, undefined],
    [3, { first: 3, last: 3 }],
  ])("line %i", (line, expected) => expect(paragraphAt(lines, line)).toEqual(expected));
});

describe("what goes along", () => {
  const candidate = (
    name: string,
    path: string,
    given: Partial<RelatedCandidate> = {},
  ): RelatedCandidate => ({
    uri: `file:///project/${path}`,
    path,
    line: 1,
    name,
    text: `function ${name}() {`,
    encloses: false,
    uses: 1,
    ...given,
  });

  const sources = (
    candidates: readonly RelatedCandidate[],
    given: Partial<RelatedSources> = {},
  ): RelatedSources => ({
    uri: "file:///project/src/a.ts",
    path: "src/a.ts",
    candidates,
    imports: [],
    names: new Set(),
    ...given,
  });

  const partsOf = (given: RelatedSources, room = 1000) =>
    relatedItem(given, room)?.parts.map(({ name, text }) => name ?? text);

  it("what it stands in first, then by use, kind and closeness", () => {
    const candidates = [
      candidate("far", "lib/f.ts"),
      candidate("near", "src/n.ts"),
      candidate("here", "src/a.ts", { line: 9 }),
      candidate("often", "lib/o.ts", { uses: 4 }),
      candidate("Shape", "src/s.ts"),
      candidate("around", "src/a.ts", { encloses: true }),
    ];
    expect(partsOf(sources(candidates))).toEqual([
      "around",
      "often",
      "here",
      "Shape",
      "near",
      "far",
    ]);
  });

  it("one place once, one name once", () => {
    const candidates = [
      candidate("one", "src/n.ts"),
      candidate("alias", "src/n.ts"),
      candidate("one", "src/m.ts"),
    ];
    expect(partsOf(sources(candidates))).toEqual(["one"]);
  });

  it("imports of what no declaration explains", () => {
    const imports = importsIn(['import { l10n } from "vscode";', 'import { near } from "./n";']);
    const given = sources([candidate("near", "src/n.ts")], {
      imports,
      names: new Set(["l10n", "near"]),
    });
    expect(partsOf(given)).toEqual(["near", 'import { l10n } from "vscode";']);
    expect(partsOf({ ...given, names: new Set(["near"]) })).toEqual(["near"]);
  });

  it("never more than there is room for, and says how many stayed behind", () => {
    const candidates = Array.from({ length: 30 }, (_, index) =>
      candidate(`helper${index}`, `src/h${index}.ts`, { uses: index }),
    );
    for (const room of [0, 20, 60, 150]) {
      const item = relatedItem(sources(candidates), room);
      expect(item === undefined ? 0 : tokensOf(item)).toBeLessThanOrEqual(room);
      if (item !== undefined) expect(item.parts.length + item.partsLeftOut).toBe(30);
    }
  });

  it("a large one does not keep smaller ones out", () => {
    const candidates = [
      candidate("huge", "src/h.ts", { uses: 4, text: "word ".repeat(400) }),
      candidate("small", "src/s.ts"),
    ];
    expect(partsOf(sources(candidates), 100)).toEqual(["small"]);
  });

  it("nothing of how it was ranked is kept", () => {
    const item = relatedItem(sources([candidate("near", "src/n.ts")]), 100);
    expect(Object.keys(item?.parts[0] ?? {}).toSorted()).toEqual([
      "line",
      "name",
      "path",
      "text",
      "uri",
    ]);
  });

  it.each([
    ["explain", 150],
    ["edit", 300],
    ["tests", 400],
  ] as const)("beside %s at most %i tokens, beside little code little", (task, most) => {
    expect(relatedRoom(task, "word ".repeat(10_000))).toBe(most);
    expect(relatedRoom(task, "x")).toBeLessThan(most / 2);
  });
});
