import { describe, expect, it } from "vitest";
import { importPath } from "../../../src/core/context/testImports";
import type { ImportHints } from "../../../src/core/context/testImports";

describe("how a test imports what it tests", () => {
  const check = (
    test: string,
    source: string,
    expected: string | undefined,
    hints: Partial<ImportHints> = {},
  ) =>
    it(`${test} imports ${source} ${JSON.stringify(hints)}`, () => {
      const known = { test: "", source: "", framework: "vitest", paths: [], within: "" } as const;
      expect(importPath(test, source, { ...known, ...hints })).toBe(expected);
    });

  check("test/unit/a.test.ts", "src/core/a.ts", "../../src/core/a");
  check("src/a.test.ts", "src/a.ts", "./a");
  check("a/b.test.ts", "a.ts", "../a");
  check("test/a.test.ts", "src/a.ts", "../src/a.js", { test: 'import { b } from "../src/b.js";' });
  check("test/a.test.ts", "src/a.tsx", "../src/a.tsx", {
    test: 'import { b } from "../src/b.ts";',
  });
  check("lib/a.test.js", "lib/a.js", "./a", { test: 'const b = require("./b");' });
  // Without a test, the code itself shows it.
  check("src/a.test.ts", "src/a.ts", "./a.js", { source: 'export * from "./b.js";' });
  check("src/a.test.js", "src/a.js", "./a", {
    source: 'import data from "./data.json";\nimport b from "./b";',
  });
  // Node.js finds no module without its ending.
  check("src/a.test.js", "src/a.js", "./a.js");
  check("src/a.test.ts", "src/a.ts", "./a.ts", { framework: "node:test" });
  check("src/A.spec.ts", "src/A.vue", "./A.vue");

  const paths = ["src/core/b.ts", "src/react.ts"];
  const alias = (imported: string, expected: string) =>
    check("test/a.test.ts", "src/core/a.ts", expected, {
      paths,
      test: `import { b } from "${imported}";`,
    });
  alias("@/core/b", "@/core/a");
  alias("~/core/b.js", "~/core/a.js");
  alias("#core/b", "#core/a");
  alias("src/core/b", "src/core/a");
  // Packages from elsewhere.
  alias("@testing-library/react", "../src/core/a");
  alias("preact/core/b", "../src/core/a");

  check("tests/test_a.py", "shop/a.py", "shop.a");
  check("tests/test_a.py", "src/shop/a.py", "shop.a");
  check("tests/test_a.py", "src/shop/__init__.py", "shop");
  check("api/tests/test_a.py", "api/shop/a.py", "shop.a", { within: "api" });
  check("tests/test_a.py", "src/shop/a.py", "src.shop.a", {
    paths: ["src/shop/b.py"],
    test: "import os\nfrom src.shop.b import b",
  });
  check("a_test.go", "a.go", undefined);
});
