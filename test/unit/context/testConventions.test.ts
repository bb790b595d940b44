import { describe, expect, it } from "vitest";
import { importPath, planTests } from "../../../src/core/context/testConventions";
import type { ProjectFiles, TestPlan } from "../../../src/core/context/testConventions";
import { projectFixture } from "./projectFixture";

describe("a project's own conventions", () => {
  const check = (project: string, source: string, expected: TestPlan) =>
    it(`${project}: ${source}`, () =>
      expect(planTests(source, projectFixture(project))).toEqual(expected));

  check("vitest", "src/core/cart.ts", {
    path: "test/unit/cart.test.ts",
    exists: false,
    framework: "vitest",
    example: "test/unit/money/format.test.ts",
  });
  check("vitest", "src/core/money/format.ts", {
    path: "test/unit/money/format.test.ts",
    exists: true,
    framework: "vitest",
  });
  check("jest", "lib/cart.js", {
    path: "lib/__tests__/cart.spec.js",
    exists: false,
    framework: "jest",
    example: "lib/text/__tests__/format.spec.js",
  });
  check("pytest", "cart/total.py", {
    path: "tests/test_total.py",
    exists: false,
    framework: "pytest",
    example: "tests/test_money.py",
  });
  check("go", "cart/total.go", {
    path: "cart/total_test.go",
    exists: false,
    framework: "go test",
    example: "cart/money_test.go",
  });
  check("none", "src/cart.js", {
    path: "src/cart.test.js",
    exists: false,
    framework: "node:test",
  });
});

describe("where the new test goes", () => {
  const check = (
    source: string,
    paths: readonly string[],
    expected: string | undefined,
    manifests: Readonly<Record<string, string>> = {},
  ) =>
    it(`${source} beside ${paths.join(" ")}`, () => {
      const project: ProjectFiles = { paths, manifests: new Map(Object.entries(manifests)) };
      expect(planTests(source, project)?.path).toBe(expected);
    });

  check("src/b.ts", ["src/a.ts", "src/a.test.ts"], "src/b.test.ts");
  check("src/b.tsx", ["src/a.ts", "src/a.spec.ts"], "src/b.spec.tsx");
  check("src/b.ts", ["src/a.ts", "src/__tests__/a.ts"], "src/__tests__/b.ts");
  check("b.js", ["a.js", "test/a-test.js"], "test/b-test.js");
  check("lib/b.js", ["lib/a.js", "test/lib/a.test.js"], "test/lib/b.test.js");
  check("lib/deep/b.js", ["lib/a.js", "test/a.test.js"], "test/deep/b.test.js");
  // The tests of the nearest package count, not those of another.
  check(
    "packages/one/src/b.ts",
    [
      "packages/two/src/a.ts",
      "packages/two/src/a.test.ts",
      "packages/one/src/a.ts",
      "packages/one/test/a.test.ts",
    ],
    "packages/one/test/b.test.ts",
  );
  check("src/b.ts", ["test/everything.test.ts"], "test/b.test.ts");
  check("app/b.py", ["app/a.py", "app/a_test.py"], "app/b_test.py");
  check("app/b.py", ["app/b.py"], "tests/test_b.py");
  check("src/lib.rs", ["tests/all.rs"], "src/lib.rs");
  check("src/main/java/a/Cart.java", [], "src/test/java/a/CartTest.java");
  check(
    "src/main/java/a/Cart.java",
    ["src/main/java/a/Money.java", "src/test/java/a/MoneyTests.java"],
    "src/test/java/a/CartTests.java",
  );
  check("notes.txt", [], undefined);
});

describe("what runs the tests", () => {
  const check = (
    source: string,
    manifests: Readonly<Record<string, string>>,
    expected: string,
    paths: readonly string[] = [],
  ) =>
    it(`${source}: ${expected}`, () => {
      const project: ProjectFiles = { paths, manifests: new Map(Object.entries(manifests)) };
      expect(planTests(source, project)?.framework).toBe(expected);
    });

  check("a.ts", { "package.json": '{"devDependencies":{"mocha":"11"}}' }, "mocha");
  check("a.ts", { "package.json": '{"scripts":{"test":"node --test"}}' }, "node:test");
  // What is run counts before what lies about.
  check(
    "a.ts",
    { "package.json": '{"scripts":{"test":"mocha"},"devDependencies":{"jest":"1","mocha":"1"}}' },
    "mocha",
  );
  check(
    "packages/a/b.ts",
    { "package.json": '{"devDependencies":{"jest":"1"}}', "packages/a/package.json": "{}" },
    "jest",
  );
  check("a.ts", { "other/package.json": '{"devDependencies":{"jest":"1"}}' }, "node:test");
  check("a.ts", { "package.json": "{ not json" }, "node:test");
  check("a.py", {}, "unittest");
  check("a.py", { "setup.cfg": "[options.extras_require]\ntest = pytest" }, "pytest");
  check("a.py", {}, "pytest", ["test_b.py"]);
  check("a.rs", {}, "cargo test");
  check("A.java", {}, "JUnit 5");
  check("A.java", { "pom.xml": "<artifactId>junit</artifactId>" }, "JUnit 4");
});

describe("how a test imports what it tests", () => {
  const check = (test: string, source: string, example: string, expected: string | undefined) =>
    it(`${test} imports ${source}`, () => expect(importPath(test, source, example)).toBe(expected));

  check("test/unit/a.test.ts", "src/core/a.ts", "", "../../src/core/a");
  check("src/a.test.ts", "src/a.ts", "", "./a");
  check("test/a.test.ts", "src/a.ts", 'import { b } from "../src/b.js";', "../src/a.js");
  check("test/a.test.ts", "src/a.tsx", 'import { b } from "../src/b.ts";', "../src/a.tsx");
  check("tests/test_a.py", "app/a.py", "", undefined);
});
