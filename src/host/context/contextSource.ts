import type { Uri } from "vscode";
import type { ContextItem } from "../../core/context/contextItem";
import type { LineRange, TextChange } from "../../core/context/shiftLines";
import type { Result } from "../../core/dispatch/failure";

/** Where an item comes from, so that it can be read again when it is sent. */
export interface ContextSource {
  read(): Promise<Result<ContextItem>>;
  /** The document or folder that it is about; when that changes, it is read again. */
  readonly uri?: Uri;
  /** Read again whenever a file is saved. */
  readonly followsSaves?: boolean;
  /** What the item does not contain but is needed to restore the source after a reload. */
  about?(): { readonly lines?: LineRange; readonly near?: string };
  /** Adjusts its lines to a change of the document. */
  shift?(change: TextChange): void;
}

/** An item that never changes: a command's output, a picture. */
export function fixedSource(item: ContextItem): ContextSource {
  return { read: () => Promise.resolve({ ok: true, value: item }) };
}
