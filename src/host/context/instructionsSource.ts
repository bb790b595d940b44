import { open } from "node:fs/promises";
import { Uri, workspace } from "vscode";
import type { FileItem, InstructionsItem } from "../../core/context/contextItem";
import { cutItem } from "../../core/context/cutContext";
import { succeed } from "../../core/dispatch/failure";
import type { Result } from "../../core/dispatch/failure";
import { readFile } from "./codeSources";
import { largestText } from "./textOf";
import { placeOf, refuse } from "./workspacePlace";
import type { WorkspacePlace } from "./workspacePlace";

/** The first of these that exists is used. */
const noteNames = ["AGENTS.md", "CLAUDE.md", ".github/copilot-instructions.md"] as const;

/** For the file watcher. */
export const notesPattern = "**/{AGENTS.md,CLAUDE.md,copilot-instructions.md}";

/** In characters and tokens. They are sent with each message: more would take most of a free plan's minute. */
const mostWishes = 4000;
const noteTokens = 1500;
/** Enough for as many tokens in any language. */
const startBytes = 64 * 1024;

/**
 * The user's wishes, and the notes of the project that `near` belongs to, else of the first folder. Undefined if there
 * are neither. Notes are not read in a workspace that is not trusted, because they give instructions to the model.
 */
export async function readInstructions(
  wishes: string,
  near: Uri | undefined,
): Promise<InstructionsItem | undefined> {
  const own = wishes.trim().slice(0, mostWishes);
  const notes = workspace.isTrusted ? await readNotes(near) : undefined;
  if (own === "" && notes === undefined) return undefined;
  return { kind: "instructions", wishes: own, ...notes };
}

type Notes = Required<Pick<InstructionsItem, "notes">> & Pick<InstructionsItem, "notesCut">;

async function readNotes(near: Uri | undefined): Promise<Notes | undefined> {
  const folder = (near && workspace.getWorkspaceFolder(near)) ?? workspace.workspaceFolders?.at(0);
  if (folder === undefined) return undefined;
  // In parallel, because a message waits for this.
  const found = await Promise.all(
    noteNames.map((name) => readNote(Uri.joinPath(folder.uri, name))),
  );
  return found.find((note) => note !== undefined);
}

async function readNote(uri: Uri): Promise<Notes | undefined> {
  const place = await placeOf(uri);
  if (!place.ok || place.value.isFolder) return undefined;
  const isLarge = place.value.size > largestText;
  const file = isLarge ? await readStart(place.value) : await readFile(place.value);
  const cut = file.ok ? cutItem(file.value, noteTokens) : undefined;
  if (cut?.item.kind !== "file") return undefined;
  const { kind: _, ...notes } = cut.item;
  return { notes, ...((isLarge || cut.linesLeftOut > 0) && { notesCut: true }) };
}

/** The first lines of a file on disk that is too large to be opened. */
async function readStart({ uri, path }: WorkspacePlace): Promise<Result<FileItem>> {
  try {
    await using file = await open(uri.fsPath);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(startBytes));
    // The last line may be cut off within a character.
    const lines = buffer.toString("utf8", 0, bytesRead).split(/\r?\n/).slice(0, -1);
    const text = lines.join("\n");
    const place = { uri: uri.toString(), path, languageId: "markdown" };
    return succeed({ kind: "file", ...place, startLine: 1, endLine: lines.length, text });
  } catch {
    return refuse(path, "missing");
  }
}
