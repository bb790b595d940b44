import { RelativePattern, Uri, workspace } from "vscode";
import type { WorkspaceFolder } from "vscode";
import type { ContextItem } from "../../core/context/contextItem";
import { planTests } from "../../core/context/testConventions";
import type { TestPlan } from "../../core/context/testConventions";
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
}

/** At most this many files are looked at. */
const mostFiles = 5000;
const exampleLines = 15;
/** A test file up to this length is sent whole; of a longer one, its beginning and its end. */
const wholeFileLines = 150;
const endLines = 20;

const manifestName =
  /^(?:package\.json|pyproject\.toml|setup\.cfg|pytest\.ini|tox\.ini|conftest\.py|requirements.*\.txt|pom\.xml|build\.gradle(?:\.kts)?)$/;
const manifestPattern =
  "**/{package.json,pyproject.toml,setup.cfg,pytest.ini,tox.ini,conftest.py,requirements*.txt,pom.xml,build.gradle,build.gradle.kts}";

/** Undefined for a document outside the workspace's folders, and for an unknown language. */
export async function readTestProject(document: {
  readonly uri: Uri;
}): Promise<TestProject | undefined> {
  const source = fileOf(document.uri);
  const folder = workspace.getWorkspaceFolder(source);
  const endings = codeEndings(source.path);
  if (folder === undefined || endings === undefined) return undefined;
  const [code, found] = await Promise.all([
    filesIn(folder, `**/*.{${endings.join(",")}}`),
    filesIn(folder, manifestPattern),
  ]);
  const manifests = found.filter((path) =>
    manifestName.test(path.slice(path.lastIndexOf("/") + 1)),
  );
  const paths = code.filter((path) => endings.includes(path.slice(path.lastIndexOf(".") + 1)));
  const inside = insideOf(folder, source);
  const plan = planTests(inside, { paths, manifests: await textsOf(folder, inside, manifests) });
  if (plan === undefined) return undefined;
  const exampleUri = plan.example === undefined ? undefined : uriIn(folder, plan.example);
  const example = exampleUri === undefined ? [] : ((await linesAt(exampleUri)) ?? []);
  return {
    plan: withFolder(plan, displayPath(source).slice(0, -inside.length)),
    existing: plan.exists ? await readExisting(uriIn(folder, plan.path)) : [],
    example: example.slice(0, exampleLines).join("\n"),
    ...(exampleUri !== undefined && example.length > 0 && { exampleUri }),
  };
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
  const found = await workspace.findFiles(include, excludedFiles(folder.uri), mostFiles);
  return found.map((uri) => insideOf(folder, uri)).toSorted();
}

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
