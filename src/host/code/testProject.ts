import { RelativePattern, Uri, workspace } from "vscode";
import type { WorkspaceFolder } from "vscode";
import type { ContextItem } from "../../core/context/contextItem";
import { endingOf, nameOf } from "../../core/context/pathParts";
import { planLike, planTests } from "../../core/context/testConventions";
import type { ProjectFiles, TestPlan } from "../../core/context/testConventions";
import { packageOf } from "../../core/context/testFramework";
import { importPath } from "../../core/context/testImports";
import { codeEndings } from "../../core/context/testNaming";
import { readFile } from "../context/codeSources";
import { excludedFiles } from "../context/excludedFiles";
import { documentOf } from "../context/textOf";
import { placeOf } from "../context/workspacePlace";
import { displayPath, fileOf, linesOf } from "../editor/codeTarget";

/** Where the tests of a document go, and what is sent with the request so that they look like the project's own. */
export interface TestProject {
  readonly plan: TestPlan;
  /** The test file itself, if it exists already. */
  readonly existing: readonly ContextItem[];
  /** The first lines of a test of the project; empty without one. */
  readonly example: string;
  readonly exampleUri?: Uri;
  /** How the test file imports the code; undefined in languages that import packages. */
  readonly importFrom: string | undefined;
}

/** At most this many files are looked at. */
const mostFiles = 5000;
const exampleLines = 15;
/** Where a file's imports are. */
const headLines = 40;
/** A test file up to this length is sent whole; of a longer one, its beginning and its end. */
const wholeFileLines = 150;
const endLines = 20;

const manifestNames = [
  "package.json deno.json deno.jsonc pyproject.toml setup.cfg pytest.ini tox.ini conftest.py manage.py",
  "requirements*.txt pom.xml build.gradle build.gradle.kts Gemfile composer.json CMakeLists.txt pubspec.yaml",
].flatMap((names) => names.split(" "));

/** Undefined for a document outside the workspace's folders, and for an unknown language. */
export async function readTestProject(document: {
  readonly uri: Uri;
}): Promise<TestProject | undefined> {
  const source = fileOf(document.uri);
  const folder = workspace.getWorkspaceFolder(source);
  const endings = codeEndings(source.path);
  if (folder === undefined || endings === undefined) return undefined;
  const inside = insideOf(folder, source);
  const files = await filesFor(folder, inside, endings);
  const planned = planTests(inside, files);
  if (planned === undefined) return undefined;
  const exampleUri = planned.example === undefined ? undefined : uriIn(folder, planned.example);
  const example = (exampleUri && (await linesAt(exampleUri))) ?? [];
  const inSource = planned.path === inside;
  const place = uriIn(folder, planned.path);
  const there = planned.exists && !inSource ? ((await linesAt(place)) ?? []) : [];
  const test = (there.length > 0 ? there : example).slice(0, headLines).join("\n");
  const within = packageOf(inside, files.manifests);
  const plan = planLike(planned, test, within);
  return {
    plan: withFolder(plan, displayPath(source).slice(0, -inside.length)),
    existing: there.length > 0 ? await readExisting(place) : [],
    example: example.slice(0, exampleLines).join("\n"),
    ...(exampleUri !== undefined && example.length > 0 && { exampleUri }),
    importFrom: importPath(plan.path, inside, {
      test,
      source: (await linesAt(source))?.slice(0, headLines).join("\n") ?? "",
      framework: plan.framework,
      paths: files.paths,
      within,
    }),
  };
}

/** The project's code in the languages of the source, and the manifests above it. */
async function filesFor(
  folder: WorkspaceFolder,
  source: string,
  endings: readonly string[],
): Promise<ProjectFiles> {
  const [code, found] = await Promise.all([
    filesIn(folder, `**/*.{${endings.join(",")}}`),
    filesIn(folder, `**/{${manifestNames.join(",")}}`),
  ]);
  return {
    paths: code.filter((path) => endings.includes(endingOf(path))),
    manifests: await textsOf(folder, source, found.filter(isManifest)),
  };
}

function isManifest(path: string): boolean {
  const name = nameOf(path);
  return manifestNames.includes(name) || /^requirements.*\.txt$/.test(name);
}

/** Paths as the model sees them: with the folder's name in front if there are several folders. */
function withFolder(plan: TestPlan, prefix: string): TestPlan {
  const { path, example } = plan;
  return {
    ...plan,
    path: prefix + path,
    ...(example !== undefined && { example: prefix + example }),
  };
}

async function filesIn(folder: WorkspaceFolder, pattern: string): Promise<readonly string[]> {
  const include = new RelativePattern(folder.uri, pattern);
  const found = await workspace.findFiles(include, excludedFiles(folder.uri, installed), mostFiles);
  return found
    .map((uri) => insideOf(folder, uri))
    .filter((path) => !isInstalled.test(path))
    .toSorted();
}

/** Other projects' code has tests, too. */
const installed = ["**/.*/**", "**/node_modules/**", "**/site-packages/**", "**/vendor/**"];
const isInstalled = /(?:^|\/)(?:\.[^/]*|node_modules|site-packages|vendor)\//;

function insideOf(folder: WorkspaceFolder, uri: Uri): string {
  return uri.path.slice(folder.uri.path.length).replace(/^\/+/, "");
}

function uriIn(folder: WorkspaceFolder, path: string): Uri {
  return Uri.joinPath(folder.uri, path);
}

/** The texts of the manifests in the folders above the source. */
async function textsOf(
  folder: WorkspaceFolder,
  source: string,
  manifests: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const above = manifests.filter((path) =>
    source.startsWith(path.slice(0, path.lastIndexOf("/") + 1)),
  );
  const texts = await Promise.all(
    above.map(
      async (path) => [path, (await linesAt(uriIn(folder, path)))?.join("\n") ?? ""] as const,
    ),
  );
  return new Map(texts);
}

async function linesAt(uri: Uri): Promise<readonly string[] | undefined> {
  const place = await placeOf(uri);
  const document = place.ok ? await documentOf(place.value) : place;
  return document.ok ? linesOf(document.value) : undefined;
}

async function readExisting(uri: Uri): Promise<readonly ContextItem[]> {
  const place = await placeOf(uri);
  const file = place.ok ? await readFile(place.value) : place;
  if (!file.ok) return [];
  const { endLine } = file.value;
  if (endLine <= wholeFileLines) return [file.value];
  const part = (startLine: number, last: number): ContextItem => ({
    ...file.value,
    kind: "selection",
    startLine,
    endLine: last,
    text: file.value.text
      .split("\n")
      .slice(startLine - 1, last)
      .join("\n"),
  });
  return [part(1, exampleLines), part(endLine - endLines + 1, endLine)];
}
