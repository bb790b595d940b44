import type { Disposable, Event, Uri } from "vscode";
import type { ContextItem, DiffScope, InstructionsItem } from "../../core/context/contextItem";
import type { Failure } from "../../core/dispatch/failure";

/** What the next message will carry, as chips. What is collected is what the chips show. */
export interface ContextBoard extends Disposable {
  /** Chips came, went, or changed their text or tokens. */
  readonly onDidChange: Event<void>;
  /** In the order in which they are sent; instructions first. */
  chips(): readonly ContextChip[];
  /** What the chips show, in their order, with nothing read anew: for estimates while the user types. */
  items(): readonly ContextItem[];
  switches(): ContextSwitches;
  /** Puts the chips that the user had added before a reload back; their texts are read when they are looked at. */
  restore(): void;
  /** Reads what is asked for, without putting it on the board. */
  read(request: ContextRequest): Promise<CollectedContext>;
  /** Reads what is asked for and puts it on the board; what is there already is read anew. */
  add(request: ContextRequest): Promise<ContextAdded>;
  /** Takes a chip off. The automatic one and the instructions are switched off by it, and stay off. */
  remove(id: string): Promise<void>;
  /** Remembered for the workspace. */
  setAutomatic(on: boolean): Promise<void>;
  setInstructions(on: boolean): Promise<void>;
  /** The user's wishes and the notes of the project that `near` is of, for a command on code; undefined when off. */
  instructionsFor(near: Uri): Promise<InstructionsItem | undefined>;
  /** Reads everything once more, unsaved text included: what is to be sent now. */
  collect(): Promise<CollectedContext>;
  /** The chips that the user added have gone with a message; the automatic one and the instructions stay. */
  clear(): void;
}

export interface ContextChip {
  /** Opaque, at most 64 characters; the same as long as the chip means the same thing. */
  readonly id: string;
  readonly kind: ContextItem["kind"];
  readonly label: string;
  /** Follows the editor by itself. */
  readonly automatic: boolean;
  /** Absent while they are being counted. */
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
  /** Why nothing goes along by itself whatever the switches say, in words: a workspace that is not trusted. */
  readonly blocked?: string;
}

/** What can be asked for. Everything in it may come from a webview, and is checked here. */
export type ContextRequest =
  /** `{uri, range}` as commands take it, else the active editor's selection. */
  | { readonly kind: "selection"; readonly target?: unknown }
  /** A path that `searchFiles` gave. */
  | { readonly kind: "path"; readonly path: string }
  /** `text/uri-list`, as a drop gives it. */
  | { readonly kind: "drop"; readonly uriList: string }
  /** Of the selected lines where there are any, else of the active file. */
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
  /** What could not be added. `stopped`: the user said no to a question. */
  readonly failures: readonly Failure[];
}

export interface CollectedContext {
  readonly items: readonly ContextItem[];
  /** What is on a chip and can no longer be read. Nothing should be sent before the user has seen them. */
  readonly failures: readonly Failure[];
}
