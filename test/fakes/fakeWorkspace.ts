import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { fakeEditor } from "./fakeEditor";
import type { FakeDocument } from "./fakeEditor";
import { EventEmitter, FileType, Position, Range, Uri } from "./vscodeTypes";
import type { EditStep, WorkspaceEdit } from "./vscodeTypes";

const willSave = new EventEmitter<{ readonly document: ReturnType<typeof asTextDocument> }>();
const didSave = new EventEmitter<ReturnType<typeof asTextDocument>>();

/** Saves an open document of a real file, which a formatter changes on the way. */
export function saveDocument(address: string, format: (text: string) => string): void {
  const saved = fakeEditor.documents.get(address);
  if (saved === undefined) throw new Error(`${address} is not open`);
  const document = asTextDocument(saved, Uri.parse(address));
  willSave.fire({ document });
  const formatted = format(saved.getText());
  if (formatted !== saved.getText()) saved.change(formatted);
  writeFileSync(document.uri.path, formatted);
  didSave.fire(document);
}

/** Files, documents and settings of the fake `vscode` module. */
export const workspace = {
  get isTrusted(): boolean {
    return fakeEditor.trusted;
  },
  get workspaceFolders(): readonly { readonly name: string; readonly uri: Uri }[] | undefined {
    const { folder, moreFolders } = fakeEditor;
    if (folder === undefined) return undefined;
    return [{ name: "workspace", path: folder }, ...moreFolders].map(({ name, path }) => ({
      name,
      uri: Uri.file(path),
    }));
  },
  getWorkspaceFolder({ path }: Uri) {
    return this.workspaceFolders?.find(({ uri }) => path.startsWith(`${uri.path}/`));
  },
  asRelativePath(uri: Uri): string {
    const folder = this.getWorkspaceFolder(uri);
    const inside = uri.path.slice((folder?.uri.path.length ?? -1) + 1);
    return folder !== undefined && fakeEditor.moreFolders.length > 0
      ? `${folder.name}/${inside}`
      : inside;
  },
  get textDocuments() {
    return [...fakeEditor.documents].map(([uri, document]) =>
      asTextDocument(document, Uri.parse(uri)),
    );
  },
  onDidChangeTextDocument: () => ({ dispose() {} }),
  onWillSaveTextDocument: willSave.event,
  onDidSaveTextDocument: didSave.event,
  fs: {
    isWritableFileSystem: () => true,
    readFile: (uri: Uri) => readFile(uri),
    writeFile(uri: Uri, contents: Uint8Array): Promise<void> {
      if (isOnDisk(uri)) writeFileSync(uri.path, contents);
      else fakeEditor.files.set(uri.toString(), contents);
      return Promise.resolve();
    },
    delete(uri: Uri): Promise<void> {
      rmSync(uri.path);
      fakeEditor.documents.delete(uri.toString());
      return Promise.resolve();
    },
    stat: (uri: Uri) => (fakeEditor.folder === undefined ? statOfFake(uri) : statOfReal(uri)),
  },
  getConfiguration: (section: string) => ({
    get: (name: string) => fakeEditor.settings.get(`${section}.${name}`),
    inspect: (name: string) => ({ globalValue: fakeEditor.settings.get(`${section}.${name}`) }),
    update(name: string, value: unknown): Promise<void> {
      fakeEditor.settings.set(`${section}.${name}`, value);
      return Promise.resolve();
    },
  }),
  registerTextDocumentContentProvider(scheme: string, provider: FakeContentProvider) {
    providers.set(scheme, provider);
    return { dispose() {} };
  },
  decode: (bytes: Uint8Array, { encoding }: { readonly encoding: string }) =>
    Promise.resolve(Buffer.from(bytes).toString(encoding === "iso88591" ? "latin1" : "utf8")),
  openTextDocument(given: Uri | { readonly content: string }) {
    const uri = given instanceof Uri ? given : Uri.parse("untitled:1");
    if (!(given instanceof Uri)) fakeEditor.show(uri.toString(), given.content);
    const made = providers.get(uri.scheme)?.provideTextDocumentContent(uri);
    if (made !== undefined)
      return Promise.resolve(asTextDocument(fakeEditor.madeUp(uri.toString(), made), uri));
    const document = fakeEditor.documents.get(uri.toString()) ?? openFromDisk(uri);
    if (document === undefined) return Promise.reject(new Error(`cannot open ${uri.toString()}`));
    return Promise.resolve(asTextDocument(document, uri));
  },
  applyEdit(edit: WorkspaceEdit): Promise<boolean> {
    fakeEditor.beforeEdit(++fakeEditor.edits);
    if (!fakeEditor.takesEdits) return Promise.resolve(false);
    const stepsTaken = fakeEditor.breaksAfter;
    fakeEditor.breaksAfter = Number.POSITIVE_INFINITY;
    for (const [index, step] of inEditorOrder(edit.steps).entries()) {
      if (index >= stepsTaken || !takeStep(step)) return Promise.resolve(false);
    }
    return Promise.resolve(true);
  },
};

async function statOfFake(uri: Uri) {
  return { type: FileType.File, size: (await readFile(uri)).length };
}

/** Of a workspace that lies on the disk. */
async function statOfReal(uri: Uri) {
  const found = await stat(uri.fsPath);
  return { type: found.isFile() ? FileType.File : FileType.Directory, size: found.size };
}

/** Within the workspace's folders there are real files. */
function isOnDisk(uri: Uri): boolean {
  return workspace.getWorkspaceFolder(uri) !== undefined;
}

function readFile(uri: Uri): Promise<Uint8Array> {
  const bytes = fakeEditor.files.get(uri.toString());
  if (bytes !== undefined) return Promise.resolve(bytes);
  return isOnDisk(uri) && existsSync(uri.path)
    ? Promise.resolve(readFileSync(uri.path))
    : Promise.reject(new Error(`there is no file ${uri.toString()}`));
}

interface FakeContentProvider {
  provideTextDocumentContent(uri: Uri): string | undefined;
}

const providers = new Map<string, FakeContentProvider>();

function openFromDisk(uri: Uri): FakeDocument | undefined {
  if (uri.scheme !== "file" || !existsSync(uri.path)) return undefined;
  return fakeEditor.show(uri.toString(), readFileSync(uri.path, "utf8"));
}

/** A file's replacements are all about its text as it was: the last one goes first. */
function inEditorOrder(steps: readonly EditStep[]): readonly EditStep[] {
  const replaces = steps.filter(({ kind }) => kind === "replace").toReversed();
  return [...steps.filter(({ kind }) => kind !== "replace"), ...replaces];
}

function takeStep(step: EditStep): boolean {
  const key = step.uri.toString();
  switch (step.kind) {
    case "replace": {
      const document = fakeEditor.documents.get(key) ?? openFromDisk(step.uri);
      if (document === undefined) return false;
      const whole = document.getText();
      const from = document.offsetAt(step.range.start);
      const end = document.offsetAt(step.range.end);
      document.change(whole.slice(0, from) + step.text + whole.slice(end));
      return true;
    }
    case "create":
      if (existsSync(step.uri.path)) return false;
      writeFileSync(step.uri.path, step.contents);
      return true;
    case "delete":
      if (!existsSync(step.uri.path)) return false;
      rmSync(step.uri.path);
      fakeEditor.documents.delete(key);
      return true;
    case "rename": {
      if (existsSync(step.to.path)) return false;
      renameSync(step.uri.path, step.to.path);
      const document = fakeEditor.documents.get(key);
      fakeEditor.documents.delete(key);
      if (document !== undefined) fakeEditor.show(step.to.toString(), document.getText());
      return true;
    }
  }
}

/** Live, as the editor's documents are. */
export function asTextDocument(document: FakeDocument, uri: Uri) {
  return {
    uri,
    languageId: "typescript",
    encoding: document.encoding,
    get version() {
      return document.version;
    },
    get isDirty() {
      return document.version > 1;
    },
    get lineCount() {
      return document.end().line + 1;
    },
    getText: () => document.getText(),
    lineAt(line: number) {
      const text = document.getText().split("\n")[line] ?? "";
      return { text, range: new Range(line, 0, line, text.length) };
    },
    validateRange(range: Range): Range {
      const end = document.end();
      const within = ({ line, character }: Position) =>
        line > end.line ? new Position(end.line, end.character) : new Position(line, character);
      const [from, to] = [within(range.start), within(range.end)];
      return new Range(from.line, from.character, to.line, to.character);
    },
  };
}
