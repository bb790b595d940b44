import { Uri, workspace } from "vscode";
import type { TextEditor } from "vscode";
import type { Chat } from "../../core/chat/chat";
import { excerptsOf } from "../../core/context/contextItem";
import { fail } from "../../core/dispatch/failure";
import type { ChatViewMessage } from "../../protocol/chatMessages";
import { done, toCommandResult } from "../commands/commandResult";
import type { CommandResult } from "../commands/commandResult";
import { offeredFiles } from "../commands/reviewCommands";
import {
  filesForCode,
  findCode,
  insertAtCursor,
  openAsNewFile,
  proposeCode,
} from "../editor/blockEdit";
import type { Review } from "../editor/review";
import { findReferences, openReference } from "../editor/workspaceFile";

type CodeMessage = Extract<ChatViewMessage, { type: "code" }>;

/** Actions on a code block of an answer, and on the files that an answer names. */
export interface CodeActions {
  run(message: CodeMessage): Promise<CommandResult>;
  findFiles(references: readonly string[]): Promise<string[]>;
  openFile(reference: string): Promise<CommandResult>;
}

export interface CodeActionsParts {
  readonly chat: Chat;
  readonly review: Review;
  /** The text editor that the user was in last. */
  readonly editor: () => TextEditor | undefined;
}

export function createCodeActions({ chat, review, editor }: CodeActionsParts): CodeActions {
  async function run({ action, turnId, block }: CodeMessage): Promise<CommandResult> {
    const { turns } = chat.conversation();
    const answer = turns.find(({ id }) => id === turnId);
    if (answer?.role !== "answer") return fail({ kind: "noEdit" });
    const code = findCode(answer, block);
    if (code === undefined) return fail({ kind: "answerIncomplete" });
    switch (action) {
      case "insert":
        return toCommandResult(await insertAtCursor(code.code, editor()));
      case "newFile":
        await openAsNewFile(code);
        return done;
      case "apply": {
        const target = editor();
        const files = await filesForCode(code, offeredFiles(turns, answer), target);
        const part = { id: answer.id, text: code.withWords };
        const propose = () => proposeCode(code, files, target);
        return toCommandResult(await review.openPart(part, files, propose));
      }
    }
  }

  /** Files that a bare name in an answer may refer to: those that are open, or were shown to the model. */
  function nearFiles(): readonly Uri[] {
    const { turns } = chat.conversation();
    const shown = turns.flatMap((turn) =>
      turn.role === "user" ? turn.attachments.flatMap(excerptsOf) : [],
    );
    return [
      ...workspace.textDocuments.map(({ uri }) => uri),
      ...shown.map(({ uri }) => Uri.parse(uri)),
    ];
  }

  return {
    run,
    findFiles: (references) => findReferences(references, nearFiles()),
    async openFile(reference) {
      const opened = await openReference(reference, nearFiles());
      return opened ? done : fail({ kind: "fileMissing", path: reference });
    },
  };
}
