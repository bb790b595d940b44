import { l10n } from "vscode";
import { resolveCodeTarget } from "../editor/codeTarget";
import { askAboutCode, contextOf, readInstruction } from "./codeQuestion";
import type { CodeCommandParts } from "./codeQuestion";
import type { CommandResult } from "./commandResult";

/** Explains the selected code in the chat. */
export async function explainSelection(
  parts: CodeCommandParts,
  argument: unknown,
  words: unknown,
): Promise<CommandResult> {
  const target = await resolveCodeTarget(argument);
  if (!target.ok) return target;
  const { attachments } = await contextOf(parts, target.value, "explain");
  const text = [l10n.t("Explain this code."), readInstruction(argument, words) ?? ""];
  return askAboutCode(parts, { task: "explain", text: text.join(" ").trim(), attachments });
}
