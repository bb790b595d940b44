import { l10n } from "vscode";
import type { Question } from "../../core/chat/chat";
import { fail } from "../../core/dispatch/failure";
import { askInPlace } from "../code/askInPlace";
import {
  askAboutCode,
  contextOf,
  foretell,
  readInstruction,
  resolveEditTarget,
  targetLabel,
} from "./codeQuestion";
import type { CodeCommandParts } from "./codeQuestion";
import type { CommandResult } from "./commandResult";

/** Asks in place what to change in the selected code, and shows the answer's edit for review. */
export async function editSelection(
  parts: CodeCommandParts,
  argument: unknown,
  instructionArgument: unknown,
): Promise<CommandResult> {
  return changeSelection(parts, argument, instructionArgument, (name) => ({
    title: l10n.t("Edit {0}", name),
    placeholder: l10n.t("What should be changed?"),
  }));
}

/** The same, with words that suggest to keep the code's behaviour. */
export async function refactorSelection(
  parts: CodeCommandParts,
  argument: unknown,
  instructionArgument: unknown,
): Promise<CommandResult> {
  return changeSelection(parts, argument, instructionArgument, (name) => ({
    title: l10n.t("Refactor {0}", name),
    placeholder: l10n.t("Rename total to sum"),
  }));
}

async function changeSelection(
  parts: CodeCommandParts,
  argument: unknown,
  instructionArgument: unknown,
  wordsFor: (name: string) => { readonly title: string; readonly placeholder: string },
): Promise<CommandResult> {
  const target = await resolveEditTarget(argument);
  if (!target.ok) return target;
  // Read while the user types.
  const context = contextOf(parts, target.value, "edit");
  const questionWith = async (text: string): Promise<Question> => ({
    task: "edit",
    text,
    ...(await context),
  });
  const instruction =
    readInstruction(argument, instructionArgument) ??
    (await askInPlace({
      ...wordsFor(targetLabel(target.value)),
      foretell: async (text) => foretell(parts, await questionWith(text)),
    }));
  if (instruction === undefined) return fail({ kind: "stopped" });
  return askAboutCode(parts, await questionWith(instruction));
}
