/** Languages whose tests are told apart by the same names. */
export type TestFamily = "javascript" | "python" | "go" | "rust" | "jvm";

/** How test files are named in a family of languages, and where they usually lie. */
export interface Naming {
  readonly family: TestFamily;
  /** Endings of files that may be the family's code or tests. */
  readonly endings: readonly string[];
  /** Tests are in the file that they test. */
  readonly inSource: boolean;
  isTest(path: string): boolean;
  /** The stem of the file that a test belongs to. */
  testedStem(test: string): string;
  /** The name for a test of `source`, in the style of another test. */
  nameLike(source: string, test: string): string;
  /** Where a project without tests has its first one. */
  usualPath(source: string): string;
}

/** Undefined for an unknown language. */
export function testNaming(source: string): Naming | undefined {
  const ending = source.slice(source.lastIndexOf(".") + 1);
  return namings.find(({ endings }) => endings.includes(ending));
}

/** Endings of files that may be tests of this one, or the code that they test. */
export function codeEndings(path: string): readonly string[] | undefined {
  return testNaming(path)?.endings;
}

const javascriptTest = /(?:([.\-_])(test|spec|tests))\.[cm]?[jt]sx?$/;

const javascript: Naming = {
  family: "javascript",
  endings: ["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs"],
  inSource: false,
  isTest: (path) => javascriptTest.test(path) || /(?:^|\/)__tests__\/[^/]+$/.test(path),
  testedStem: (test) => stem(test.replace(javascriptTest, ".js")),
  nameLike(source, test) {
    const [, mark, word] = javascriptTest.exec(test) ?? [];
    return mark === undefined
      ? nameOf(source)
      : `${stem(source)}${mark}${word}.${endingOf(source)}`;
  },
  usualPath: (source) => sibling(source, `${stem(source)}.test.${endingOf(source)}`),
};

const python: Naming = {
  family: "python",
  endings: ["py"],
  inSource: false,
  isTest: (path) => /(?:^|\/)(?:test_[^/]*|[^/]*_test)\.py$/.test(path),
  testedStem: (test) => stem(test).replace(/^test_|_test$/, ""),
  nameLike: (source, test) =>
    stem(test).startsWith("test_") ? `test_${nameOf(source)}` : `${stem(source)}_test.py`,
  usualPath: (source) => `tests/test_${nameOf(source)}`,
};

const go: Naming = {
  family: "go",
  endings: ["go"],
  inSource: false,
  isTest: (path) => path.endsWith("_test.go"),
  testedStem: (test) => stem(test).replace(/_test$/, ""),
  nameLike: (source) => `${stem(source)}_test.go`,
  usualPath: (source) => sibling(source, `${stem(source)}_test.go`),
};

const rust: Naming = {
  family: "rust",
  endings: ["rs"],
  inSource: true,
  isTest: (path) => /(?:^|\/)tests\/[^/]+\.rs$/.test(path),
  testedStem: stem,
  nameLike: nameOf,
  usualPath: (source) => source,
};

const jvm: Naming = {
  family: "jvm",
  endings: ["java", "kt"],
  inSource: false,
  isTest: (path) => /(?:Test|Tests|IT)\.(?:java|kt)$/.test(path),
  testedStem: (test) => stem(test).replace(/(?:Tests?|IT)$/, ""),
  nameLike(source, test) {
    const [word = "Test"] = /(?:Tests?|IT)$/.exec(stem(test)) ?? [];
    return `${stem(source)}${word}.${endingOf(source)}`;
  },
  usualPath: (source) =>
    sibling(source, `${stem(source)}Test.${endingOf(source)}`).replace(
      /(^|\/)src\/main\//,
      "$1src/test/",
    ),
};

const namings: readonly Naming[] = [javascript, python, go, rust, jvm];

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function stem(path: string): string {
  return nameOf(path).replace(/\.[^.]+$/, "");
}

function endingOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

function sibling(path: string, name: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1) + name;
}
