import { fixPrompt } from "../../core/prompts/commandPrompts";
import { problemsSource } from "../context/problemsSource";
import type { CodeTarget } from "../editor/codeTarget";
import { askAboutCode, contextOf, readInstruction, resolveEditTarget } from "./codeQuestion";
import type { CodeCommandParts, CodeContext } from "./codeQuestion";
import type { CommandResult } from "./commandResult";

/** Fixes the problems that the editor reports in the selected code; without any, looks for bugs. */
export async function fixSelection(
  parts: CodeCommandParts,
  argument: unknown,
  words: unknown,
): Promise<CommandResult> {
  const target = await resolveEditTarget(argument);
  if (!target.ok) return target;
  const context = await contextOf(parts, target.value, "fix");
  const problems = await problemsIn(target.value);
  return askAboutCode(parts, {
    task: "fix",
    text: fixPrompt(problems.length > 0, readInstruction(argument, words) ?? ""),
    ...context,
    attachments: [...context.attachments, ...problems],
  });
}

async function problemsIn({
  document,
  startLine,
  endLine,
}: CodeTarget): Promise<CodeContext["attachments"]> {
  const lines = { startLine: startLine - 1, endLine: endLine - 1 };
  const problems = await problemsSource(document.uri, lines).read();
  return problems.ok ? [problems.value] : [];
}
