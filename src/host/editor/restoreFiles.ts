import { Range, Uri, workspace, WorkspaceEdit } from "vscode";
import type { AppliedFile } from "../../core/edits/appliedEdits";
import { isThere } from "./newFile";
import { closeTabs, openOrNone } from "./openFiles";

/**
 * Makes each file what it was before, one by one, so that what cannot be brought back holds nothing else up. Returns
 * the paths of those.
 */
export async function restoreFiles(files: readonly AppliedFile[]): Promise<readonly string[]> {
  const lost: string[] = [];
  for (const file of files) if (!(await restore(file))) lost.push(file.path);
  return lost;
}

async function restore({ uri, before, bytes }: AppliedFile): Promise<boolean> {
  const place = Uri.parse(uri);
  try {
    if (before === null) return await remove(place);
    const document = (await openOrNone(place)) ?? (await remake(place, before, bytes));
    if (document.getText() === before) return true;
    const edit = new WorkspaceEdit();
    const end = document.lineAt(document.lineCount - 1).range.end;
    edit.replace(place, new Range(0, 0, end.line, end.character), before);
    return (await workspace.applyEdit(edit)) && document.getText() === before;
  } catch {
    return false;
  }
}

async function remove(uri: Uri): Promise<boolean> {
  if (await isThere(uri)) {
    const edit = new WorkspaceEdit();
    edit.deleteFile(uri, { recursive: false });
    if (!(await workspace.applyEdit(edit))) await workspace.fs.delete(uri);
  }
  await closeTabs([uri.toString()]);
  return !(await isThere(uri));
}

async function remake(uri: Uri, text: string, bytes: string | undefined) {
  const contents = bytes === undefined ? Buffer.from(text) : Buffer.from(bytes, "base64");
  const edit = new WorkspaceEdit();
  edit.createFile(uri, { overwrite: false, contents });
  if (!(await workspace.applyEdit(edit))) await workspace.fs.writeFile(uri, contents);
  return workspace.openTextDocument(uri);
}
