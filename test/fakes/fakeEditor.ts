import { FakeInputBox } from "./fakeInputBox";
import { FakeQuickPick } from "./fakeQuickPick";

/** What the fake `vscode` module shows of an editor, and what was done to it. */
class FakeEditor {
  readonly settings = new Map<string, unknown>();
  readonly documents = new Map<string, FakeDocument>();
  readonly logged: string[] = [];
  readonly executed: string[] = [];
  /** What commands return, by their name. */
  readonly commandResults = new Map<string, unknown>();
  readonly opened: string[] = [];
  clipboard = "";
  remoteName: string | undefined;
  /** What the active tab shows; undefined for a page of the editor's own. */
  activeTabInput: unknown;
  /** Notifications, each with its buttons; `answer` says which one the user presses. */
  readonly notified: string[] = [];
  readonly quickPicks: FakeQuickPick[] = [];
  readonly inputBoxes: FakeInputBox[] = [];
  readonly statusMessages: string[] = [];
  readonly statusItems: FakeStatusItem[] = [];
  /** What the user types into the next input box; undefined is Escape. */
  typed: string | undefined;
  /** What the user chooses from a short list, by its label; undefined is Escape. */
  chosenItem: string | undefined;
  /** The file that the user chooses in a dialog, by its address; undefined is Cancel. */
  chosenFile: string | undefined;
  /** Files by their address, each with its bytes. */
  readonly files = new Map<string, Uint8Array>();
  answer: (message: string, buttons: readonly string[]) => string | undefined = () => undefined;
  trusted = true;
  /** The workspace, a real folder, by its path; undefined for an empty window. */
  folder: string | undefined;
  /** Further folders of the workspace, real ones too. */
  moreFolders: readonly { readonly name: string; readonly path: string }[] = [];
  /** Whether the next edits are taken by the editor. */
  takesEdits = true;
  /** The next edit is given up after this many of its steps. */
  breaksAfter = Number.POSITIVE_INFINITY;
  /** Called before each edit, with its number. */
  beforeEdit: (number: number) => void = () => undefined;
  edits = 0;

  activeTextEditor: FakeTextEditor | undefined;
  lensProvider: FakeLensProvider | undefined;
  readonly #madeUp = new Map<string, FakeDocument>();

  reset(): void {
    this.settings.clear();
    this.documents.clear();
    this.logged.length = 0;
    this.executed.length = 0;
    this.commandResults.clear();
    this.opened.length = 0;
    this.clipboard = "";
    this.remoteName = undefined;
    this.activeTabInput = undefined;
    this.notified.length = 0;
    this.quickPicks.length = 0;
    this.inputBoxes.length = 0;
    this.statusMessages.length = 0;
    this.statusItems.length = 0;
    this.typed = undefined;
    this.chosenItem = undefined;
    this.chosenFile = undefined;
    this.files.clear();
    this.answer = () => undefined;
    this.trusted = true;
    this.folder = undefined;
    this.moreFolders = [];
    this.takesEdits = true;
    this.breaksAfter = Number.POSITIVE_INFINITY;
    this.beforeEdit = () => undefined;
    this.edits = 0;

    this.activeTextEditor = undefined;
    this.#madeUp.clear();
  }

  /** A read-only document of a content provider; not among those of the user. */
  madeUp(uri: string, text: string): FakeDocument {
    const document = this.#madeUp.get(uri) ?? new FakeDocument(uri, text);
    if (document.getText() !== text) document.change(text);
    this.#madeUp.set(uri, document);
    return document;
  }

  notify(message: string, buttons: readonly string[]): Promise<string | undefined> {
    this.notified.push([message, ...buttons].join(" | "));
    return Promise.resolve(this.answer(message, buttons));
  }

  /** An input box takes the place of an open list. */
  showInputBox(): Promise<string | undefined> {
    for (const picker of this.quickPicks) if (picker.isShown) picker.hide();
    return Promise.resolve(this.typed);
  }

  createQuickPick(): FakeQuickPick {
    const picker = new FakeQuickPick();
    this.quickPicks.push(picker);
    return picker;
  }

  createInputBox(): FakeInputBox {
    const box = new FakeInputBox();
    this.inputBoxes.push(box);
    return box;
  }

  /** Puts a document into the editor. */
  show(uri: string, text: string): FakeDocument {
    const document = new FakeDocument(uri, text);
    this.documents.set(uri, document);
    return document;
  }
}

/** An item of the status bar as it was drawn last. */
export interface FakeStatusItem {
  readonly id: string;
  text: string;
  tooltip: unknown;
  backgroundColor: unknown;
  accessibilityInformation: unknown;
  isDisposed: boolean;
}

export interface FakeTextEditor {
  readonly document: { readonly uri: { toString(): string } };
  selection: { readonly active: { readonly line: number } };
}

export interface FakeLensProvider {
  provideCodeLenses(document: { readonly uri: unknown }): readonly FakeLens[];
}

interface FakeLens {
  readonly range: { readonly start: { readonly line: number } };
  readonly command: {
    readonly title: string;
    readonly tooltip?: string;
    readonly arguments?: unknown[];
  };
}

/** A text document with `\n` lines. */
export class FakeDocument {
  readonly uri: string;
  encoding = "utf8";
  version = 1;
  #text: string;

  constructor(uri: string, text: string) {
    this.uri = uri;
    this.#text = text;
  }

  getText(): string {
    return this.#text;
  }

  /** The user, or a program, changes the document. */
  change(text: string): void {
    this.#text = text;
    this.version++;
  }

  /** Line and character of the end. */
  end(): { readonly line: number; readonly character: number } {
    const lines = this.#text.split("\n");
    return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  }

  offsetAt({ line, character }: { readonly line: number; readonly character: number }): number {
    const before = this.#text.split("\n").slice(0, line);
    return before.reduce((sum, text) => sum + text.length + 1, 0) + character;
  }
}

export const fakeEditor = new FakeEditor();
