import { l10n, Uri, window, workspace } from "vscode";
import * as z from "zod/mini";
import { withNewIds } from "../../core/chat/conversationFile";
import type { ReadConversation } from "../../core/chat/conversationFile";
import { readConversationJson } from "../../core/chat/conversationJson";
import { readConversationMarkdown } from "../../core/chat/readConversationMarkdown";
import type { TurnCodec } from "../../core/chat/turnCodec";
import { fail, succeed } from "../../core/dispatch/failure";
import type { Result } from "../../core/dispatch/failure";
import { placeOf, placeSchema } from "../history/conversationPath";
import { shortName } from "../shortName";
import type { CommandResult } from "./commandResult";
import { openConversation } from "./openHistory";
import type { HistoryParts, OpenedConversation } from "./openHistory";

export interface ImportParts extends HistoryParts {
  readonly codec: TurnCodec;
  readonly newId: () => string;
}

/** Ten times a year's work in one conversation. */
const mostBytes = 64 * 1024 * 1024;

const requestSchema = z.union([placeSchema, z.object({ path: placeSchema })]);

/**
 * Adds an exported conversation to the history as a new one, and opens it unless an answer is under way; without a path
 * it asks for the file. All of it is added or nothing, and no spending is booked.
 */
export async function importChat(parts: ImportParts, argument: unknown): Promise<CommandResult> {
  const place = await placeToRead(argument);
  if (place === undefined) return fail({ kind: "stopped" });
  const text = await readText(place);
  if (!text.ok) return text;
  const read = readConversation(text.value, parts.codec);
  if (!read.ok) return fail({ kind: "notImported", path: shortName(place), reason: read.reason });
  const conversation = withNewIds(read.conversation, parts.newId);
  const added = await parts.conversationList.add(conversation);
  if (!added.ok) return added;
  const imported: OpenedConversation = { ok: true, conversationId: conversation.id };
  return parts.chat.isBusy() ? imported : openConversation(parts, conversation.id);
}

async function placeToRead(argument: unknown): Promise<Uri | undefined> {
  const given = requestSchema.safeParse(argument).data;
  const path = given instanceof Uri || typeof given !== "object" ? given : given.path;
  if (path !== undefined) return placeOf(path);
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const chosen = await window.showOpenDialog({
    ...(folder !== undefined && { defaultUri: folder }),
    title: l10n.t("Import Conversation"),
    openLabel: l10n.t("Import"),
    filters: { [l10n.t("Exported conversations")]: ["json", "md", "markdown"] },
  });
  return chosen?.[0];
}

async function readText(uri: Uri): Promise<Result<string>> {
  const path = shortName(uri);
  try {
    const { size } = await workspace.fs.stat(uri);
    if (size > mostBytes) return fail({ kind: "notImported", path, reason: "tooLarge" });
    const bytes = await workspace.fs.readFile(uri);
    return decode(bytes) ?? fail({ kind: "notImported", path, reason: "foreign" });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return fail({ kind: "fileNotRead", path, detail });
  }
}

/** Undefined if it is not UTF-8, and so nothing that we have written. */
function decode(bytes: Uint8Array): Result<string> | undefined {
  try {
    return succeed(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** The format is recognised by the content, because a file may have been renamed. */
function readConversation(text: string, codec: TurnCodec): ReadConversation {
  return text.trimStart().startsWith("{")
    ? readConversationJson(text, codec)
    : readConversationMarkdown(text, codec);
}
