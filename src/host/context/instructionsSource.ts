import { Uri, workspace } from "vscode";
import type { CodeExcerpt } from "../../core/context/codeExcerpt";
import type { InstructionsItem } from "../../core/context/contextItem";
import { cutItem } from "../../core/context/cutContext";
import { readFile } from "./codeSources";
import { placeOf } from "./workspacePlace";

/** The first of these that exists is used. */
const noteNames = ["AGENTS.md", "CLAUDE.md", ".github/copilot-instructions.md"] as const;

/** For the file watcher. */
export const notesPattern = "**/{AGENTS.md,CLAUDE.md,copilot-instructions.md}";

/** In characters and tokens. They are sent with each message: more would take most of a free plan's minute. */
const mostWishes = 4000;
const noteTokens = 1500;

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
  return { kind: "instructions", wishes: own, ...(notes && { notes }) };
}

async function readNotes(near: Uri | undefined): Promise<CodeExcerpt | undefined> {
  const folder = (near && workspace.getWorkspaceFolder(near)) ?? workspace.workspaceFolders?.at(0);
  if (folder === undefined) return undefined;
  // In parallel, because a message waits for this.
  const found = await Promise.all(
    noteNames.map((name) => readNote(Uri.joinPath(folder.uri, name))),
  );
  return found.find((note) => note !== undefined);
}

async function readNote(uri: Uri): Promise<CodeExcerpt | undefined> {
  const place = await placeOf(uri);
  if (!place.ok || place.value.isFolder) return undefined;
  const file = await readFile(place.value);
  const cut = file.ok ? cutItem(file.value, noteTokens) : undefined;
  if (cut?.item.kind !== "file") return undefined;
  const { kind: _, ...excerpt } = cut.item;
  return excerpt;
}
