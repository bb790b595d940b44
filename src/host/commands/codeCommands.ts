import { l10n, window, workspace } from "vscode";
import * as z from "zod/mini";
import type { Chat } from "../../core/chat/chat";
import { fail } from "../../core/dispatch/failure";
import type { ChatPlaces } from "../chatView/chatPlaces";
import type { Review } from "../editor/review";
import { editExcerptOf, excerptOf, resolveCodeTarget, displayPath } from "../editor/codeTarget";
import { refuseReadOnly } from "../editor/proposal";
import type { CommandResult } from "./commandResult";
import { askInChat } from "./chatCommands";
import { reviewAnswer } from "./reviewCommands";

export interface CodeCommandParts {
  readonly chat: Chat;
  readonly review: Review;
  readonly places: ChatPlaces;
}

/** Explains the selected code in the chat. */
export async function explainSelection(
  { chat, places }: CodeCommandParts,
  argument: unknown,
): Promise<CommandResult> {
  const target = await resolveCodeTarget(argument);
  if (!target.ok) return target;
  await places.show();
  return askInChat(chat, {
    task: "explain",
    text: l10n.t("Explain this code."),
    attachments: [{ kind: "selection", ...excerptOf(target.value) }],
  });
}

/** Asks what to change in the selected code, then shows the answer's edit for review. */
export async function refactorSelection(
  { chat, review, places }: CodeCommandParts,
  argument: unknown,
  instructionArgument: unknown,
): Promise<CommandResult> {
  if (!workspace.isTrusted) return fail({ kind: "untrustedWorkspace" });
  const target = await resolveCodeTarget(argument);
  if (!target.ok) return target;
  const { document, startLine, endLine } = target.value;
  const readOnly = document.isUntitled
    ? undefined
    : await refuseReadOnly(document.uri, displayPath(document.uri));
  if (readOnly !== undefined) return fail(readOnly);
  const instruction = readInstruction(argument, instructionArgument) ?? (await askForInstruction());
  if (instruction === undefined) return fail({ kind: "stopped" });
  await places.show();
  const asked = await askInChat(chat, {
    task: "edit",
    text: instruction,
    attachments: [{ kind: "selection", ...editExcerptOf(target.value) }],
    focus: { startLine, endLine },
  });
  return asked.ok ? reviewAnswer({ chat, review }, undefined) : asked;
}

/** The instruction comes inside the target or after it. */
function readInstruction(target: unknown, argument: unknown): string | undefined {
  if (typeof argument === "string" && argument.trim() !== "") return argument;
  return z.object({ instruction: z.string() }).safeParse(target).data?.instruction;
}

async function askForInstruction(): Promise<string | undefined> {
  return window.showInputBox({
    title: l10n.t("Refactor Selection"),
    prompt: l10n.t("What should be changed?"),
    placeHolder: l10n.t("Rename total to sum"),
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === "" ? l10n.t("Say what to change, or press Escape.") : undefined,
  });
}
