import { folderOf, join, stemOf } from "./pathParts";
import { findFramework, frameworkIn, packageOf, usualFrameworks } from "./testFramework";
import type { TestFramework } from "./testFramework";
import { namingWith, testNaming } from "./testNaming";
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
  const within = packageOf(source, manifests);
  const own = testsAmong(
    paths.filter((path) => isWithin(path, within)),
    naming,
  );
  const tests = (own.length > 0 ? own : testsAmong(paths, naming)).filter(
    (path) => path !== source,
  );
  const nearest = tests.toSorted((one, other) => nearness(other, source) - nearness(one, source));
  const framework = findFramework(naming.family, source, manifests, nearest.length > 0);
  const path = naming.inSource
    ? source
    : placeOf(source, { naming: namingWith(naming, framework), nearest, known, within });
  const [example] = nearest.filter((test) => test !== path);
  return {
    path,
    exists: known.has(path),
    framework,
    ...(example !== undefined && { example }),
  };
}

/**
 * The plan with what a test says of its framework: the one to add to, or else the example. One of another package counts
 * only where nothing in the source's own names a framework, and is no example if it has another.
 */
export function planLike(plan: TestPlan, test: string, within: string): TestPlan {
  const naming = testNaming(plan.path);
  const framework = naming && frameworkIn(naming.family, test);
  if (naming === undefined || framework === undefined) return plan;
  const isOwn = plan.exists || isWithin(plan.example ?? "", within);
  if (isOwn || plan.framework === usualFrameworks[naming.family]) return { ...plan, framework };
  const { example: _, ...bare } = plan;
  return plan.framework === framework ? plan : bare;
}

function isWithin(path: string, folder: string): boolean {
  return folder === "" || path.startsWith(`${folder}/`);
}

/** Files named as tests; if there are none, those that a folder of tests has under the names of their sources. */
function testsAmong(paths: readonly string[], naming: Naming): readonly string[] {
  const units = paths.filter((path) => !ofWholeProgram.test(path));
  const named = units.filter((path) => naming.isTest(path));
  if (named.length > 0) return named;
  const others = units.filter((path) => !isTestFolder(folderOf(path)));
  const stems = new Set(others.map(stemOf));
  return units.filter((path) => isTestFolder(folderOf(path)) && stems.has(stemOf(path)));
}

/** Tests that drive the whole program, and say nothing about where one file's go. */
const ofWholeProgram = /(?:^|\/)(?:e2e|cypress|playwright)\/|\.(?:e2e|cy)\.[^/]+$/;

interface Surroundings {
  readonly naming: Naming;
  /** The project's tests, the nearest one first. */
  readonly nearest: readonly string[];
  readonly known: ReadonlySet<string>;
  /** The folder of the source's package. */
  readonly within: string;
}

/** Placed like the nearest test relative to its source; without one, where most projects have it. */
function placeOf(source: string, { naming, nearest, known, within }: Surroundings): string {
  const folder = folderOf(source);
  const tests = new Set(nearest);
  /** Files that a test may belong to, by its name. */
  const sources = Map.groupBy(
    [...known].filter((path) => !tests.has(path)),
    stemOf,
  );
  for (const test of nearest) {
    if (naming.testedStem(test) === "" && folderOf(test) === folder) return test;
    const tested = sources
      .get(naming.testedStem(test))
      ?.toSorted((one, other) => nearness(other, test) - nearness(one, test))[0];
    if (tested === undefined) continue;
    const placed = transfer(folderOf(tested), folderOf(test), folder);
    if (placed !== undefined) return join(placed, naming.nameLike(source, test));
  }
  const inPackage = within === "" ? source : source.slice(within.length + 1);
  const usual = join(within, naming.usualPath(inPackage));
  const [alone] = nearest;
  if (alone === undefined) return usual;
  const name = naming.nameLike(source, alone);
  const testTree = folderOf(alone);
  if (!isTestFolder(testTree)) return join(folder, name);
  // No test's source was found, but tests may have a folder of their own.
  const above = testTree.slice(0, testTree.search(testFolder));
  return join(`${folder}/`.startsWith(above) ? testTree : folderOf(usual), name);
}

/**
 * Where a test of code in `folder` goes, given that a test of code in `tested` lies in `testFolder`: beside it, below
 * it (`__tests__`), or in a tree of its own, in another package in the same way. Undefined where the folders have
 * nothing in common.
 */
function transfer(tested: string, testFolder: string, folder: string): string | undefined {
  if (testFolder === tested) return folder;
  if (tested !== "" && testFolder.startsWith(`${tested}/`))
    return join(folder, testFolder.slice(tested.length + 1));
  const from = tested.split("/").filter(Boolean);
  const to = testFolder.split("/").filter(Boolean);
  const parts = folder.split("/").filter(Boolean);
  while (from.length > 0 && from.at(-1) === to.at(-1)) {
    from.pop();
    to.pop();
  }
  let depth = 0;
  while (depth < from.length && from[depth] === to[depth]) depth++;
  const isLike = from.slice(depth).every((part, at) => parts[depth + at] === part);
  if (!isLike || parts.length < depth || (depth > 0 && parts[0] !== from[0])) return undefined;
  return join(...parts.slice(0, depth), ...to.slice(depth), ...parts.slice(from.length));
}

const testFolder = /(?<=^|\/)(?:tests?|specs?|__tests__)(?=\/|$)/i;

function isTestFolder(folder: string): boolean {
  return testFolder.test(folder);
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
