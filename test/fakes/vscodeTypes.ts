/** What the fake `vscode` module has of the editor's own types, as far as the host's code uses them. */
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
    if (/^[^:/?#]*[^\w+.:/?#-][^:/?#]*:/.test(text)) throw new Error("[UriError]: Illegal scheme");
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
    if (line < 0 || character < 0) throw new Error("Illegal argument");
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

export type EditStep =
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

export const UIKind = { Desktop: 1, Web: 2 } as const;

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
  Property: 6,
  Field: 7,
  Constructor: 8,
  Enum: 9,
  Interface: 10,
  Function: 11,
  Variable: 12,
  Constant: 13,
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

export const QuickPickItemKind = { Separator: -1, Default: 0 } as const;

export const ProgressLocation = { Notification: 15 } as const;

export const ViewColumn = { Active: -1, Beside: -2, One: 1 } as const;
