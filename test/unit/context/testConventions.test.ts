import { describe, expect, it } from "vitest";
import { planLike, planTests } from "../../../src/core/context/testConventions";
import type { ProjectFiles, TestPlan } from "../../../src/core/context/testConventions";
import type { TestFramework } from "../../../src/core/context/testFramework";
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
  // Without a mark, a test has the name of its source.
  check("lib/b.js", ["lib/a.js", "lib/b.js", "test/a.js", "test/helpers.js"], "test/b.js");
  check("lib/b.js", ["lib/a.js", "spec/aSpec.js"], "spec/bSpec.js");
  // Another package shows how, and is not added to.
  check(
    "packages/one/src/b.ts",
    ["packages/two/src/a.ts", "packages/two/test/a.test.ts"],
    "packages/one/test/b.test.ts",
  );
  check("packages/one/src/b.ts", ["packages/two/test/all.spec.ts"], "packages/one/src/b.spec.ts");
  check("src/b.ts", ["e2e/login.spec.ts"], "src/b.test.ts");
  check("src/B.vue", ["src/A.vue", "src/A.spec.js"], "src/B.spec.js");
  check("api/api/b.py", [], "api/tests/test_b.py", { "api/pyproject.toml": "" });
  // A file of tests for a whole folder is added to.
  check("shop/views.py", ["shop/models.py", "shop/tests.py"], "shop/tests.py");
  check(
    "src/Shop/B.cs",
    ["src/Shop/A.cs", "tests/Shop.Tests/ATests.cs"],
    "tests/Shop.Tests/BTests.cs",
  );
  check("app/models/b.rb", ["app/models/a.rb", "spec/models/a_spec.rb"], "spec/models/b_spec.rb");
  check("app/models/b.rb", [], "test/models/b_test.rb");
  check("app/models/b.rb", [], "spec/models/b_spec.rb", { Gemfile: 'gem "rspec-rails"' });
  check("src/Shop/B.php", [], "tests/Shop/BTest.php");
  check("Sources/Shop/B.swift", [], "Tests/ShopTests/BTests.swift");
  check("kit/Sources/Shop/B.swift", [], "kit/Tests/ShopTests/BTests.swift");
  check("include/b.hpp", ["src/a.cpp", "test/a_test.cc"], "test/b_test.cc");
  check("lib/shop/b.ex", [], "test/shop/b_test.exs");
  check("lib/b.dart", ["lib/a.dart", "test/a_test.dart"], "test/b_test.dart");
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
  // All scripts for tests count, those of another kind do not.
  check(
    "a.ts",
    {
      "package.json":
        '{"scripts":{"test:e2e":"playwright test","test":"npm run test:unit","test:unit":"mocha"},"devDependencies":{"vitest":"1"}}',
    },
    "mocha",
  );
  check("a.js", { "package.json": '{"scripts":{"test":"react-scripts test"}}' }, "jest");
  check("a.ts", { "package.json": '{"scripts":{"test":"bun test"}}' }, "bun test");
  check("a.ts", { "deno.json": "{}" }, "deno test");
  check("shop/a.py", { "manage.py": "" }, "Django's TestCase");
  check("a.rb", { Gemfile: 'gem "rspec-rails"' }, "RSpec");
  check("a.cpp", { "CMakeLists.txt": "find_package(Catch2)" }, "Catch2");
});

describe("a test of the project says what it is written with", () => {
  const check = (path: string, test: string, expected: string) =>
    it(`${expected}: ${test}`, () => {
      const plan: TestPlan = { path, exists: true, framework: "cargo test" };
      expect(planLike(plan, test, "")).toEqual({ ...plan, framework: expected });
    });

  check("a.test.ts", 'import { it } from "vitest";', "vitest");
  check("a.test.ts", 'import test from "node:test";', "node:test");
  check("test_a.py", "import unittest\n\nclass A(unittest.TestCase):", "unittest");
  check("test_a.py", "from unittest.mock import patch\n\ndef test_a():", "pytest");
  check("tests.py", "from django.test import TestCase", "Django's TestCase");
  check("ATest.java", "import org.junit.Test;", "JUnit 4");
  check("ATest.java", "import org.junit.jupiter.api.Test;", "JUnit 5");
  check("ATests.cs", "using NUnit.Framework;", "NUnit");
  check("a_spec.rb", 'require "spec_helper"', "RSpec");
  check("a_test.cc", "#include <gtest/gtest.h>", "GoogleTest");
  // Where it uses what is there without an import, the manifest tells.
  check("a.test.ts", 'describe("a", () => {});', "cargo test");
});

describe("a test of another package", () => {
  const check = (named: TestFramework, test: string, expected: Partial<TestPlan>) =>
    it(`${named}, while it has ${test}`, () => {
      const example = "two/a.test.ts";
      const plan: TestPlan = { path: "one/a.test.ts", exists: false, framework: named, example };
      const { path, exists } = plan;
      expect(planLike(plan, test, "one")).toEqual({ path, exists, ...expected });
    });
  const example = "two/a.test.ts";

  check("mocha", 'import "vitest";', { framework: "mocha" });
  check("vitest", 'import "vitest";', { framework: "vitest", example });
  check("node:test", 'import "vitest";', { framework: "vitest", example });
});

it("tests of the source's own package count alone", () => {
  const paths = [
    "one/lib/a.js",
    "one/lib/b.js",
    "one/test/a.js",
    "two/lib/b.js",
    "two/lib/b.test.js",
  ];
  const manifests = new Map([["one/package.json", ""]]);
  expect(planTests("one/lib/b.js", { paths, manifests })).toMatchObject({
    path: "one/test/b.js",
    example: "one/test/a.js",
  });
});
