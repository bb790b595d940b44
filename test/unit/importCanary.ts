import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { makeTemporaryFolder } from "../../scripts/system/cleanup.mjs";
import { rootFolder } from "../../scripts/system/layout.mjs";

/** Everything that holds the import rules; the planted files stand in for the sources. */
const CONFIGURATION = [
  ".oxlintrc.json",
  "package.json",
  "tsconfig.base.json",
  "src/core/globals.d.ts",
  "src/core/tsconfig.json",
  "src/protocol/tsconfig.json",
  "src/http/tsconfig.json",
  "src/groq/tsconfig.json",
  "src/openai/tsconfig.json",
  "src/store/tsconfig.json",
  "src/host/tsconfig.json",
  "src/compose/tsconfig.json",
  "webview/tsconfig.json",
  "test/groqServer/tsconfig.json",
];

/** What counts as having seen a bad import or a clock; other complaints about a planted file do not. */
const RULES = [
  "no-restricted-imports",
  "no-require-imports",
  "no-restricted-globals",
  "no-restricted-properties",
];
const OUTSIDE_ITS_PROJECT = ["TS6059", "TS6307"];
const NOT_KNOWN_THERE = ["TS2304", "TS2307", "TS2552", "TS2580", "TS2591", "TS2882"];
const CODES = [...OUTSIDE_ITS_PROJECT, ...NOT_KNOWN_THERE];

/** A copy of the project's configuration, with files planted into its layers. */
export interface CanaryTree {
  /** Writes a file; the path is relative to the project. */
  plant(file: string, source: string): void;
  /** Runs lint and compiler; gives the planted files that broke a rule, and all the output for a failed test. */
  inspect(): Promise<{ reported: ReadonlySet<string>; output: string; clean: boolean }>;
  remove(): void;
}

/** Lays the tree in the system's temporary folder. */
export function createCanaryTree(): CanaryTree {
  const folder = makeTemporaryFolder("canary");
  for (const file of CONFIGURATION) cpSync(path.join(rootFolder, file), path.join(folder, file));
  linkPackages(folder);
  const references = CONFIGURATION.filter((file) => file.endsWith("/tsconfig.json"));
  const solution = { files: [], references: references.map((file) => ({ path: `./${file}` })) };
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(solution));
  return {
    plant(file, source) {
      const target = path.join(folder, file);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, source);
    },
    inspect: () => inspect(folder),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** One link per package, so that what the compiler caches there stays apart from the checkout's. */
function linkPackages(folder: string): void {
  const packages = path.join(rootFolder, "node_modules");
  mkdirSync(path.join(folder, "node_modules"));
  for (const name of readdirSync(packages)) {
    if (name === ".cache" || name === ".vite") continue;
    symlinkSync(path.join(packages, name), path.join(folder, "node_modules", name), "junction");
  }
}

async function inspect(folder: string) {
  const lint = await runTool(folder, "oxlint/bin/oxlint", ["--format=unix"]);
  const types = await runTool(folder, "typescript/bin/tsc", ["-b", "--pretty", "false"]);
  const output = `${lint.output}\n${types.output}`;
  return {
    reported: new Set([...filesIn(lint.output, RULES), ...filesIn(types.output, CODES)]),
    output,
    clean: lint.code === 0 && types.code === 0,
  };
}

/** The files that stand at the start of lines which name one of `marks`. */
function filesIn(output: string, marks: readonly string[]): string[] {
  return output
    .split("\n")
    .filter((line) => marks.some((mark) => line.includes(mark)))
    .map((line) => line.replace(/[:(]\d.*$/, "").replaceAll("\\", "/"));
}

async function runTool(folder: string, file: string, flags: readonly string[]) {
  const tool = path.join(rootFolder, "node_modules", file);
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [tool, ...flags], {
      cwd: folder,
      maxBuffer: 64e6,
    });
    return { code: 0, output: stdout };
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return { code: 1, output: stdout + stderr };
  }
}
