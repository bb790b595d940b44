import { endingOf, folderOf, stemOf } from "./pathParts";
import type { TestFramework } from "./testFramework";

/** What shows how a project imports its own code. */
export interface ImportHints {
  /** A test of the project; "" without one. */
  readonly test: string;
  /** The text of the source itself. */
  readonly source: string;
  readonly framework: TestFramework;
  /** The project's files of the source's languages. */
  readonly paths: readonly string[];
  /** The folder of the source's package, "" for the project's own. */
  readonly within: string;
}

/**
 * How a test imports the file that it tests: in JavaScript and TypeScript `../src/a`, or by the project's name for a
 * folder (`@/a`), with an ending where the project's own imports have one; in Python as a module. Undefined in other
 * languages, which import packages and not files.
 */
export function importPath(test: string, source: string, hints: ImportHints): string | undefined {
  if (endingOf(source) === "py") return pythonModule(source, hints);
  if (!/\.(?:[cm]?[jt]sx?|vue|svelte)$/.test(source)) return undefined;
  return aliased(source, hints) ?? relativePath(test, source) + endingFor(source, hints);
}

function relativePath(test: string, source: string): string {
  const from = folderOf(test).split("/").filter(Boolean);
  const to = folderOf(source).split("/").filter(Boolean);
  while (from.length > 0 && from[0] === to[0]) {
    from.shift();
    to.shift();
  }
  const steps = from.length === 0 ? ["."] : from.map(() => "..");
  return [...steps, ...to, stemOf(source)].join("/");
}

function withoutEnding(path: string): string {
  return path.replace(/\.[^./]+$/, "");
}

/** Of `import … from "a"`, `import "a"`, `import("a")` and `require("a")`. */
function importsIn(text: string): readonly string[] {
  const found = text.matchAll(/(?:\bfrom|\bimport|\brequire)\s*\(?\s*["']([^"'\n]+)["']/g);
  return [...found].flatMap(([, path = ""]) => path);
}

/** `@/cart` for `src/cart.ts`, where the test imports another of the project's files like this. */
function aliased(source: string, { test, paths }: ImportHints): string | undefined {
  for (const imported of importsIn(test)) {
    const [, alias = "", inside = ""] = /^([@~#]?[\w-]*\/)(.+)$/.exec(imported) ?? [];
    const ending = /\.[cm]?[jt]sx?$/.exec(inside)?.[0] ?? "";
    const base = baseOf(inside.slice(0, inside.length - ending.length), paths);
    // `@/` may be any folder; `@core/` and `core/` without such a folder are packages.
    const isFolder =
      base !== undefined && `/${base}`.endsWith(`/${alias.replace(/^[@~#]\/?/, "")}`);
    if (isFolder && source.startsWith(base))
      return `${alias}${withoutEnding(source.slice(base.length))}${ending}`;
  }
  return undefined;
}

/** The folder, with a `/` behind it, from which a path leads to exactly one of the files. */
function baseOf(inside: string, paths: readonly string[]): string | undefined {
  const found = paths.map(withoutEnding).filter((path) => `/${path}`.endsWith(`/${inside}`));
  const [only, ...others] = inside === "" ? [] : found;
  return others.length === 0 ? only?.slice(0, only.length - inside.length) : undefined;
}

/** As the test's imports have it, or else the source's own. Without any: what the runtime needs. */
function endingFor(source: string, { test, source: text, framework }: ImportHints): string {
  const own = `.${endingOf(source)}`;
  if (/^\.(?:vue|svelte)$/.test(own)) return own;
  for (const imported of importsIn(`${test}\n${text}`)) {
    if (!/^\.{1,2}\//.test(imported)) continue;
    const [ending] = /\.[cm]?[jt]sx?$/.exec(imported) ?? [];
    // TypeScript may import its output: `./a.js` for `a.ts`.
    if (ending !== undefined) return /\.[cm]?js$/.test(ending) ? ending : own;
    if (/\/[^./]+$/.test(imported)) return "";
  }
  const isTypeScript = /^\.[cm]?ts/.test(own);
  return !isTypeScript || framework === "node:test" || framework === "deno test" ? own : "";
}

/** `shop.cart`: from where the test's own imports begin, or else the package's folder, or `src` in it. */
function pythonModule(source: string, { test, paths, within }: ImportHints): string {
  const imported = [...test.matchAll(/^\s*(?:from|import)\s+(\w[\w.]*)/gm)];
  const modules = paths.map(asModule);
  const bases = imported.flatMap(
    ([, name = ""]) => baseOf(name.replaceAll(".", "/"), modules) ?? [],
  );
  const base = bases.find((each) => source.startsWith(each));
  const inPackage = within === "" ? source : source.slice(within.length + 1);
  const inside = base === undefined ? inPackage.replace(/^src\//, "") : source.slice(base.length);
  return asModule(inside).replace(/\.py$/, "").replaceAll("/", ".");
}

/** A package's `__init__.py` is the package. */
function asModule(path: string): string {
  return path.replace(/\/__init__\.py$/, ".py");
}
