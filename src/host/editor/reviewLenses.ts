import { CodeLens, EventEmitter, l10n, languages, Range } from "vscode";
import type { Command, Disposable, TextDocument } from "vscode";
import type { EditRisk } from "../../core/edits/editRisk";
import type { ReviewHunk } from "../../core/edits/reviewState";
import { openPlaces } from "../../core/edits/reviewState";
import { reviewScheme } from "./proposalDocuments";
import { hunkId } from "./reviewDesk";
import type { Desk, DeskFile } from "./reviewDesk";
import { riskWords, shortRiskWords } from "./riskWords";

/** The actions above each change, and above the file, for deciding on it. */
export interface ReviewLenses extends Disposable {
  refresh(): void;
}

export function createReviewLenses(current: () => Desk | undefined): ReviewLenses {
  const changed = new EventEmitter<void>();
  const registration = languages.registerCodeLensProvider(
    { scheme: reviewScheme },
    {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: (document) => lensesOf(document, current()),
    },
  );
  return {
    refresh: () => changed.fire(),
    dispose() {
      registration.dispose();
      changed.dispose();
    },
  };
}

function lensesOf({ uri }: Pick<TextDocument, "uri">, desk: Desk | undefined): CodeLens[] {
  const address = uri.toString();
  const index = desk?.files.findIndex((file) => file.uri.toString() === address) ?? -1;
  if (desk === undefined || index < 0) return [];
  const top = fileCommands(desk, index).map((shown) => lens(0, shown));
  if (desk.writing) return top;
  const places = desk.files[index]?.view.hunks ?? [];
  const hunks = desk.decisions[index]?.hunks ?? [];
  if (isWhole(hunks)) return top;
  const ofHunks = hunks.flatMap((hunk, at) => {
    const line = places[at]?.removed.start ?? 0;
    const id = hunkId(desk, { file: index, hunk: at });
    return hunkCommands(hunk, id).map((shown) => lens(line, shown));
  });
  return [...top, ...ofHunks];
}

/** Creating, deleting or moving the file is the only thing to decide on. */
function isWhole(hunks: readonly ReviewHunk[]): boolean {
  return hunks.length === 1 && hunks[0]?.ofFile === true;
}

function lens(line: number, shown: Command): CodeLens {
  return new CodeLens(new Range(line, 0, line, 0), shown);
}

function fileCommands(desk: Desk, index: number): readonly Command[] {
  const file = desk.files[index];
  if (file === undefined) return [];
  const { proposed, risks } = file;
  if (desk.writing) return [said(l10n.t("Writing… {0}", stepWords(proposed, shortPath)))];
  const several = desk.files.length > 1;
  const left = openPlaces(desk.decisions).length;
  const hunks = desk.decisions[index]?.hunks ?? [];
  const [whole] = isWhole(hunks) ? hunks : [];
  return [
    said(l10n.t("{0} · {1} to decide", stepWords(proposed, shortPath), left), stepWords(proposed)),
    ...riskLens(risks),
    ...(whole === undefined ? [] : hunkCommands(whole, hunkId(desk, { file: index, hunk: 0 }))),
    command("acceptAllEdits", l10n.t("Accept all")),
    command("rejectAllEdits", l10n.t("Reject all")),
    ...(several && whole === undefined
      ? [
          command("acceptAllEdits", l10n.t("Accept this file"), proposed.path),
          command("rejectAllEdits", l10n.t("Reject this file"), proposed.path),
        ]
      : []),
    ...(several ? [command("nextEditFile", l10n.t("Next file"))] : []),
    command("showEditDiff", l10n.t("Diff"), proposed.path),
    ...(several ? [command("showAllEditDiffs", l10n.t("All {0} files", desk.files.length))] : []),
  ];
}

/** The file's risks, in a word each, and in sentences in the tooltip. */
function riskLens(risks: readonly EditRisk[]): readonly Command[] {
  if (risks.length === 0) return [];
  return [
    said(`$(warning) ${risks.map(shortRiskWords).join(", ")}`, risks.map(riskWords).join("\n")),
  ];
}

/** `name` gives the words for a path. */
function stepWords(
  proposed: DeskFile["proposed"],
  name: (path: string) => string = (path) => path,
): string {
  switch (proposed.kind) {
    case "change":
      return l10n.t("Edit of {0}", name(proposed.path));
    case "create":
      return l10n.t("New file {0}", name(proposed.path));
    case "delete":
      return l10n.t("Deletes {0}", name(proposed.path));
    case "move":
      return l10n.t("Moves {0} to {1}", name(proposed.path), name(proposed.to.path));
  }
}

/** How many letters of a path fit beside all buttons; its end says most. */
const longestPath = 30;

function shortPath(path: string): string {
  return path.length > longestPath ? `…${path.slice(1 - longestPath).toWellFormed()}` : path;
}

/** A decision can be changed until the last one is made. */
function hunkCommands({ state, ofFile }: ReviewHunk, id: string): readonly Command[] {
  const accept = command("acceptEdit", l10n.t("Accept"), id);
  const reject = command("rejectEdit", l10n.t("Reject"), id);
  const subject = ofFile ? [said(l10n.t("This file:"))] : [];
  switch (state) {
    case "open":
      return [...subject, accept, reject];
    case "accepted":
      return [...subject, said(l10n.t("$(check) Accepted")), reject];
    case "rejected":
      return [...subject, said(l10n.t("$(close) Rejected")), accept];
  }
}

function command(name: string, title: string, argument?: string): Command {
  return {
    title,
    command: `groqCoder.${name}`,
    ...(argument !== undefined && { arguments: [argument] }),
  };
}

/** Words that do nothing. */
function said(title: string, tooltip?: string): Command {
  return { title, command: "", ...(tooltip !== undefined && { tooltip }) };
}
