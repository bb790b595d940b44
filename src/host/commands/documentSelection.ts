import { documentPrompt } from "../../core/prompts/commandPrompts";
import { askAboutCode, contextOf, readInstruction, resolveEditTarget } from "./codeQuestion";
import type { CodeCommandParts } from "./codeQuestion";
import type { CommandResult } from "./commandResult";

/** Writes documentation comments for the selected code, in the style of its language, and shows them for review. */
export async function documentSelection(
  parts: CodeCommandParts,
  argument: unknown,
  words: unknown,
): Promise<CommandResult> {
  const target = await resolveEditTarget(argument);
  if (!target.ok) return target;
  const { languageId } = target.value.document;
  return askAboutCode(parts, {
    task: "document",
    text: documentPrompt(languageId, readInstruction(argument, words) ?? ""),
    ...(await contextOf(parts, target.value, "document")),
  });
}
