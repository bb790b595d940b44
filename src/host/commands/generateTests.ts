import { workspace } from "vscode";
import type { TextDocument } from "vscode";
import type { ContextItem, RelatedCode } from "../../core/context/contextItem";
import { fail } from "../../core/dispatch/failure";
import { testsPrompt } from "../../core/prompts/commandPrompts";
import { readTestProject } from "../code/testProject";
import type { TestProject } from "../code/testProject";
import { displayPath, excerptOf, fileOf, linesOf, resolveCodeTarget } from "../editor/codeTarget";
import type { CodeTarget } from "../editor/codeTarget";
import { askAboutCode, contextOf, readInstruction } from "./codeQuestion";
import type { CodeCommandParts } from "./codeQuestion";
import type { CommandResult } from "./commandResult";

/** Writes tests for the selected code, in the place and style of the project's own, and shows them for review. */
export async function generateTests(
  parts: CodeCommandParts,
  argument: unknown,
  words: unknown,
): Promise<CommandResult> {
  // Tests go into a file of their own, so read-only code can have them, too.
  if (!workspace.isTrusted) return fail({ kind: "untrustedWorkspace" });
  const target = await resolveCodeTarget(argument);
  if (!target.ok) return target;
  const { document } = target.value;
  const [project, context] = await Promise.all([
    readTestProject(document),
    contextOf(parts, target.value, "tests"),
  ]);
  const source = displayPath(fileOf(document.uri));
  const inSource = project?.plan.path === source;
  const module = inSource ? testModuleIn(document) : undefined;
  const code = {
    path: source,
    importFrom: project?.importFrom,
    hasTests: module !== undefined,
  };
  return askAboutCode(parts, {
    task: "tests",
    text: testsPrompt(project?.plan, code, readInstruction(argument, words) ?? ""),
    attachments: [
      ...(inSource ? endOf(target.value, module) : []),
      ...withExample(context.attachments, project),
    ],
  });
}

/** Adds the example to the related code, which is not to be changed. */
function withExample(
  attachments: readonly ContextItem[],
  project: TestProject | undefined,
): readonly ContextItem[] {
  if (project === undefined) return attachments;
  const { plan, example, exampleUri, existing } = project;
  if (existing.length > 0 || plan.example === undefined || exampleUri === undefined)
    return [...attachments, ...existing];
  const shown: RelatedCode = {
    uri: exampleUri.toString(),
    path: plan.example,
    line: 1,
    name: plan.example.slice(plan.example.lastIndexOf("/") + 1),
    text: example,
  };
  const related = attachments.find(({ kind }) => kind === "related");
  const others = attachments.filter((item) => item !== related);
  const known = related?.kind === "related" ? related : { parts: [], partsLeftOut: 0 };
  return [
    ...others,
    { kind: "related", parts: [shown, ...known.parts], partsLeftOut: known.partsLeftOut },
  ];
}

/** The zero-based line at which Rust's module for tests begins. */
function testModuleIn(document: TextDocument): number | undefined {
  const line = linesOf(document).findIndex((text) => /^\s*#\[cfg\(test\)\]/.test(text));
  return line < 0 ? undefined : line;
}

/** The end of the code's own file, if tests are to be added there, and where their module begins. */
function endOf(
  { document, endLine }: CodeTarget,
  module: number | undefined,
): readonly ContextItem[] {
  const last = document.lineCount;
  const first = Math.max(endLine + 1, last - endLines + 1);
  const part = (startLine: number, end: number): readonly ContextItem[] =>
    startLine > end
      ? []
      : [{ kind: "selection", ...excerptOf({ document, startLine, endLine: end }) }];
  const begins = module === undefined ? first : Math.max(endLine, module) + 1;
  return [...part(begins, Math.min(begins + moduleLines, first) - 1), ...part(first, last)];
}

const endLines = 20;
const moduleLines = 5;
