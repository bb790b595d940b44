import {
  commands,
  l10n,
  languages,
  Range,
  Selection,
  TabInputText,
  TextEditorRevealType,
  ViewColumn,
  window,
  workspace,
} from "vscode";
import type { Disposable, TextDocument, Uri } from "vscode";
import { fail, succeed } from "../../core/dispatch/failure";
import type { Result } from "../../core/dispatch/failure";
import { hunkAtLine } from "../../core/edits/mergedView";
import { openPlaces } from "../../core/edits/reviewState";
import type { HunkPlace } from "../../core/edits/reviewState";
import type { AcceptedFile } from "./applyFiles";
import { openOrNone } from "./openFiles";
import type { ProposedFile } from "./proposal";
import { createProposalDocuments, isMadeUp, reviewScheme } from "./proposalDocuments";
import type { ProposalDocuments } from "./proposalDocuments";
import { createReviewDecorations } from "./reviewDecorations";
import { afterOf, beforeOf } from "./reviewDesk";
import type { Desk, DeskFile } from "./reviewDesk";
import { createReviewLenses } from "./reviewLenses";
import { allChangesTitle, closeReviewTabs } from "./reviewTabs";

/** What shows a review: its documents, their colours and actions, the cursor, the diffs beside. */
export interface ReviewStage extends Disposable {
  put(answerId: string, file: ProposedFile, text: string): Uri;
  redraw(): void;
  /** Opens the file and puts the cursor on the change. */
  reveal(place: HunkPlace): Promise<void>;
  /** The same for the open change that comes after a place. */
  revealNext(after: HunkPlace): Promise<void>;
  /** The change that the cursor is in. */
  atCursor(): HunkPlace | undefined;
  goTo(where: "next" | "previous" | "nextFile"): Promise<Result<void>>;
  showDiff(path?: string): Promise<Result<void>>;
  showAllDiffs(): Promise<Result<void>>;
  /** Shows the first file that is still there after it was applied. */
  showFirst(applied: readonly AcceptedFile[]): Promise<void>;
  clear(desk: Desk): Promise<void>;
}

export function createReviewStage(
  current: () => Desk | undefined,
  sides: ProposalDocuments,
): ReviewStage {
  const views = createProposalDocuments(reviewScheme);
  const decorations = createReviewDecorations();
  const lenses = createReviewLenses(current);
  const draw = () => {
    const desk = current();
    if (desk !== undefined) decorations.draw(desk);
  };
  const following = [
    window.onDidChangeVisibleTextEditors(draw),
    // The changed text of a view arrives after the order to draw it.
    workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.scheme === reviewScheme) draw();
    }),
  ];

  async function reveal({ file, hunk }: HunkPlace): Promise<void> {
    const shown = current()?.files[file];
    if (shown === undefined) return;
    const { proposed, uri, view } = shown;
    const document = await openView(shown);
    const line = view.hunks[hunk]?.removed.start ?? 0;
    const range = new Range(line, 0, line, 0);
    const editor = await window.showTextDocument(document, {
      preview: false,
      viewColumn: columnOf(uri) ?? columnOf(proposed.uri) ?? ViewColumn.Active,
      selection: range,
    });
    editor.selection = new Selection(line, 0, line, 0);
    editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
    draw();
    lenses.refresh();
  }

  function atCursor(): HunkPlace | undefined {
    const editor = window.activeTextEditor;
    const address = editor?.document.uri.toString();
    const file = current()?.files.findIndex(({ uri }) => uri.toString() === address) ?? -1;
    const view = current()?.files[file]?.view;
    if (editor === undefined || view === undefined) return undefined;
    const hunk = hunkAtLine(view, editor.selection.active.line);
    return hunk === undefined ? undefined : { file, hunk };
  }

  async function goTo(where: "next" | "previous" | "nextFile"): Promise<Result<void>> {
    const desk = current();
    if (desk === undefined) return fail({ kind: "noProposal" });
    const here = cursorPlace(desk);
    if (where === "nextFile") {
      const next = (here.file + 1) % desk.files.length;
      const open = openPlaces(desk.decisions).find(({ file }) => file === next);
      await reveal(open ?? { file: next, hunk: 0 });
      return succeed(undefined);
    }
    const all = desk.decisions.flatMap(({ hunks }, file) =>
      hunks.map((_hunk, hunk): HunkPlace => ({ file, hunk })),
    );
    const target =
      where === "next"
        ? (all.find((place) => isAfter(place, here)) ?? all[0])
        : (all.findLast((place) => isAfter(here, place)) ?? all.at(-1));
    if (target !== undefined) await reveal(target);
    return succeed(undefined);
  }

  async function showDiff(path: string | undefined): Promise<Result<void>> {
    const desk = current();
    const wanted = desk?.files.find(({ proposed }) => proposed.path === path);
    const file = wanted ?? (desk && desk.files[cursorPlace(desk).file]);
    if (desk === undefined || file === undefined) return fail({ kind: "noProposal" });
    const [label, left, right] = sidesOf(desk, file.proposed);
    const title = l10n.t("{0}: diff of the edit", label.path);
    const options = { preview: false, viewColumn: ViewColumn.Beside, preserveFocus: true };
    await commands.executeCommand("vscode.diff", left, right, title, options);
    return succeed(undefined);
  }

  async function showAllDiffs(): Promise<Result<void>> {
    const desk = current();
    if (desk === undefined) return fail({ kind: "noProposal" });
    const rows = desk.files.map(({ proposed }) => {
      const [label, left, right] = sidesOf(desk, proposed);
      return [
        label.uri,
        proposed.kind === "create" ? undefined : left,
        proposed.kind === "delete" ? undefined : right,
      ];
    });
    await commands.executeCommand("vscode.changes", allChangesTitle(), rows);
    return succeed(undefined);
  }

  /** Both sides as they were shown, whatever happens to the file meanwhile. */
  function sidesOf({ answerId }: Desk, file: ProposedFile) {
    const name = file.kind === "move" ? file.to : file;
    return [
      name,
      sides.put(earlierId(answerId), file.path, beforeOf(file)),
      sides.put(answerId, name.path, afterOf(file)),
    ] as const;
  }

  return {
    put: (answerId, file, text) =>
      views.put(answerId, l10n.t("{0}: proposed edit", file.path), text),
    redraw() {
      draw();
      lenses.refresh();
    },
    reveal,
    async revealNext(after) {
      const open = openPlaces(current()?.decisions ?? []);
      const next = open.find((place) => isAfter(place, after)) ?? open[0];
      if (next !== undefined) await reveal(next);
    },
    atCursor,
    goTo,
    showDiff,
    showAllDiffs,
    async showFirst(applied) {
      for (const { file, outcome } of applied) {
        if (outcome.kind === "delete") continue;
        const uri = file.kind === "move" && outcome.kind === "move" ? file.to.uri : file.uri;
        const document = await openOrNone(uri);
        if (document === undefined) continue;
        await window.showTextDocument(document, { viewColumn: columnOf(uri) ?? ViewColumn.Active });
        return;
      }
    },
    async clear(desk) {
      const addresses = new Set(desk.files.map(({ uri }) => uri.toString()));
      await closeReviewTabs(
        (shown) =>
          addresses.has(shown.toString()) || (isMadeUp(shown) && shown.query === desk.answerId),
      );
      views.remove(desk.answerId);
      sides.remove(desk.answerId);
      sides.remove(earlierId(desk.answerId));
      lenses.refresh();
    },
    dispose() {
      for (const one of following) one.dispose();
      decorations.dispose();
      lenses.dispose();
      views.dispose();
    },
  };
}

/** The "before" side of a diff; its path is the file's, so that the editor sees one changed file. */
function earlierId(answerId: string): string {
  return `${answerId} before`;
}

function isAfter(one: HunkPlace, other: HunkPlace): boolean {
  return one.file > other.file || (one.file === other.file && one.hunk > other.hunk);
}

/** The view in the file's own language: its name does not end in the file's extension, so the editor cannot tell. */
async function openView({ uri, proposed }: DeskFile): Promise<TextDocument> {
  const [view, source] = await Promise.all([
    workspace.openTextDocument(uri),
    proposed.kind === "create" ? undefined : openOrNone(proposed.uri),
  ]);
  if (source !== undefined && source.languageId !== view.languageId)
    // Not waited for: it is done before the view is shown. A language that is gone leaves plain text.
    languages.setTextDocumentLanguage(view, source.languageId).then(undefined, () => undefined);
  return view;
}

/** The column in which the document is already open, so that nothing covers a chat in a tab. */
function columnOf(uri: Uri): ViewColumn | undefined {
  const address = uri.toString();
  return window.tabGroups.all.find(({ tabs }) =>
    tabs.some(({ input }) => input instanceof TabInputText && input.uri.toString() === address),
  )?.viewColumn;
}

/** The place of the cursor among the changes, also between two of them. */
function cursorPlace(desk: Desk): HunkPlace {
  const editor = window.activeTextEditor;
  const address = editor?.document.uri.toString();
  const file = desk.files.findIndex(({ uri }) => uri.toString() === address);
  const hunks = desk.files[file]?.view.hunks ?? [];
  const line = editor?.selection.active.line ?? 0;
  const hunk = hunks.findLastIndex(({ removed }) => removed.start <= line);
  return { file: Math.max(0, file), hunk };
}
