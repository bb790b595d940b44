import { Range, Uri, workspace, WorkspaceEdit } from "vscode";
import type { AppliedFile } from "../../core/edits/appliedEdits";
import { withEndings } from "../../core/edits/documentLines";
import { isThere } from "./newFile";
import { closeTabs, openOrNone } from "./openFiles";

/**
 * Restores the files one by one, so that one that cannot be restored does not stop the others. Returns the paths of
 * those that could not.
 */
export async function restoreFiles(files: readonly AppliedFile[]): Promise<readonly string[]> {
  const lost: string[] = [];
  const texts = files.flatMap(({ before, after }) => [before ?? "", after ?? ""]);
  const ours = new Set(texts.map((text) => withEndings(text, "\n")));
  for (const file of files) if (!(await restore(file, ours))) lost.push(file.path);
  return lost;
}

async function restore(
  { uri, before, kept }: AppliedFile,
  ours: ReadonlySet<string>,
): Promise<boolean> {
  const place = Uri.parse(uri);
  try {
    if (before === null) return await remove(place, ours);
    const document = (await openOrNone(place)) ?? (await remake(place, before, kept));
    if (document.getText() === before) return true;
    const edit = new WorkspaceEdit();
    const end = document.lineAt(document.lineCount - 1).range.end;
    edit.replace(place, new Range(0, 0, end.line, end.character), before);
    return (await workspace.applyEdit(edit)) && document.getText() === before;
  } catch {
    return false;
  }
}

/** Removes only what the edit created: a file with another text is someone else's, and stays. */
async function remove(uri: Uri, ours: ReadonlySet<string>): Promise<boolean> {
  if (await isThere(uri)) {
    const document = await openOrNone(uri);
    if (document === undefined || !ours.has(withEndings(document.getText(), "\n"))) return true;
    const edit = new WorkspaceEdit();
    edit.deleteFile(uri, { recursive: false });
    if (!(await workspace.applyEdit(edit))) await workspace.fs.delete(uri);
  }
  await closeTabs([uri.toString()]);
  return !(await isThere(uri));
}

async function remake(uri: Uri, text: string, kept: AppliedFile["kept"]) {
  const contents = kept === undefined ? Buffer.from(text) : Buffer.from(kept.bytes, "base64");
  const edit = new WorkspaceEdit();
  edit.createFile(uri, { overwrite: false, contents });
  if (!(await workspace.applyEdit(edit))) await workspace.fs.writeFile(uri, contents);
  return workspace.openTextDocument(uri, kept && { encoding: kept.encoding });
}
