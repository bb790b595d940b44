import {
  DecorationRangeBehavior,
  l10n,
  OverviewRulerLane,
  Range,
  ThemeColor,
  window,
} from "vscode";
import type { DecorationOptions, Disposable, TextEditorDecorationType } from "vscode";
import type { MergedHunk } from "../../core/edits/mergedView";
import type { ReviewHunk } from "../../core/edits/reviewState";
import { findHidden } from "../../protocol/hiddenCharacters";
import type { Desk } from "./reviewDesk";

/** Colours and strikes through what an edit adds and removes, and makes hidden characters visible. */
export interface ReviewDecorations extends Disposable {
  /** Draws the review in all editors that show it; where the new text has not arrived yet, later. */
  draw(desk: Desk): void;
}

interface Drawn {
  readonly added: Range[];
  readonly removed: Range[];
  /** Lines that will not be in the file because of a decision. */
  readonly dropped: Range[];
  readonly hidden: DecorationOptions[];
}

export function createReviewDecorations(): ReviewDecorations {
  const added = lineType(
    "diffEditor.insertedLineBackground",
    "editorOverviewRuler.addedForeground",
  );
  const removed = lineType(
    "diffEditor.removedLineBackground",
    "editorOverviewRuler.deletedForeground",
    { textDecoration: "line-through", opacity: "0.75" },
  );
  const dropped = window.createTextEditorDecorationType({
    textDecoration: "line-through",
    opacity: "0.45",
    isWholeLine: true,
  });
  const hidden = window.createTextEditorDecorationType({
    border: "1px solid",
    borderColor: new ThemeColor("editorUnicodeHighlight.border"),
    backgroundColor: new ThemeColor("editorUnicodeHighlight.background"),
  });
  const types: readonly (readonly [keyof Drawn, TextEditorDecorationType])[] = [
    ["added", added],
    ["removed", removed],
    ["dropped", dropped],
    ["hidden", hidden],
  ];
  return {
    draw(desk) {
      for (const editor of window.visibleTextEditors) {
        const address = editor.document.uri.toString();
        const index = desk.files.findIndex(({ uri }) => uri.toString() === address);
        if (index < 0 || editor.document.lineCount !== desk.files[index]?.view.lineCount) continue;
        const drawn = drawnOf(desk, index);
        for (const [name, type] of types) editor.setDecorations(type, drawn[name]);
      }
    },
    dispose() {
      for (const [, type] of types) type.dispose();
    },
  };
}

function lineType(
  background: string,
  ruler: string,
  text: { readonly textDecoration?: string; readonly opacity?: string } = {},
): TextEditorDecorationType {
  return window.createTextEditorDecorationType({
    ...text,
    isWholeLine: true,
    backgroundColor: new ThemeColor(background),
    overviewRulerColor: new ThemeColor(ruler),
    overviewRulerLane: OverviewRulerLane.Full,
    rangeBehavior: DecorationRangeBehavior.ClosedClosed,
  });
}

function drawnOf({ files, decisions }: Desk, index: number): Drawn {
  const drawn: Drawn = { added: [], removed: [], dropped: [], hidden: [] };
  const view = files[index]?.view;
  const hunks = decisions[index]?.hunks ?? [];
  for (const [at, place] of (view?.hunks ?? []).entries()) {
    const hunk = hunks[at];
    if (hunk !== undefined) drawHunk(drawn, place, hunk);
  }
  return drawn;
}

function drawHunk(drawn: Drawn, { removed, added }: MergedHunk, hunk: ReviewHunk): void {
  const goes = hunk.state === "accepted" ? drawn.dropped : drawn.removed;
  // The old lines of a rejected change are plain text again.
  if (hunk.state !== "rejected" && removed.end > removed.start) goes.push(linesOf(removed));
  const comes = hunk.state === "rejected" ? drawn.dropped : drawn.added;
  if (added.end > added.start) comes.push(linesOf(added));
  for (const [line, text] of hunk.added.entries()) {
    const at = added.start + line;
    for (const { index, length, codePoint } of findHidden(text)) {
      drawn.hidden.push({
        range: new Range(at, index, at, index + length),
        hoverMessage: l10n.t("Hidden character {0}", codePoint),
        renderOptions: { before: { contentText: codePoint } },
      });
    }
  }
}

/** Whole lines; the editor finds the end of the last one. */
function linesOf({ start, end }: { readonly start: number; readonly end: number }): Range {
  return new Range(start, 0, end - 1, 0);
}
