/**
 * The part of the `vscode` module that the host's code uses in unit tests; vitest puts it in place of the
 * real one. What it shows and what was done to it is in `fakeEditor`.
 */
import { fakeEditor } from "./fakeEditor";
import type { FakeDocument } from "./fakeEditor";

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

export class WorkspaceEdit {
  readonly replacements: { readonly uri: Uri; readonly range: Range; readonly text: string }[] = [];

  replace(uri: Uri, range: Range, text: string): void {
    this.replacements.push({ uri, range, text });
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

export const env = {
  language: "en",
  openExternal(address: Uri): Promise<boolean> {
    fakeEditor.opened.push(address.toString());
    return Promise.resolve(true);
  },
};

export const commands = {
  executeCommand(name: string, ...details: readonly unknown[]): Promise<void> {
    fakeEditor.executed.push([name, ...details].join(" "));
    return Promise.resolve();
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

export const EndOfLine = { LF: 1, CRLF: 2 } as const;

export const languages = { getLanguages: () => Promise.resolve(["plaintext", "typescript"]) };

export const QuickPickItemKind = { Separator: -1, Default: 0 } as const;

export const ProgressLocation = { Notification: 15 } as const;

export const ViewColumn = { Active: -1, Beside: -2, One: 1 } as const;

export const window = {
  tabGroups: { all: [], close: () => Promise.resolve(true) },
  visibleTextEditors: [],
  onDidChangeActiveTextEditor: () => ({ dispose() {} }),
  showTextDocument: () => Promise.resolve(),
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
  workspaceFolders: undefined,
  fs: {
    isWritableFileSystem: () => true,
    stat: (uri: Uri) => readFile(uri).then(({ length }) => ({ size: length })),
    readFile: (uri: Uri) => readFile(uri),
    writeFile(uri: Uri, bytes: Uint8Array): Promise<void> {
      fakeEditor.files.set(uri.toString(), bytes);
      return Promise.resolve();
    },
  },
  getConfiguration: (section: string) => ({
    get: (name: string) => fakeEditor.settings.get(`${section}.${name}`),
    update(name: string, value: unknown): Promise<void> {
      fakeEditor.settings.set(`${section}.${name}`, value);
      return Promise.resolve();
    },
  }),
  registerTextDocumentContentProvider: () => ({ dispose() {} }),
  openTextDocument(uri: Uri) {
    const document = fakeEditor.documents.get(uri.toString());
    if (document === undefined) return Promise.reject(new Error(`cannot open ${uri.toString()}`));
    return Promise.resolve(asTextDocument(document, uri));
  },
  applyEdit(edit: WorkspaceEdit): Promise<boolean> {
    if (!fakeEditor.takesEdits) return Promise.resolve(false);
    for (const { uri, range, text } of edit.replacements.toReversed()) {
      const document = fakeEditor.documents.get(uri.toString());
      if (document === undefined) return Promise.resolve(false);
      const whole = document.getText();
      const from = document.offsetAt(range.start);
      document.change(whole.slice(0, from) + text + whole.slice(document.offsetAt(range.end)));
    }
    return Promise.resolve(true);
  },
};

function readFile(uri: Uri): Promise<Uint8Array> {
  const bytes = fakeEditor.files.get(uri.toString());
  return bytes === undefined
    ? Promise.reject(new Error(`there is no file ${uri.toString()}`))
    : Promise.resolve(bytes);
}

function chosenFile(): Uri | undefined {
  return fakeEditor.chosenFile === undefined ? undefined : Uri.parse(fakeEditor.chosenFile);
}

function asTextDocument(document: FakeDocument, uri: Uri) {
  return {
    uri,
    version: document.version,
    getText: () => document.getText(),
    validateRange(range: Range): Range {
      const end = document.end();
      const within = ({ line, character }: Position) =>
        line > end.line ? new Position(end.line, end.character) : new Position(line, character);
      const [from, to] = [within(range.start), within(range.end)];
      return new Range(from.line, from.character, to.line, to.character);
    },
  };
}
