import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fakeEditor } from "./fakeEditor";
import { ProjectDocument } from "./projectDocument";
import type { Span } from "./projectDocument";
import { TemporaryFolder } from "./temporaryFolder";
import type * as Fake from "./vscode";

type Vscode = typeof Fake;

const FileType = { Unknown: 0, File: 1, Directory: 2 } as const;

interface FakeNotebook {
  readonly uri: Fake.Uri;
  getCells(): readonly { readonly document: ProjectDocument }[];
}

/** Another extension, with what it exports. */
export interface FakeExtension {
  readonly isActive: boolean;
  readonly exports: unknown;
  activate(): Promise<unknown>;
}

/**
 * An editor with a folder of real files, so that links and odd names are real, too. A test puts it in place
 * with `vi.mock("vscode", …)`, whose factory imports this file and returns `fakeProject.editor(original)`.
 */
class FakeProject {
  #vscode: Vscode | undefined;
  #folder: TemporaryFolder | undefined;
  #events = new Map<string, Fake.EventEmitter<unknown>>();
  readonly documents: ProjectDocument[] = [];
  readonly problems = new Map<string, readonly unknown[]>();
  readonly symbols = new Map<string, readonly unknown[]>();
  /** What a language server reports about a name, wherever it occurs. */
  readonly definitions = new Map<string, unknown>();
  readonly notebooks: FakeNotebook[] = [];
  readonly extensions = new Map<string, FakeExtension>();
  active: { readonly document: ProjectDocument; selection: Selection } | undefined;
  /** How often the files were listed. */
  listings = 0;

  /** Opens a new, empty folder. */
  open(): void {
    fakeEditor.reset();
    this.#folder = new TemporaryFolder();
    mkdirSync(this.path());
    for (const event of this.#events.values()) event.dispose();
    this.documents.length = 0;
    this.problems.clear();
    this.symbols.clear();
    this.definitions.clear();
    this.notebooks.length = 0;
    this.extensions.clear();
    this.active = undefined;
    this.listings = 0;
  }

  close(): void {
    this.#folder?.[Symbol.dispose]();
  }

  /** Where a path of the project is on disk; `..` leads beside the project. */
  path(...parts: readonly string[]): string {
    if (this.#folder === undefined) throw new Error("no project is open");
    return join(this.#folder.path, "project", ...parts);
  }

  address(path: string): string {
    return `file://${this.path(path)}`;
  }

  write(path: string, content: string | Uint8Array): void {
    const place = this.path(path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, content);
  }

  /** Shows a file in an editor, with these lines selected; zero-based, the last one to its end. */
  show(path: string, text: string, selected?: readonly [number, number]): ProjectDocument {
    this.write(path, text);
    const document = this.openDocument(this.#uri(path), text);
    this.select(document, selected ?? [0, 0], selected === undefined);
    return document;
  }

  openDocument(uri: Fake.Uri, text: string): ProjectDocument {
    const document = new ProjectDocument(uri, text);
    this.documents.push(document);
    return document;
  }

  select(document: ProjectDocument, [from, to]: readonly [number, number], empty = false): void {
    const end = empty ? 0 : document.lineAt(to).text.length;
    const start = { line: from, character: 0 };
    const selection = { start, end: { line: to, character: end }, active: start, isEmpty: empty };
    if (this.active?.document === document) this.active.selection = selection;
    else this.active = { document, selection };
    this.fire("window.onDidChangeTextEditorSelection", { textEditor: this.active });
  }

  edit(document: ProjectDocument, range: Span, text: string): void {
    document.replace(range, text);
    this.fire("workspace.onDidChangeTextDocument", { document, contentChanges: [{ range, text }] });
  }

  fire(event: string, value?: unknown): void {
    this.#event(event).fire(value);
  }

  /** The editor's module: the plain fake one with this project in it. */
  editor(vscode: Vscode) {
    this.#vscode = vscode;
    const on = (name: string) => this.#event(name).event;
    const watcher = (pattern: unknown) => ({
      onDidCreate: on(`create ${String(pattern)}`),
      onDidChange: on(`change ${String(pattern)}`),
      onDidDelete: on(`delete ${String(pattern)}`),
      dispose: () => undefined,
    });
    return {
      ...vscode,
      FileType,
      DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
      RelativePattern: class {
        readonly baseUri: Fake.Uri;

        constructor(baseUri: Fake.Uri) {
          this.baseUri = baseUri;
        }
      },
      CancellationTokenSource: class {
        readonly token = {};
        cancel(): void {}
        dispose(): void {}
      },
      env: { ...vscode.env, remoteName: undefined },
      commands: {
        executeCommand: async (name: string, uri: Fake.Uri, place?: Span["start"]) =>
          name === "vscode.executeDefinitionProvider" && place !== undefined
            ? this.definitions.get(await this.#wordAt(uri, place))
            : this.symbols.get(uri.toString()),
      },
      languages: {
        getDiagnostics: (uri: Fake.Uri) => this.problems.get(uri.toString()) ?? [],
        onDidChangeDiagnostics: on("languages.onDidChangeDiagnostics"),
      },
      extensions: { getExtension: (id: string) => this.extensions.get(id) },
      window: {
        ...vscode.window,
        get activeTextEditor() {
          return fakeProject.active;
        },
        onDidChangeActiveTextEditor: on("window.onDidChangeActiveTextEditor"),
        onDidChangeTextEditorSelection: on("window.onDidChangeTextEditorSelection"),
        onDidStartTerminalShellExecution: on("window.onDidStartTerminalShellExecution"),
        onDidEndTerminalShellExecution: on("window.onDidEndTerminalShellExecution"),
      },
      workspace: {
        get isTrusted() {
          return fakeEditor.trusted;
        },
        get workspaceFolders() {
          return [fakeProject.#root()];
        },
        textDocuments: this.documents,
        notebookDocuments: this.notebooks,
        getWorkspaceFolder: ({ scheme, path }: Fake.Uri) =>
          scheme === "file" && `${path}/`.startsWith(`${this.path()}/`) ? this.#root() : undefined,
        asRelativePath: ({ path }: Fake.Uri) => path.slice(this.path().length + 1),
        getConfiguration: vscode.workspace.getConfiguration,
        fs: {
          isWritableFileSystem: (scheme: string) => (scheme === "git" ? false : undefined),
          stat: statOf,
          readFile: ({ fsPath }: Fake.Uri) => readFile(fsPath),
        },
        openTextDocument: (uri: Fake.Uri) => this.#openDocument(uri),
        findFiles: (pattern: unknown) => Promise.resolve(this.#list(pattern)),
        createFileSystemWatcher: watcher,
        onDidChangeTextDocument: on("workspace.onDidChangeTextDocument"),
        onDidSaveTextDocument: on("workspace.onDidSaveTextDocument"),
        onDidGrantWorkspaceTrust: on("workspace.onDidGrantWorkspaceTrust"),
        onDidChangeWorkspaceFolders: on("workspace.onDidChangeWorkspaceFolders"),
        onDidChangeConfiguration: on("workspace.onDidChangeConfiguration"),
      },
    };
  }

  #event(name: string): Fake.EventEmitter<unknown> {
    const known = this.#events.get(name);
    if (known !== undefined) return known;
    const made = new (this.#module().EventEmitter)<unknown>();
    this.#events.set(name, made);
    return made;
  }

  #module(): Vscode {
    if (this.#vscode === undefined) throw new Error("the editor's module is not in place");
    return this.#vscode;
  }

  #root() {
    return { uri: this.#module().Uri.file(this.path()), name: "project", index: 0 };
  }

  #uri(path: string): Fake.Uri {
    return this.#module().Uri.file(this.path(path));
  }

  #openDocument(uri: Fake.Uri): Promise<ProjectDocument> {
    const open = this.documents.find((document) => document.uri.toString() === uri.toString());
    if (open !== undefined) return Promise.resolve(open);
    return readFile(uri.fsPath, "utf8").then((text) => this.openDocument(uri, text));
  }

  async #wordAt(uri: Fake.Uri, { line, character }: Span["start"]): Promise<string> {
    const document = await this.#openDocument(uri);
    return /^\w+/.exec(document.lineAt(line).text.slice(character))?.[0] ?? "";
  }

  #list(pattern: unknown): readonly Fake.Uri[] {
    this.listings++;
    const base =
      typeof pattern === "string" ? this.path() : (pattern as { baseUri: Fake.Uri }).baseUri.path;
    return readdirSync(base, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => this.#module().Uri.file(join(entry.parentPath, entry.name)));
  }
}

interface Selection extends Span {
  readonly active: Span["start"];
  readonly isEmpty: boolean;
}

async function statOf({ fsPath }: Fake.Uri) {
  const found = await stat(fsPath);
  const ofFile = found.isFile() ? FileType.File : FileType.Unknown;
  return { type: found.isDirectory() ? FileType.Directory : ofFile, size: found.size };
}

export const fakeProject = new FakeProject();
