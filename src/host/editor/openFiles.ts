import { Uri, window, workspace } from "vscode";
import type { TextDocument } from "vscode";
import { withEndings } from "../../core/edits/documentLines";

/** The document of a file, opened if necessary; undefined if it cannot be opened. */
export async function openOrNone(uri: Uri): Promise<TextDocument | undefined> {
  try {
    return await workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}

/** The document as it is at this moment, if it is open. */
export function openDocumentAt(uri: Uri): TextDocument | undefined {
  const address = uri.toString();
  return workspace.textDocuments.find((document) => document.uri.toString() === address);
}

/** Whether the document is a file of its own: an untitled one is not, nor is a notebook's cell. */
export function isKept({ scheme }: Uri): boolean {
  return scheme === "file" || workspace.fs.isWritableFileSystem(scheme) !== undefined;
}

/**
 * Whether a document without unsaved changes has the text of its file: the editor learns of a change a moment later, on a
 * remote file system perhaps never.
 */
export async function isAsOnDisk(document: TextDocument): Promise<boolean> {
  const { uri, encoding, isDirty } = document;
  if (isDirty || !isKept(uri)) return true;
  try {
    const text = await workspace.decode(await workspace.fs.readFile(uri), { encoding });
    return withEndings(text, "\n") === withEndings(document.getText(), "\n");
  } catch {
    return false;
  }
}

/** Closes the tabs of files that are gone. */
export async function closeTabs(addresses: readonly string[]): Promise<void> {
  const tabs = window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => addresses.includes(addressOf(input)));
  if (tabs.length > 0) await window.tabGroups.close(tabs);
}

function addressOf(input: unknown): string {
  if (typeof input !== "object" || input === null || !("uri" in input)) return "";
  return input.uri instanceof Uri ? input.uri.toString() : "";
}
