import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { ConfigurationTarget, Uri, workspace } from "vscode";
import type { Failure } from "../../../src/core/dispatch/failure";
import { displayPath } from "../../../src/host/editor/codeTarget";
import { createReview } from "../../../src/host/editor/createReview";
import type { ReviewDesk } from "../../../src/host/editor/review";
import { editAnswer } from "../../fakes/editAnswer";
import { MemoryAppliedEdits } from "../../fakes/memoryAppliedEdits";
import { MemoryState } from "../../fakes/memoryState";

/** A review in the editor in which the tests run, and the files on which it is tried. */
export interface EditorReview {
  readonly review: ReviewDesk;
  /** Opens the review of a patch of these files; undefined when it is open. */
  open(operations: string, files: readonly Uri[]): Promise<Failure | undefined>;
  /** The same, and accepts all. */
  apply(operations: string, files: readonly Uri[]): Promise<Failure | undefined>;
}

let lastAnswer = 0;

export function createEditorReview(): EditorReview {
  let lastEdit = 0;
  const clock = { now: () => ++lastEdit };
  const newId = () => String(lastEdit);
  const review = createReview({
    store: new MemoryAppliedEdits(),
    state: new MemoryState(),
    clock,
    newId,
  });
  async function open(operations: string, files: readonly Uri[]): Promise<Failure | undefined> {
    const offered = files.map((uri) => ({
      uri: uri.toString(),
      path: displayPath(uri),
      languageId: "",
      startLine: 1,
      endLine: 1,
      text: "",
    }));
    const patch = `*** Begin Patch\n${operations}\n*** End Patch`;
    const answer = editAnswer(`answer ${++lastAnswer}`, patch);
    const opened = await review.open(answer, offered);
    return opened.ok ? undefined : opened.failure;
  }
  return {
    review,
    open,
    async apply(operations, files) {
      const refused = await open(operations, files);
      if (refused !== undefined) return refused;
      const applied = await review.acceptAll();
      return applied.ok ? undefined : applied.failure;
    },
  };
}

/** The line `two` of a file becomes `zwei`. */
export function replaceTwo(uri: Uri): string {
  return `*** Update File: ${displayPath(uri)}\n@@\n one\n-two\n+zwei\n three`;
}

/** Writes a file of the workspace; returns its address. */
export function givenFile(name: string, content: string | Uint8Array): Uri {
  const uri = inWorkspace(name);
  mkdirSync(path.dirname(uri.fsPath), { recursive: true });
  writeFileSync(uri.fsPath, content);
  return uri;
}

export function inWorkspace(name: string): Uri {
  const [folder] = workspace.workspaceFolders ?? [];
  assert.ok(folder);
  return Uri.joinPath(folder.uri, name);
}

export function onDisk(uri: Uri): Promise<Buffer> {
  return readFile(uri.fsPath);
}

export async function textOf(uri: Uri): Promise<string> {
  return (await workspace.openTextDocument(uri)).getText();
}

/** The document, unsaved as an edit leaves it, and then saved by the user. */
export async function saved(uri: Uri): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  assert.equal(document.isDirty, true);
  assert.equal(await document.save(), true);
}

/** In a browser the editor saves automatically; these tests need to see what an edit leaves unsaved. */
export async function saveNothingByItself(): Promise<void> {
  const files = workspace.getConfiguration("files");
  await files.update("autoSave", "off", ConfigurationTarget.Global);
}
