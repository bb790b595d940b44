import { workspace } from "vscode";
import type { TextDocument, Uri } from "vscode";
import { succeed } from "../../core/dispatch/failure";
import type { Result } from "../../core/dispatch/failure";
import { openDocumentAt } from "../editor/openFiles";
import { refuse } from "./workspacePlace";
import type { WorkspacePlace } from "./workspacePlace";

/** Bytes of a file, characters of a document: about as much as the longest context can hold. */
export const largestText = 512 * 1024;

/** A file's document, unsaved text included. A large file is refused before anything of it is read. */
export async function documentOf({
  uri,
  path,
  size,
}: Pick<WorkspacePlace, "uri" | "path" | "size">): Promise<Result<TextDocument>> {
  const open = openDocumentAt(uri);
  if (open === undefined) {
    if (size > largestText) return refuse(path, "tooLarge");
    if (await isBinary(uri)) return refuse(path, "notText");
  }
  try {
    const document = open ?? (await workspace.openTextDocument(uri));
    return document.getText().length > largestText ? refuse(path, "tooLarge") : succeed(document);
  } catch {
    return refuse(path, "notText");
  }
}

/** Text has no zero bytes, unless it is UTF-16, which says so at its start. */
async function isBinary(uri: Uri): Promise<boolean> {
  try {
    const bytes = await workspace.fs.readFile(uri);
    const [first, second] = bytes;
    const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
    return !isUtf16 && bytes.subarray(0, 8192).includes(0);
  } catch {
    return false;
  }
}
