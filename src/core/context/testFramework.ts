import { folderOf } from "./pathParts";
import type { TestFamily } from "./testNaming";

/** What runs a project's tests, by its usual name, which a model knows. */
export type TestFramework =
  | "vitest"
  | "jest"
  | "mocha"
  | "jasmine"
  | "ava"
  | "node:test"
  | "bun test"
  | "deno test"
  | "Playwright Test"
  | "pytest"
  | "unittest"
  | "Django's TestCase"
  | "go test"
  | "cargo test"
  | "JUnit 5"
  | "JUnit 4"
  | "TestNG"
  | "Kotest"
  | "kotlin.test"
  | "ScalaTest"
  | "Spock"
  | "xUnit"
  | "NUnit"
  | "MSTest"
  | "minitest"
  | "RSpec"
  | "PHPUnit"
  | "Pest"
  | "XCTest"
  | "Swift Testing"
  | "GoogleTest"
  | "Catch2"
  | "doctest"
  | "ExUnit"
  | "Dart's test package"
  | "flutter_test";

/** What a test of the project is written with, by what it imports; undefined if that does not tell. */
export function frameworkIn(family: TestFamily, test: string): TestFramework | undefined {
  return imports[family]?.find(([, mark]) => mark.test(test))?.[0];
}

type Marks = readonly (readonly [TestFramework, RegExp])[];

const imports: Readonly<Partial<Record<TestFamily, Marks>>> = {
  javascript: [
    ["vitest", /["']vitest["']/],
    ["jest", /["']@jest\/globals["']|\bjest\.\w+\(/],
    ["node:test", /["']node:test["']/],
    ["ava", /["']ava["']/],
    ["bun test", /["']bun:test["']/],
    ["deno test", /\bDeno\.test\(/],
    ["Playwright Test", /["']@playwright\/test["']/],
  ],
  python: [
    ["pytest", /^(?:import|from) pytest\b|^(?:async )?def test_/m],
    ["Django's TestCase", /^from (?:django|rest_framework)\.test import/m],
    ["unittest", /^(?:import|from) unittest\b/m],
  ],
  jvm: [
    ["JUnit 5", /\borg\.junit\.jupiter\b/],
    ["JUnit 4", /\borg\.junit\.(?!jupiter)/],
    ["TestNG", /\borg\.testng\b/],
    ["Kotest", /\bio\.kotest\b/],
    ["kotlin.test", /\bkotlin\.test\b/],
    ["ScalaTest", /\borg\.scalatest\b/],
    ["Spock", /\bspock\.lang\b/],
  ],
  dotnet: [
    ["NUnit", /\bNUnit\.Framework\b/],
    ["MSTest", /\bVisualStudio\.TestTools\b/],
    ["xUnit", /\bXunit\b/],
  ],
  ruby: [
    ["minitest", /\bMinitest\b|minitest\/autorun|\bActiveSupport::TestCase\b/],
    ["RSpec", /\bRSpec\b|["'](?:spec|rails)_helper["']/],
  ],
  php: [
    ["PHPUnit", /\bPHPUnit\\|\bextends TestCase\b/],
    ["Pest", /^(?:it|test|describe)\(/m],
  ],
  swift: [
    ["Swift Testing", /^import Testing\b/m],
    ["XCTest", /^import XCTest\b/m],
  ],
  cpp: [
    ["GoogleTest", /\bgtest\/|\bgmock\//],
    ["Catch2", /\bcatch2\/|["<]catch\.hpp/],
    ["doctest", /\bdoctest\b/],
  ],
  dart: [
    ["flutter_test", /\bflutter_test\b/],
    ["Dart's test package", /package:test\//],
  ],
};

/** Where nothing names one. */
export const usualFrameworks: Readonly<Record<TestFamily, TestFramework>> = {
  javascript: "node:test",
  python: "unittest",
  go: "go test",
  rust: "cargo test",
  jvm: "JUnit 5",
  dotnet: "xUnit",
  ruby: "minitest",
  php: "PHPUnit",
  swift: "XCTest",
  cpp: "GoogleTest",
  elixir: "ExUnit",
  dart: "Dart's test package",
};

/** `hasTests`: whether there are files named as tests. */
export function findFramework(
  family: TestFamily,
  source: string,
  manifests: ReadonlyMap<string, string>,
  hasTests: boolean,
): TestFramework {
  const near = nearestFirst(source, manifests);
  const named = frameworkOf(family, source, near);
  return named ?? (family === "python" && hasTests ? "pytest" : usualFrameworks[family]);
}

/** What the manifests name. */
function frameworkOf(
  family: TestFamily,
  source: string,
  manifests: Manifests,
): TestFramework | undefined {
  const by = (marks: Marks) => manifests.map(([, text]) => frameworkBy(marks, text)).find(Boolean);
  switch (family) {
    case "javascript":
      return javascriptFramework(manifests);
    case "python":
      if (manifests.some(([path, text]) => speaksOfPytest(path, text))) return "pytest";
      return manifests.some(([path]) => path.endsWith("manage.py"))
        ? "Django's TestCase"
        : undefined;
    case "jvm":
      return source.endsWith(".scala")
        ? "ScalaTest"
        : by([["JUnit 4", /junit:junit|<artifactId>junit</]]);
    case "ruby":
      return by([["RSpec", /\brspec/]]);
    case "php":
      return by([["Pest", /pestphp\/pest/]]);
    case "cpp":
      return by([
        ["Catch2", /catch2/i],
        ["doctest", /\bdoctest\b/],
      ]);
    case "dart":
      return by([["flutter_test", /\bflutter_test\b/]]);
    case "go":
    case "rust":
    case "dotnet":
    case "swift":
    case "elixir":
      return undefined;
  }
}

type Manifests = readonly (readonly [path: string, text: string])[];

/** Manifests of the folders that the source lies in, the innermost first. */
function nearestFirst(source: string, manifests: ReadonlyMap<string, string>): Manifests {
  return [...manifests]
    .filter(([path]) => source.startsWith(path.slice(0, path.lastIndexOf("/") + 1)))
    .toSorted(([one], [other]) => other.split("/").length - one.split("/").length);
}

/** The folder of the package that the source belongs to: of the nearest manifest that is about more than tests. */
export function packageOf(source: string, manifests: ReadonlyMap<string, string>): string {
  const [nearest] = nearestFirst(source, manifests).filter(
    ([path]) => !path.endsWith("conftest.py"),
  );
  return folderOf(nearest?.[0] ?? "");
}

/** What a manifest names it by, besides its own name; in the order in which they count. */
const javascriptNames: readonly (readonly [TestFramework, RegExp])[] = [
  ["vitest", /\bvitest\b/],
  ["jest", /\bjest\b|\breact-scripts test\b/],
  ["mocha", /\bmocha\b/],
  ["jasmine", /\bjasmine\b|\bng test\b/],
  ["ava", /\bava\b/],
  ["bun test", /\bbun test\b/],
  ["deno test", /\bdeno (?:task )?test\b/],
  ["node:test", /--test\b/],
];

const javascriptPackages: readonly (readonly [TestFramework, RegExp])[] = [
  ["vitest", /"vitest"/],
  ["jest", /"(?:jest|react-scripts)"/],
  ["mocha", /"mocha"/],
  ["jasmine", /"jasmine(?:-core)?"/],
  ["ava", /"ava"/],
];

/** From the nearest manifest that names one: a workspace of several packages may do so only at its root. */
function javascriptFramework(manifests: Manifests): TestFramework | undefined {
  for (const [path, text] of manifests) {
    const named = /\bdeno\.jsonc?$/.test(path) ? "deno test" : namedIn(path, text);
    if (named !== undefined) return named;
  }
  return undefined;
}

/** What is run counts before what is installed. */
function namedIn(path: string, text: string): TestFramework | undefined {
  if (!path.endsWith("package.json")) return undefined;
  const scripts = [...text.matchAll(/"test[\w:-]*"\s*:\s*"((?:[^"\\]|\\.)*)"/g)];
  const runs = scripts.flatMap(([, run = ""]) => frameworkBy(javascriptNames, run) ?? []);
  return runs[0] ?? frameworkBy(javascriptPackages, text);
}

function frameworkBy(marks: Marks, text: string): TestFramework | undefined {
  return marks.find(([, mark]) => mark.test(text))?.[0];
}

function speaksOfPytest(path: string, text: string): boolean {
  return /(?:^|\/)(?:pytest\.ini|conftest\.py)$/.test(path) || /\bpytest\b/.test(text);
}
