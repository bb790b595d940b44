import { endingOf, folderOf, join, stemOf } from "./pathParts";
import type { TestFramework } from "./testFramework";

/** Languages whose tests are told apart by the same names. */
export type TestFamily =
  | "javascript"
  | "python"
  | "go"
  | "rust"
  | "jvm"
  | "dotnet"
  | "ruby"
  | "php"
  | "swift"
  | "cpp"
  | "elixir"
  | "dart";

/** How test files are named in a family of languages, and where they usually lie. */
export interface Naming {
  readonly family: TestFamily;
  /** Endings of files that may be the family's code or tests. */
  readonly endings: readonly string[];
  /** Tests are in the file that they test. */
  readonly inSource: boolean;
  isTest(path: string): boolean;
  /** The stem of the file that a test belongs to; "" if it is for all of its folder. */
  testedStem(test: string): string;
  /** The name for a test of `source`, in the style of another test. */
  nameLike(source: string, test: string): string;
  /** Where a package has its first test, given the source's path in it. */
  usualPath(source: string): string;
}

/** Undefined for an unknown language. */
export function testNaming(source: string): Naming | undefined {
  const ending = endingOf(source);
  return namings.find(({ endings }) => endings.includes(ending));
}

/** Endings of files that may be tests of this one, or the code that they test. */
export function codeEndings(path: string): readonly string[] | undefined {
  return testNaming(path)?.endings;
}

interface Rules {
  readonly endings: string;
  /** What a test's name adds to its source's (`*`), the usual one first; without `*` it is for a whole folder. */
  readonly names: string;
  /** Folders in which a file is a test whatever its name. */
  readonly within?: RegExp;
  /** The folder of a first test, for code in `folder`; absent: beside the code. */
  readonly usualFolder?: (folder: string) => string;
}

const rules: Readonly<Record<TestFamily, Rules>> = {
  javascript: {
    endings: "ts tsx mts cts js jsx mjs cjs vue svelte",
    names: "*.test *.spec *-test *-spec *_test *_spec *.tests *-tests *_tests *Spec",
    within: /(?:^|\/)__tests__\/[^/]+$/,
  },
  python: { endings: "py", names: "test_* *_test tests", usualFolder: () => "tests" },
  go: { endings: "go", names: "*_test" },
  rust: { endings: "rs", names: "*_test", within: /(?:^|\/)tests\/[^/]+$/ },
  jvm: {
    endings: "java kt scala groovy",
    names: "*Test *Tests *IT *Spec *Suite",
    usualFolder: (folder) => folder.replace(/(^|\/)src\/main(?=\/|$)/, "$1src/test"),
  },
  dotnet: { endings: "cs fs vb", names: "*Tests *Test *Specs", usualFolder: inTree("tests") },
  ruby: { endings: "rb", names: "*_test *_spec test_*", usualFolder: inTree("test") },
  php: { endings: "php", names: "*Test", usualFolder: inTree("tests") },
  swift: {
    endings: "swift",
    names: "*Tests *Test *Spec",
    usualFolder: (folder) => folder.replace(/(^|\/)Sources\/([^/]+)/, "$1Tests/$2Tests"),
  },
  cpp: {
    endings: "cpp cc cxx c hpp hh h",
    names: "*_test *_tests *_unittest test_* *Test *Tests",
    usualFolder: () => "tests",
  },
  elixir: { endings: "ex exs", names: "*_test", usualFolder: inTree("test") },
  dart: { endings: "dart", names: "*_test", usualFolder: inTree("test") },
};

/** A tree of its own, whose folders are named as in that of the code. */
function inTree(tree: string): (folder: string) => string {
  return (folder) => join(tree, folder.replace(/^(?:src|lib|app)(?:\/|$)/, ""));
}

/** Of tests whose ending is not their source's, where no other test shows it. */
const testEndings = new Map([
  ["vue", "ts"],
  ["svelte", "ts"],
  ["ex", "exs"],
  ["h", "cpp"],
  ["hh", "cpp"],
  ["hpp", "cpp"],
]);

interface Affix {
  readonly before: string;
  readonly after: string;
  /** The name is not made from a source's. */
  readonly isWhole: boolean;
}

const noAffix: Affix = { before: "", after: "", isWhole: false };

function readAffix(name: string): Affix {
  const [before = "", after] = name.split("*");
  return { before, after: after ?? "", isWhole: after === undefined };
}

function hasAffix(name: string, { before, after, isWhole }: Affix): boolean {
  if (isWhole) return name === before;
  const isLonger = name.length > before.length + after.length;
  return isLonger && name.startsWith(before) && name.endsWith(after);
}

/** The name of a test of `source`; `like` is the ending of another test. */
function nameWith({ before, after, isWhole }: Affix, source: string, like?: string): string {
  const ending = endingOf(source);
  const usual = testEndings.get(ending);
  const own = usual === undefined ? ending : (like ?? usual);
  return `${before}${isWhole ? "" : stemOf(source)}${after}.${own}`;
}

function createNaming(family: TestFamily, { endings, names, within, usualFolder }: Rules): Naming {
  const affixes = names.split(" ").map(readAffix);
  const affixOf = (path: string) => affixes.find((affix) => hasAffix(stemOf(path), affix));
  return {
    family,
    endings: endings.split(" "),
    inSource: family === "rust",
    isTest: (path) => affixOf(path) !== undefined || within?.test(path) === true,
    testedStem(test) {
      const stem = stemOf(test);
      const { before, after, isWhole } = affixOf(test) ?? noAffix;
      return isWhole ? "" : stem.slice(before.length, stem.length - after.length);
    },
    nameLike: (source, test) => nameWith(affixOf(test) ?? noAffix, source, endingOf(test)),
    usualPath: (source) =>
      join(
        usualFolder?.(folderOf(source)) ?? folderOf(source),
        nameWith(affixes[0] ?? noAffix, source),
      ),
  };
}

const namings: readonly Naming[] = Object.entries(rules).map(([family, its]) =>
  // The keys of an object literal of this type are no others.
  createNaming(family as TestFamily, its),
);

const rspecNaming = createNaming("ruby", {
  endings: "rb",
  names: "*_spec *_test test_*",
  usualFolder: inTree("spec"),
});

/** A family's naming as one of its frameworks has it for a first test. */
export function namingWith(naming: Naming, framework: TestFramework): Naming {
  return framework === "RSpec" ? rspecNaming : naming;
}
