import { commands } from "vscode";
import type { Chat } from "../../core/chat/chat";
import type { AnswerOptions } from "../../core/chat/planAnswer";
import type { ContextItem } from "../../core/context/contextItem";
import { fail } from "../../core/dispatch/failure";
import { slashPrompt } from "../../core/prompts/slashPrompts";
import type { CommandResult } from "../commands/commandResult";
import { done } from "../commands/commandResult";
import { askInChat } from "../commands/chatCommands";
import type { ContextBoard, ContextRequest } from "../context/contextBoard";
import type { Settings } from "../settings";
import type { SlashCommand } from "./slashCommands";

export interface SlashParts {
  readonly chat: Chat;
  readonly board: ContextBoard;
  readonly settings: () => Pick<Settings, "fastModel">;
  /** Puts text into the message box. */
  readonly fillDraft: (text: string) => void;
}

/** Runs a command that was typed into the chat. Commands on code report their failures themselves. */
export async function runSlashCommand(
  parts: SlashParts,
  command: SlashCommand,
  words: string,
): Promise<CommandResult> {
  switch (command) {
    case "/explain":
      return runOnCode("explainSelection", words);
    case "/refactor":
      return runOnCode("refactorSelection", words);
    case "/fix":
      return runOnCode("fixSelection", words);
    case "/tests":
      return runOnCode("generateTests", words);
    case "/docs":
      return runOnCode("documentSelection", words);
    case "/review":
      return askAbout(parts, slashPrompt(command, words), [
        { kind: "selection" },
        { kind: "gitDiff", scope: "workingTree" },
      ]);
    case "/commit": {
      const changes = [
        { kind: "gitDiff", scope: "staged" },
        { kind: "gitDiff", scope: "workingTree" },
      ] as const;
      const { fastModel } = parts.settings();
      return askAbout(parts, slashPrompt(command, words), changes, { model: fastModel });
    }
    case "/clear":
      parts.chat.startNew();
      return done;
    case "/help":
      parts.fillDraft("/");
      return done;
  }
}

/** The command asks for an instruction if it needs one, and reports its failures itself. */
async function runOnCode(command: string, words: string): Promise<CommandResult> {
  await commands.executeCommand(
    `groqCoder.${command}`,
    undefined,
    words === "" ? undefined : words,
  );
  return done;
}

/** Asks about the first of `wanted` that exists, and about nothing else. */
async function askAbout(
  { chat, board }: SlashParts,
  text: string,
  wanted: readonly ContextRequest[],
  options?: AnswerOptions,
): Promise<CommandResult> {
  const first = await firstThatIsThere(board, wanted);
  if (first === undefined) return fail({ kind: "emptySelection" });
  return askInChat(chat, { task: "chat", text, attachments: first }, options);
}

async function firstThatIsThere(
  board: ContextBoard,
  wanted: readonly ContextRequest[],
): Promise<readonly ContextItem[] | undefined> {
  for (const request of wanted) {
    const { items } = await board.read(request);
    if (items.length > 0) return items;
  }
  return undefined;
}
