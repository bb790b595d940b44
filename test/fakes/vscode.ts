/**
 * The part of the `vscode` module that the host's code uses in unit tests; vitest puts it in place of the
 * real one. What it shows and what was done to it is in `fakeEditor`.
 */
import { stat } from "node:fs/promises";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { fakeEditor } from "./fakeEditor";
import type { FakeDocument, FakeLensProvider, FakeStatusItem } from "./fakeEditor";

export class Uri {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  readonly query: string;

  private constructor(parts: Partial<Pick<Uri, "scheme" | "authority" | "path" | "query">>) {
    this.scheme = parts.scheme ?? "";
    this.authority = parts.authority ?? "";
    this.path = parts.path ?? "";
    this.query = parts.query ?? "";
  }

  static parse(text: string): Uri {
    const [, scheme = "", authority = "", path = "", query = ""] =
      /^([^:]+):(?:\/\/([^/?]*))?([^?]*)(?:\?(.*))?$/.exec(text) ?? [];
    return new Uri({ scheme, authority, path, query });
  }

  static from(parts: Partial<Pick<Uri, "scheme" | "authority" | "path" | "query">>): Uri {
    return new Uri(parts);
  }

  static file(path: string): Uri {
    return new Uri({ scheme: "file", path });
  }

  static joinPath(base: Uri, ...parts: string[]): Uri {
    const { scheme, authority, query } = base;
    return new Uri({ scheme, authority, query, path: [base.path, ...parts].join("/") });
  }

  get fsPath(): string {
    return this.path;
  }

  toString(): string {
    return `${this.scheme}://${this.authority}${this.path}${this.query === "" ? "" : `?${this.query}`}`;
  }
}

export class Position {
  readonly line: number;
  readonly character: number;

  constructor(line: number, character: number) {
    this.line = line;
    this.character = character;
  }
}

export class Range {
  readonly start: Position;
  readonly end: Position;

  constructor(startLine: number, startCharacter: number, endLine: number, endCharacter: number) {
    this.start = new Position(startLine, startCharacter);
    this.end = new Position(endLine, endCharacter);
  }
}

export class Selection extends Range {
  get active(): Position {
    return this.end;
  }
}

export const StatusBarAlignment = { Left: 1, Right: 2 };

export class MarkdownString {
  readonly value: string;
  isTrusted: unknown;

  constructor(value: string) {
    this.value = value;
  }
}

export class ThemeColor {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

export class CodeLens {
  readonly range: Range;
  readonly command: { readonly title: string };

  constructor(range: Range, command: { readonly title: string }) {
    this.range = range;
    this.command = command;
  }
}

type EditStep =
  | { readonly kind: "replace"; readonly uri: Uri; readonly range: Range; readonly text: string }
  | { readonly kind: "create"; readonly uri: Uri; readonly contents: Uint8Array }
  | { readonly kind: "delete"; readonly uri: Uri }
  | { readonly kind: "rename"; readonly uri: Uri; readonly to: Uri };

export class WorkspaceEdit {
  readonly steps: EditStep[] = [];

  replace(uri: Uri, range: Range, text: string): void {
    this.steps.push({ kind: "replace", uri, range, text });
  }

  createFile(uri: Uri, { contents = new Uint8Array() }: { readonly contents?: Uint8Array }): void {
    this.steps.push({ kind: "create", uri, contents });
  }

  deleteFile(uri: Uri): void {
    this.steps.push({ kind: "delete", uri });
  }

  renameFile(uri: Uri, to: Uri): void {
    this.steps.push({ kind: "rename", uri, to });
  }
}

export class EventEmitter<T> {
  readonly #listeners = new Set<(value: T) => void>();

  readonly event = (listener: (value: T) => void): { dispose(): void } => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  fire(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

export class TabInputTextDiff {
  readonly modified = Uri.file("");
}

export const ConfigurationTarget = { Global: 1, Workspace: 2 } as const;

export const l10n = {
  t(message: string, ...values: readonly (string | number)[]): string {
    return message.replace(/\{(\d+)\}/g, (_all, index: string) => String(values[Number(index)]));
  },
};

export const version = "1.106.0";
export const UIKind = { Desktop: 1, Web: 2 } as const;

export const env = {
  language: "en",
  appHost: "desktop",
  uiKind: UIKind.Desktop,
  get remoteName() {
    return fakeEditor.remoteName;
  },
  clipboard: {
    writeText(text: string): Promise<void> {
      fakeEditor.clipboard = text;
      return Promise.resolve();
    },
  },
  openExternal(address: Uri): Promise<boolean> {
    fakeEditor.opened.push(address.toString());
    return Promise.resolve(true);
  },
};

export const commands = {
  executeCommand(name: string, ...details: readonly unknown[]): Promise<unknown> {
    fakeEditor.executed.push([name, ...details].join(" "));
    return Promise.resolve(fakeEditor.commandResults.get(name));
  },
};

export class ThemeIcon {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

export class TabInputText {
  readonly uri = Uri.file("");
}

export const FilePermission = { Readonly: 1 } as const;

export const FileType = { File: 1, Directory: 2 } as const;

export const SymbolKind = {
  Class: 4,
  Method: 5,
  Constructor: 8,
  Enum: 9,
  Interface: 10,
  Function: 11,
  Variable: 12,
  Struct: 22,
} as const;

/** `contains`: an action of a kind is also one of the kinds that it belongs to. */
export class CodeActionKind {
  static readonly QuickFix = new CodeActionKind("quickfix");
  static readonly Refactor = new CodeActionKind("refactor");
  static readonly RefactorRewrite = new CodeActionKind("refactor.rewrite");
  readonly value: string;

  constructor(value: string) {
    this.value = value;
  }

  contains({ value }: CodeActionKind): boolean {
    return `${value}.`.startsWith(`${this.value}.`);
  }
}

export class CodeAction {
  readonly title: string;
  readonly kind: CodeActionKind;

  constructor(title: string, kind: CodeActionKind) {
    this.title = title;
    this.kind = kind;
  }
}

export const CodeActionTriggerKind = { Invoke: 1, Automatic: 2 } as const;

export const EndOfLine = { LF: 1, CRLF: 2 } as const;

export const DecorationRangeBehavior = { ClosedClosed: 1 } as const;
export const OverviewRulerLane = { Full: 7 } as const;
export const TextEditorRevealType = { InCenterIfOutsideViewport: 2 } as const;

export const languages = {
  getLanguages: () => Promise.resolve(["plaintext", "typescript"]),
  registerCodeLensProvider(_selector: unknown, provider: FakeLensProvider) {
    fakeEditor.lensProvider = provider;
    return { dispose() {} };
  },
  setTextDocumentLanguage: (document: unknown) => Promise.resolve(document),
};

export const QuickPickItemKind = { Separator: -1, Default: 0 } as const;

export const ProgressLocation = { Notification: 15 } as const;

export const ViewColumn = { Active: -1, Beside: -2, One: 1 } as const;

export const window = {
  tabGroups: {
    all: [],
    activeTabGroup: {
      tabs: [],
      get activeTab() {
        return { input: fakeEditor.activeTabInput };
      },
    },
    close: () => Promise.resolve(true),
  },
  visibleTextEditors: [],
  get activeTextEditor() {
    return fakeEditor.activeTextEditor;
  },
  onDidChangeActiveTextEditor: () => ({ dispose() {} }),
  onDidChangeVisibleTextEditors: () => ({ dispose() {} }),
  createTextEditorDecorationType: () => ({ dispose() {} }),
  /** The editor that shows the document, with the cursor where the selection starts. */
  showTextDocument(document: unknown, options?: { readonly selection?: Range }) {
    const line = options?.selection?.start.line ?? 0;
    const editor = {
      document: document as ReturnType<typeof asTextDocument>,
      selection: new Selection(line, 0, line, 0),
      revealRange: () => undefined,
      setDecorations: () => undefined,
    };
    fakeEditor.activeTextEditor = editor;
    return Promise.resolve(editor);
  },
  showInformationMessage: (message: string, ...buttons: string[]) =>
    fakeEditor.notify(message, buttons),
  /** Of a modal dialog's options only the detail counts: it is words that are shown. */
  showWarningMessage(message: string, ...given: (string | { readonly detail?: string })[]) {
    const details = given.flatMap((part) => (typeof part === "string" ? [] : (part.detail ?? [])));
    const buttons = given.filter((part) => typeof part === "string");
    return fakeEditor.notify([message, ...details].join("\n"), buttons);
  },
  showInputBox: () => fakeEditor.showInputBox(),
  showQuickPick: (items: readonly { readonly label: string }[]) =>
    Promise.resolve(items.find(({ label }) => label === fakeEditor.chosenItem)),
  showSaveDialog: () => Promise.resolve(chosenFile()),
  showOpenDialog() {
    const chosen = chosenFile();
    return Promise.resolve(chosen && [chosen]);
  },
  createQuickPick: () => fakeEditor.createQuickPick(),
  createInputBox: () => fakeEditor.createInputBox(),
  createStatusBarItem(id: string) {
    const item: FakeStatusItem = {
      id,
      text: "",
      tooltip: undefined,
      backgroundColor: undefined,
      accessibilityInformation: undefined,
      isDisposed: false,
    };
    fakeEditor.statusItems.push(item);
    return Object.assign(item, {
      show: () => undefined,
      dispose: () => void (item.isDisposed = true),
    });
  },
  setStatusBarMessage(text: string) {
    fakeEditor.statusMessages.push(text);
    return { dispose() {} };
  },
  withProgress<T>(
    _options: unknown,
    act: (progress: unknown, cancellation: { onCancellationRequested(): void }) => T,
  ): T {
    return act(undefined, { onCancellationRequested: () => undefined });
  },
  createOutputChannel(name: string) {
    const write = (level: string) => (message: string) => {
      fakeEditor.logged.push(`${level} ${message}`);
    };
    return { name, info: write("info"), warn: write("warn"), error: write("error") };
  },
};

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

function chosenFile(): Uri | undefined {
  return fakeEditor.chosenFile === undefined ? undefined : Uri.parse(fakeEditor.chosenFile);
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
function asTextDocument(document: FakeDocument, uri: Uri) {
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
