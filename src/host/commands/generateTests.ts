import { workspace } from "vscode";
import type { ContextItem, RelatedCode } from "../../core/context/contextItem";
import { importPath } from "../../core/context/testConventions";
import { fail } from "../../core/dispatch/failure";
import { testsPrompt } from "../../core/prompts/commandPrompts";
import { readTestProject } from "../code/testProject";
import type { TestProject } from "../code/testProject";
import { displayPath, excerptOf, fileOf, resolveCodeTarget } from "../editor/codeTarget";
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
  const importFrom = project && importPath(project.plan.path, source, project.example);
  return askAboutCode(parts, {
    task: "tests",
    text: testsPrompt(
      project?.plan,
      { source, importFrom },
      readInstruction(argument, words) ?? "",
    ),
    attachments: [
      ...(project?.plan.path === source ? endOf(target.value) : []),
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

/** The end of the code's own file, if tests are to be added there. */
function endOf({ document, endLine }: CodeTarget): readonly ContextItem[] {
  const last = document.lineCount;
  const first = Math.max(endLine + 1, last - endLines + 1);
  if (first > last) return [];
  return [{ kind: "selection", ...excerptOf({ document, startLine: first, endLine: last }) }];
}

const endLines = 20;
