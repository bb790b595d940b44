/**
 * The part of the `vscode` module that the host's code uses in unit tests; vitest puts it in place of the
 * real one. What it shows and what was done to it is in `fakeEditor`.
 */
import { fakeEditor } from "./fakeEditor";
import type { FakeLensProvider, FakeStatusItem } from "./fakeEditor";
import type { asTextDocument } from "./fakeWorkspace";
import { Selection, UIKind, Uri } from "./vscodeTypes";
import type { Range } from "./vscodeTypes";

export { workspace } from "./fakeWorkspace";
export {
  Uri,
  Position,
  Range,
  Selection,
  StatusBarAlignment,
  MarkdownString,
  ThemeColor,
  CodeLens,
  WorkspaceEdit,
  EventEmitter,
  TabInputTextDiff,
  ConfigurationTarget,
  UIKind,
  ThemeIcon,
  TabInputText,
  FilePermission,
  FileType,
  SymbolKind,
  CodeActionKind,
  CodeAction,
  CodeActionTriggerKind,
  EndOfLine,
  DecorationRangeBehavior,
  OverviewRulerLane,
  TextEditorRevealType,
  QuickPickItemKind,
  ProgressLocation,
  ViewColumn,
} from "./vscodeTypes";

export const l10n = {
  t(message: string, ...values: readonly (string | number)[]): string {
    return message.replace(/\{(\d+)\}/g, (_all, index: string) => String(values[Number(index)]));
  },
};

export const version = "1.106.0";

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

export const languages = {
  getLanguages: () => Promise.resolve(["plaintext", "typescript"]),
  registerCodeLensProvider(_selector: unknown, provider: FakeLensProvider) {
    fakeEditor.lensProvider = provider;
    return { dispose() {} };
  },
  setTextDocumentLanguage: (document: unknown) => Promise.resolve(document),
};

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

function chosenFile(): Uri | undefined {
  return fakeEditor.chosenFile === undefined ? undefined : Uri.parse(fakeEditor.chosenFile);
}
