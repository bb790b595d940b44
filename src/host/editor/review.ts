import type { Disposable, Event } from "vscode";
import type { AnswerTurn } from "../../core/chat/conversation";
import type { CodeExcerpt } from "../../core/context/codeExcerpt";
import type { Result } from "../../core/dispatch/failure";
import type { ProposedFile, ProposeFiles } from "./proposal";
import type { AnswerText } from "./repairEdit";
import type { ShownChange } from "./reviewDesk";
import type { ConflictChoice } from "./undoHistory";

export type ReviewState =
  | { readonly kind: "reviewing" }
  /** How many of its changes were applied. */
  | { readonly kind: "accepted"; readonly changes: number; readonly of: number }
  | { readonly kind: "rejected" };

/** Shows an answer's edit and applies what the user accepts of it. One at a time. */
export interface Review extends Disposable {
  readonly onDidChange: Event<string>;
  stateOf(answerId: string): ReviewState | undefined;
  /** What can be decided on; empty while nothing is under review. */
  changes(): readonly ShownChange[];
  open(answer: AnswerTurn, offered: readonly CodeExcerpt[]): Promise<Result<void>>;
  /** The same for a part of an answer, as one of its blocks, which may be worked out in a way of its own. */
  openPart(
    part: AnswerText,
    offered: readonly CodeExcerpt[],
    propose: ProposeFiles,
  ): Promise<Result<void>>;
  /** Opens again what was opened last, against the files as they are now. */
  openAgain(): Promise<Result<void>>;
  /**
   * Decides on one change, by its id, or on all of an answer's; without an id on that at the cursor, or on the only one.
   * With the last decision everything accepted is applied, or nothing.
   */
  accept(id?: string): Promise<Result<void>>;
  reject(id?: string): Promise<Result<void>>;
}

/** What else the commands of a review do. */
export interface ReviewDesk extends Review {
  /** All that is open, or all of one file. Guarded files are only accepted by themselves. */
  acceptAll(path?: string): Promise<Result<void>>;
  /** All, including what was accepted before: nothing of the edit is written. */
  rejectAll(path?: string): Promise<Result<void>>;
  goTo(where: "next" | "previous" | "nextFile"): Promise<Result<void>>;
  showDiff(path?: string): Promise<Result<void>>;
  showAllDiffs(): Promise<Result<void>>;
  /** Shows what an answer's edit is so far; nothing can be decided on. */
  preview(answerId: string, files: readonly ProposedFile[]): Promise<void>;
  /** A preview whose answer brought no edit after all. */
  endPreview(answerId: string): Promise<void>;
  undoLast(choice: ConflictChoice): Promise<Result<void>>;
  /** Asks once for the parts of an answer's edit that did not fit, and shows the whole edit then. */
  repair(answerId?: string): Promise<Result<void>>;
}
