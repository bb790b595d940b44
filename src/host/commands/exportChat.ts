import { commands, l10n, Uri, window, workspace } from "vscode";
import type { QuickPickItem } from "vscode";
import * as z from "zod/mini";
import type { Conversation } from "../../core/chat/conversation";
import type { ExportFormat } from "../../core/chat/conversationFile";
import { titleOf } from "../../core/chat/title";
import type { TurnCodec } from "../../core/chat/turnCodec";
import { fail, succeed } from "../../core/dispatch/failure";
import type { Result } from "../../core/dispatch/failure";
import { endings, fileNameFor, formatOf, placeOf, placeSchema } from "../history/conversationPath";
import { conversationText } from "../history/conversationText";
import { titleWords } from "../history/titleWords";
import type { Secrets } from "../secrets";
import { shortName } from "../shortName";
import { writeText } from "../writeText";
import type { CommandResult } from "./commandResult";
import type { HistoryParts } from "./openHistory";

export interface ExportParts extends Pick<HistoryParts, "chat" | "conversations" | "log"> {
  readonly codec: TurnCodec;
  readonly secrets: Secrets;
}

const requestSchema = z.object({
  id: z.optional(z.string()),
  format: z.optional(z.enum(["markdown", "json"])),
  path: z.optional(placeSchema),
});

/** Where the export is: a path, or a URI for places that have no path. */
interface ExportedConversation {
  readonly ok: true;
  readonly path: string;
}

/**
 * Writes a conversation to a file, the open one unless an id is given: as Markdown for people, or complete as JSON. Without
 * a path it asks for one; only that dialog can consent to overwriting an existing file.
 */
export async function exportChat(parts: ExportParts, argument: unknown): Promise<CommandResult> {
  const { id, path, ...asked } = requestSchema.safeParse(argument).data ?? {};
  const conversation = await conversationToExport(parts, id);
  if (!conversation.ok) return conversation;
  const given = path === undefined ? undefined : placeOf(path);
  const format = asked.format ?? (given === undefined ? await askFormat() : formatOf(given));
  if (given === undefined && format === undefined) return fail({ kind: "stopped" });
  const place =
    given === undefined
      ? await askWhere(conversation.value, format ?? "markdown")
      : await newPlace(given);
  if (!place.ok) return place;
  const { value: uri } = place;
  const text = conversationText(
    conversation.value,
    format ?? "markdown",
    parts.codec,
    await ownKeys(parts.secrets),
  );
  const written = await writeText(uri, text);
  if (!written.ok) return written;
  if (path === undefined)
    offerToOpen(uri).catch((error: unknown) => parts.log.error(String(error)));
  const exported: ExportedConversation = {
    ok: true,
    path: uri.scheme === "file" ? uri.fsPath : uri.toString(),
  };
  return exported;
}

async function conversationToExport(
  { chat, conversations }: ExportParts,
  id: string | undefined,
): Promise<Result<Conversation>> {
  const current = chat.conversation();
  if (id === undefined || id === current.id)
    return current.turns.length === 0 ? fail({ kind: "emptyConversation" }) : named(current);
  const loaded = await conversations.load(id);
  if (!loaded.ok) return loaded;
  if (loaded.value === undefined) return fail({ kind: "conversationGone" });
  return loaded.value.turns.length === 0
    ? fail({ kind: "emptyConversation" })
    : succeed(loaded.value);

  /** The conversation as this window has it, with the title that it may have been given since. */
  async function named(shown: Conversation): Promise<Result<Conversation>> {
    const stored = await conversations.load(shown.id);
    const { title } = (stored.ok ? stored.value : undefined) ?? shown;
    return succeed({ ...shown, ...(title !== undefined && { title }) });
  }
}

/** Offers one file type only, because not every editor's dialog lets the user choose between several. */
async function askWhere(conversation: Conversation, format: ExportFormat): Promise<Result<Uri>> {
  const name = fileNameFor(titleWords(titleOf(conversation)), format);
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const chosen = await window.showSaveDialog({
    title: l10n.t("Export Conversation"),
    saveLabel: l10n.t("Export"),
    filters: { [format === "json" ? "JSON" : "Markdown"]: [endings[format]] },
    ...(folder !== undefined && { defaultUri: Uri.joinPath(folder, name) }),
  });
  return chosen === undefined ? fail({ kind: "stopped" }) : succeed(chosen);
}

async function askFormat(): Promise<ExportFormat | undefined> {
  const formats: readonly (QuickPickItem & { readonly format: ExportFormat })[] = [
    { label: "Markdown", description: l10n.t("to read and to share"), format: "markdown" },
    { label: "JSON", description: l10n.t("complete, to import again"), format: "json" },
  ];
  const chosen = await window.showQuickPick(formats, { title: l10n.t("Export Conversation As") });
  return chosen?.format;
}

async function newPlace(uri: Uri): Promise<Result<Uri>> {
  try {
    await workspace.fs.stat(uri);
  } catch {
    return succeed(uri);
  }
  return fail({ kind: "fileExists", path: shortName(uri) });
}

/** The user's own keys, which may have been pasted into a question. */
async function ownKeys(secrets: Secrets): Promise<readonly string[]> {
  const read = [await secrets.credentials(), await secrets.fallback.credentials()];
  return read.flatMap((credentials) => (credentials.ok ? [credentials.value.apiKey] : []));
}

async function offerToOpen(uri: Uri): Promise<void> {
  const open = l10n.t("Open");
  const told = l10n.t("The conversation was exported to {0}.", shortName(uri));
  if ((await window.showInformationMessage(told, open)) === open)
    await commands.executeCommand("vscode.open", uri);
}
