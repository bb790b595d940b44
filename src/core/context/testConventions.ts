import { findFramework } from "./testFramework";
import type { TestFramework } from "./testFramework";
import { testNaming } from "./testNaming";
import type { Naming } from "./testNaming";

/** The files of a project that test planning looks at. Paths are relative to it, with `/` between the parts. */
export interface ProjectFiles {
  /** Code of the languages that the source's tests may be in. */
  readonly paths: readonly string[];
  /** The texts of manifests: `package.json`, `pyproject.toml` and their like, by path. */
  readonly manifests: ReadonlyMap<string, string>;
}

/** Where tests of a file go, and how they are written there. */
export interface TestPlan {
  /** Of the test file; the source's own path where tests are in the same file as the code. */
  readonly path: string;
  readonly exists: boolean;
  readonly framework: TestFramework;
  /** A test of the project that shows its style: the nearest one. */
  readonly example?: string;
}

/** Undefined for an unknown language. */
export function planTests(
  source: string,
  { paths, manifests }: ProjectFiles,
): TestPlan | undefined {
  const naming = testNaming(source);
  if (naming === undefined) return undefined;
  const known = new Set(paths);
  const tests = paths.filter((path) => naming.isTest(path) && path !== source);
  const nearest = tests.toSorted((one, other) => nearness(other, source) - nearness(one, source));
  const framework = findFramework(naming.family, source, manifests, nearest.length > 0);
  const path = naming.inSource ? source : placeOf(source, naming, nearest, known);
  const [example] = nearest.filter((test) => test !== path);
  return {
    path,
    exists: known.has(path),
    framework,
    ...(example !== undefined && { example }),
  };
}

/** Placed like the nearest test relative to its source; without one, where most projects have it. */
function placeOf(
  source: string,
  naming: Naming,
  nearest: readonly string[],
  known: ReadonlySet<string>,
): string {
  const folder = folderOf(source);
  for (const test of nearest) {
    const tested = sourcesOf(test, naming, known).toSorted(
      (one, other) => nearness(other, test) - nearness(one, test),
    )[0];
    if (tested === undefined) continue;
    const placed = transfer(folderOf(tested), folderOf(test), folder);
    if (placed !== undefined) return join(placed, naming.nameLike(source, test));
  }
  const [alone] = nearest;
  if (alone === undefined) return naming.usualPath(source);
  const name = naming.nameLike(source, alone);
  // No test's source was found, but tests may have a folder of their own.
  return join(isTestFolder(folderOf(alone)) ? folderOf(alone) : folder, name);
}

/** Files that a test may belong to, by its name. */
function sourcesOf(test: string, naming: Naming, known: ReadonlySet<string>): readonly string[] {
  const stem = naming.testedStem(test);
  return [...known].filter((path) => !naming.isTest(path) && stemOf(path) === stem);
}

/**
 * Where a test of code in `folder` goes, given that a test of code in `tested` lies in `testFolder`: beside it, below
 * it (`__tests__`), or in a tree of its own. Undefined where the folders have nothing in common.
 */
function transfer(tested: string, testFolder: string, folder: string): string | undefined {
  if (testFolder === tested) return folder;
  if (tested !== "" && testFolder.startsWith(`${tested}/`))
    return join(folder, testFolder.slice(tested.length + 1));
  const from = tested.split("/").filter(Boolean);
  const to = testFolder.split("/").filter(Boolean);
  while (from.length > 0 && from.at(-1) === to.at(-1)) {
    from.pop();
    to.pop();
  }
  const root = from.join("/");
  const tree = to.join("/");
  if (root === "") return join(tree, folder);
  if (folder === root) return tree;
  return folder.startsWith(`${root}/`) ? join(tree, folder.slice(root.length + 1)) : undefined;
}

function isTestFolder(folder: string): boolean {
  return /(?:^|\/)(?:tests?|specs?|__tests__)(?:\/|$)/i.test(folder);
}

/** Folders that two paths share from the root. */
function nearness(one: string, other: string): number {
  const parts = folderOf(one).split("/");
  const others = folderOf(other).split("/");
  let shared = 0;
  while (shared < parts.length && parts[shared] === others[shared]) shared++;
  // Among equals, the one with fewer steps from there; then the given order.
  return shared - (parts.length + others.length) / 1000;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** A file's name without its folder and its last ending. */
function stemOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.[^.]+$/, "");
}

function join(folder: string, name: string): string {
  return [folder, name].filter((part) => part !== "").join("/");
}

/**
 * How a test imports the file that it tests: `../src/a` in JavaScript and TypeScript, with the ending that the
 * example's own imports have; undefined in languages that import modules, not files.
 */
export function importPath(test: string, source: string, example: string): string | undefined {
  if (!/\.[cm]?[jt]sx?$/.test(source)) return undefined;
  const from = folderOf(test).split("/").filter(Boolean);
  const to = folderOf(source).split("/").filter(Boolean);
  while (from.length > 0 && from[0] === to[0]) {
    from.shift();
    to.shift();
  }
  const steps = from.length === 0 ? ["."] : from.map(() => "..");
  return [...steps, ...to, stemOf(source)].join("/") + endingLike(example, source);
}

function endingLike(example: string, source: string): string {
  const [, ending] = /["']\.{1,2}\/[^"']*?(\.[cm]?[jt]sx?)["']/.exec(example) ?? [];
  if (ending === undefined) return "";
  // TypeScript may import its output: `./a.js` for `a.ts`.
  return /\.[cm]?js$/.test(ending) ? ending : source.slice(source.lastIndexOf("."));
}
