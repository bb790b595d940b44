import { cpSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Edit } from "../../../src/core/edits/edit";
import { generateTests } from "../../../src/host/commands/generateTests";
import { fakeProject } from "../../fakes/fakeProject";
import { projectFixture } from "../context/projectFixture";
import { codeBench } from "./codeBench";

vi.mock("vscode", async (original) => {
  const { fakeProject: project } = await import("../../fakes/fakeProject");
  return project.editor(await original());
});

beforeEach(() => fakeProject.open());
afterEach(() => fakeProject.close());

/** A file of the fixture is shown, and all of it selected. */
function open(project: string, source: string): void {
  cpSync(projectFixture(project).folder, fakeProject.path(), { recursive: true });
  const text = readFileSync(fakeProject.path(source), "utf8");
  const last = text.split("\n").length - 2;
  fakeProject.show(source, text, [0, last]);
}

function newFile(path: string, content: string): string {
  const lines = content.split("\n").map((line) => `+${line}`);
  return [
    "Tested.",
    "",
    "*** Begin Patch",
    `*** Add File: ${path}`,
    ...lines,
    "*** End Patch",
  ].join("\n");
}

describe("tests go where the project has its own, and look like them", () => {
  const check = (
    project: string,
    source: string,
    expected: { readonly says: string; readonly shows: string; readonly path: string },
    content: string,
  ) =>
    it(project, async () => {
      open(project, source);
      const bench = codeBench();
      const { sent, task, result } = await bench.run(
        (parts) => generateTests(parts, undefined, undefined),
        newFile(expected.path, content),
      );
      expect(task.kind).toBe("tests");
      expect(sent).toContain(`File: ${source} (lines 1-`);
      expect(sent).toContain(`Write tests for this code. ${expected.says}`);
      expect(sent).toContain(expected.shows);
      expect(result).toMatchObject({ ok: true });
      const proposed: readonly Edit[] = [
        { kind: "create", path: expected.path, content: `${content}\n` },
      ];
      expect(bench.review.edits).toEqual(proposed);
    });

  check(
    "vitest",
    "src/core/cart.ts",
    {
      says: 'Use vitest. Put them into the new file test/unit/cart.test.ts. Import the code from "../../src/core/cart". Write them in the style of test/unit/money/format.test.ts.',
      shows: 'import { describe, expect, it } from "vitest";',
      path: "test/unit/cart.test.ts",
    },
    'import { expect, it } from "vitest";\nimport { total } from "../../src/core/cart";',
  );
  check(
    "jest",
    "lib/cart.js",
    {
      says: 'Use jest. Put them into the new file lib/__tests__/cart.spec.js. Import the code from "../cart". Write them in the style of lib/text/__tests__/format.spec.js.',
      shows: 'const { format } = require("../format");',
      path: "lib/__tests__/cart.spec.js",
    },
    'const { total } = require("../cart");',
  );
  check(
    "pytest",
    "cart/total.py",
    {
      says: 'Use pytest. Put them into the new file tests/test_total.py. Import the code from "cart.total". Write them in the style of tests/test_money.py.',
      shows: "from cart.money import format_cents",
      path: "tests/test_total.py",
    },
    "from cart.total import total",
  );
  check(
    "go",
    "cart/total.go",
    {
      says: "Use go test. Put them into the new file cart/total_test.go. Write them in the style of cart/money_test.go.",
      shows: "func TestFormat(t *testing.T) {",
      path: "cart/total_test.go",
    },
    "package cart",
  );
  check(
    "none",
    "src/cart.js",
    {
      says: 'Use node:test. Put them into the new file src/cart.test.js. Import the code from "./cart.js".',
      shows: "export function total(lines) {",
      path: "src/cart.test.js",
    },
    'import { test } from "node:test";',
  );
});

it("a test file that is there is shown, and added to", async () => {
  open("vitest", "src/core/money/format.ts");
  const bench = codeBench();
  const { sent } = await bench.run(
    (parts) => generateTests(parts, undefined, "Of negative amounts, too."),
    '*** Begin Patch\n*** Update File: test/unit/money/format.test.ts\n@@\n     expect(format(5)).toBe("0.05");\n   });\n+  it("is new", () => {});\n });\n*** End Patch',
  );
  expect(sent).toContain("File: test/unit/money/format.test.ts (lines 1-8)");
  expect(sent).toContain("Add them to test/unit/money/format.test.ts, which is shown.");
  expect(sent).toMatch(/Of negative amounts, too\.$/);
  expect(bench.review.offered).toContain("test/unit/money/format.test.ts");
  expect(bench.review.edits).toMatchObject([
    { kind: "patch", path: "test/unit/money/format.test.ts" },
  ]);
});

it("of a long one the beginning and the end", async () => {
  open("vitest", "src/core/money/format.ts");
  const lines = Array.from({ length: 400 }, (_, index) => `// line ${index + 1}`);
  fakeProject.write("test/unit/money/format.test.ts", lines.join("\n"));
  const { sent } = await codeBench().run((parts) => generateTests(parts, undefined, undefined));
  expect(sent).toContain("format.test.ts (lines 1-15)");
  expect(sent).toContain("format.test.ts (lines 381-400)");
});

it("in Rust they go into the code's own file", async () => {
  fakeProject.write("Cargo.toml", "[package]");
  fakeProject.show(
    "src/lib.rs",
    "pub fn one() -> u8 {\n    1\n}\n\npub fn two() -> u8 {\n    2\n}",
    [0, 2],
  );
  const { sent } = await codeBench().run((parts) => generateTests(parts, undefined, undefined));
  expect(sent).toContain("File: src/lib.rs (lines 4-7)");
  expect(sent).toContain("Put them into a module for tests at the end of src/lib.rs.");
});

it("into the module that is there already, which is shown where it begins and ends", async () => {
  fakeProject.write("Cargo.toml", "[package]");
  const tests = Array.from({ length: 60 }, (_, index) => `    // line ${index + 5}`);
  const text = ["pub fn one() -> u8 {", "    1", "}", "#[cfg(test)]", ...tests, "}"].join("\n");
  fakeProject.show("src/lib.rs", text, [0, 2]);
  const { sent } = await codeBench().run((parts) => generateTests(parts, undefined, undefined));
  expect(sent.match(/File: .*/g)).toEqual([
    "File: src/lib.rs (lines 4-8)",
    "File: src/lib.rs (lines 46-65)",
    "File: src/lib.rs (lines 1-3)",
  ]);
  expect(sent).toContain("Add them to the module for tests in src/lib.rs.");
});

it("what a test imports counts before what a manifest names", async () => {
  open("pytest", "cart/total.py");
  fakeProject.write(
    "tests/test_money.py",
    "import unittest\n\nclass MoneyTest(unittest.TestCase):\n    pass\n",
  );
  const { sent } = await codeBench().run((parts) => generateTests(parts, undefined, undefined));
  expect(sent).toContain("Use unittest. Put them into the new file tests/test_total.py.");
});

it("installed packages' tests are no example", async () => {
  fakeProject.write(".venv/lib/site-packages/one/tests/test_one.py", "import pytest");
  fakeProject.show("total.py", "def total():\n    return 1\n", [0, 1]);
  const { sent } = await codeBench().run((parts) => generateTests(parts, undefined, undefined));
  expect(sent).toMatch(
    /Use unittest\. Put them into the new file tests\/test_total\.py\. Import the code from "total"\.$/,
  );
});

it("of a language that is not known, somewhere new", async () => {
  fakeProject.show("notes.txt", "some text", [0, 0]);
  const { sent } = await codeBench().run((parts) => generateTests(parts, undefined, undefined));
  expect(sent).toMatch(/Put them into a new file\.$/);
});
