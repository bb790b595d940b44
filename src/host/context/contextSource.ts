import type { Uri } from "vscode";
import type { ContextItem } from "../../core/context/contextItem";
import type { LineRange, TextChange } from "../../core/context/shiftLines";
import type { Result } from "../../core/dispatch/failure";

/** Where an item comes from, so that it can be read again: what is sent is what is there then. */
export interface ContextSource {
  read(): Promise<Result<ContextItem>>;
  /** The document or folder that it is about: a change of it is a reason to read again. */
  readonly uri?: Uri;
  /** Read again whenever a file is saved. */
  readonly followsSaves?: boolean;
  /** What of it does not show in its item, for finding it again after a reload. */
  about?(): { readonly lines?: LineRange; readonly near?: string };
  /** Follows its lines through a change of the document. */
  shift?(change: TextChange): void;
}

/** What was true when it was added stays so: a command's output, a picture. */
export function fixedSource(item: ContextItem): ContextSource {
  return { read: () => Promise.resolve({ ok: true, value: item }) };
}
