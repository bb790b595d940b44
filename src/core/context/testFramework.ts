import type { TestFamily } from "./testNaming";

/** What runs a project's tests, by its usual name, which a model knows. */
export type TestFramework =
  | "vitest"
  | "jest"
  | "mocha"
  | "jasmine"
  | "node:test"
  | "pytest"
  | "unittest"
  | "go test"
  | "cargo test"
  | "JUnit 5"
  | "JUnit 4";

/** `hasTests`: whether there are files named as tests. */
export function findFramework(
  family: TestFamily,
  source: string,
  manifests: ReadonlyMap<string, string>,
  hasTests: boolean,
): TestFramework {
  const near = nearestFirst(source, manifests);
  switch (family) {
    case "javascript":
      return javascriptFramework(near) ?? "node:test";
    case "python":
      return near.some(([path, text]) => speaksOfPytest(path, text)) || hasTests
        ? "pytest"
        : "unittest";
    case "go":
      return "go test";
    case "rust":
      return "cargo test";
    case "jvm":
      return near.some(([, text]) => /junit:junit|<artifactId>junit</.test(text))
        ? "JUnit 4"
        : "JUnit 5";
  }
}

/** Manifests of the folders that the source lies in, the innermost first. */
function nearestFirst(
  source: string,
  manifests: ReadonlyMap<string, string>,
): readonly (readonly [path: string, text: string])[] {
  return [...manifests]
    .filter(([path]) => source.startsWith(path.slice(0, path.lastIndexOf("/") + 1)))
    .toSorted(([one], [other]) => other.split("/").length - one.split("/").length);
}

const javascriptFrameworks = ["vitest", "jest", "mocha", "jasmine"] as const;

/** From the nearest manifest that names one: a workspace of several packages may do so only at its root. */
function javascriptFramework(
  manifests: readonly (readonly [path: string, text: string])[],
): TestFramework | undefined {
  for (const [path, text] of manifests) {
    if (!path.endsWith("package.json")) continue;
    const run = /"test[\w:-]*"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? "";
    const named =
      javascriptFrameworks.find((name) => run.includes(name)) ??
      javascriptFrameworks.find((name) => text.includes(`"${name}"`));
    if (named !== undefined) return named;
    if (/\bnode\b.*--test\b/.test(run)) return "node:test";
  }
  return undefined;
}

function speaksOfPytest(path: string, text: string): boolean {
  return /(?:^|\/)(?:pytest\.ini|conftest\.py)$/.test(path) || /\bpytest\b/.test(text);
}
