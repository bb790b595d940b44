import type { Disposable, Event, Uri } from "vscode";
import type { ContextItem, DiffScope, InstructionsItem } from "../../core/context/contextItem";
import type { Failure } from "../../core/dispatch/failure";

/** The context of the next message, as chips. What is collected is what the chips show. */
export interface ContextBoard extends Disposable {
  /** Chips were added or removed, or their text or tokens changed. */
  readonly onDidChange: Event<void>;
  /** In the order in which they are sent; instructions first. */
  chips(): readonly ContextChip[];
  /** The items of the chips, in their order, without reading them again: for estimates while the user types. */
  items(): readonly ContextItem[];
  switches(): ContextSwitches;
  /** Restores the chips that the user had added before a reload; their texts are read when they are looked at. */
  restore(): void;
  /** Reads what is asked for without adding it to the board. */
  read(request: ContextRequest): Promise<CollectedContext>;
  /** Reads what is asked for and adds it to the board; an item that is there already is read again. */
  add(request: ContextRequest): Promise<ContextAdded>;
  /** Removes a chip. Removing the automatic one or the instructions switches them off for good. */
  remove(id: string): Promise<void>;
  /** Remembered for the workspace. */
  setAutomatic(on: boolean): Promise<void>;
  setInstructions(on: boolean): Promise<void>;
  /** For a command on code: the user's wishes and the notes of `near`'s project; undefined if switched off. */
  instructionsFor(near: Uri): Promise<InstructionsItem | undefined>;
  /** Reads everything again, unsaved text included, to be sent now. */
  collect(): Promise<CollectedContext>;
  /** Removes the chips that the user added, after they were sent; the automatic one and the instructions stay. */
  clear(): void;
}

export interface ContextChip {
  /** Opaque, at most 64 characters; the same as long as the chip means the same thing. */
  readonly id: string;
  readonly kind: ContextItem["kind"];
  readonly label: string;
  /** It follows the editor. */
  readonly automatic: boolean;
  /** Absent while being counted. */
  readonly tokens?: ChipTokens;
  /** Why the user may not want to send it, in words. */
  readonly warning?: string;
}

export interface ChipTokens {
  readonly count: number;
  /** Counted by the tokenizer, not estimated. */
  readonly exact: boolean;
}

export interface ContextSwitches {
  readonly automatic: boolean;
  readonly instructions: boolean;
  /** Why nothing is sent automatically whatever the switches say: the workspace is not trusted. In words. */
  readonly blocked?: string;
}

/** What can be added. Everything in it may come from a webview, and is checked by the board. */
export type ContextRequest =
  /** `{uri, range}` as commands take it, else the active editor's selection. */
  | { readonly kind: "selection"; readonly target?: unknown }
  /** A path that `searchFiles` gave. */
  | { readonly kind: "path"; readonly path: string }
  /** `text/uri-list`, as a drop gives it. */
  | { readonly kind: "drop"; readonly uriList: string }
  /** Of the selected lines if there are any, else of the active file. */
  | { readonly kind: "problems" }
  | { readonly kind: "gitDiff"; readonly scope: DiffScope }
  | { readonly kind: "terminal" }
  | {
      readonly kind: "image";
      readonly name: string;
      readonly mediaType: string;
      /** Base64. */
      readonly data: string;
    };

export interface ContextAdded {
  /** Of the chips that now show what was asked for. */
  readonly ids: readonly string[];
  /** What could not be added, and why. */
  readonly failures: readonly Failure[];
}

export interface CollectedContext {
  readonly items: readonly ContextItem[];
  /** For chips that can no longer be read. Nothing should be sent before the user has seen them. */
  readonly failures: readonly Failure[];
}
