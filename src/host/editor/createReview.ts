import { EventEmitter, l10n, workspace } from "vscode";
import type { CodeExcerpt } from "../../core/context/codeExcerpt";
import { fail, succeed } from "../../core/dispatch/failure";
import type { Result } from "../../core/dispatch/failure";
import {
  countAccepted,
  decideAll,
  decideFile,
  decideHunk,
  openPlaces,
} from "../../core/edits/reviewState";
import type { Decision, HunkPlace, ReviewFiles } from "../../core/edits/reviewState";
import type { EditorState } from "../editorState";
import { applyAccepted } from "./applyFiles";
import { confirmRisks } from "./confirmRisks";
import { refuseReadOnly } from "./filePlace";
import { oneAtATime } from "./oneAtATime";
import { proposeFrom } from "./proposal";
import type { ProposedFile, ProposeFiles } from "./proposal";
import { createProposalDocuments, proposalScheme } from "./proposalDocuments";
import type { AnswerText, RepairEdit } from "./repairEdit";
import type { ReviewDesk, ReviewState } from "./review";
import {
  acceptedOf,
  changesOf,
  firstElsewhere,
  isContinued,
  isUnchanged,
  layOut,
  placeFiles,
  placeOf,
} from "./reviewDesk";
import type { Desk, PlacedFile } from "./reviewDesk";
import { createReviewKeys } from "./reviewKeys";
import { createReviewStage } from "./reviewStage";
import { createKeptDecisions } from "./keptDecisions";
import { createUndoHistory } from "./undoHistory";
import type { ConflictChoice, UndoParts } from "./undoHistory";
import { withStop } from "./withStop";

export interface ReviewParts extends UndoParts {
  /** What the window remembers over a reload. */
  readonly state: EditorState;
}

/** Without `repairs` an edit that does not fit is only refused. */
export function createReview(parts: ReviewParts, repairs?: RepairEdit): ReviewDesk {
  const sides = createProposalDocuments(proposalScheme);
  const changed = new EventEmitter<string>();
  const states = new Map<string, ReviewState>();
  const history = createUndoHistory(parts, sides);
  const kept = createKeptDecisions(parts.state);
  // Two presses of a button are two actions: the second must find what the first has left.
  const inTurn = oneAtATime();
  let openLast = nothingOpened;
  let desk: Desk | undefined;
  const letKeysWork = createReviewKeys();
  const stage = createReviewStage(() => desk, sides);

  function lay(answerId: string, files: readonly PlacedFile[], writing: boolean): Desk {
    return layOut(answerId, files, {
      writing,
      show: (file, text) => stage.put(answerId, file, text),
    });
  }

  async function close(closed: Desk): Promise<void> {
    desk = undefined;
    states.delete(closed.answerId);
    letKeysWork(false);
    await stage.clear(closed);
    changed.fire(closed.answerId);
  }

  async function settle(settled: Desk, state: ReviewState): Promise<void> {
    kept.forget(settled);
    await close(settled);
    states.set(settled.answerId, state);
    changed.fire(settled.answerId);
  }

  async function endPreview(answerId: string): Promise<void> {
    if (desk?.answerId === answerId && desk.writing) await close(desk);
  }

  async function show(answerId: string, files: readonly ProposedFile[]): Promise<Result<void>> {
    const [placed, ...refusals] = await Promise.all([
      placeFiles(files),
      ...files.map(({ kind, uri, path }) =>
        kind === "create" ? undefined : refuseReadOnly(uri, path),
      ),
    ]);
    const readOnly = refusals.find((refusal) => refusal !== undefined);
    if (readOnly !== undefined) return fail(readOnly);
    const earlier = desk;
    if (earlier !== undefined && isUnchanged(earlier, answerId, files)) {
      // What was decided stays so: only its view is to be seen again.
      await stage.revealNext({ file: -1, hunk: 0 });
      return succeed(undefined);
    }
    if (earlier !== undefined && !isContinued(earlier, answerId, files)) await close(earlier);
    // What grew before the user's eyes stays where they have it.
    const grew = desk?.writing === true;
    desk = kept.recall(lay(answerId, placed, false));
    states.set(answerId, { kind: "reviewing" });
    letKeysWork(true);
    if (grew) stage.redraw();
    else await stage.reveal(openPlaces(desk.decisions)[0] ?? { file: 0, hunk: 0 });
    changed.fire(answerId);
    return succeed(undefined);
  }

  /** Takes a decision over; with the last one what was accepted is applied. */
  async function decide(
    from: Desk,
    decisions: ReviewFiles,
    at: HunkPlace | undefined,
  ): Promise<Result<void>> {
    const decided: Desk = { ...from, decisions };
    desk = decided;
    const [next] = openPlaces(decisions);
    if (next !== undefined) {
      kept.keep(decided);
      stage.redraw();
      await stage.revealNext(at ?? next);
      return succeed(undefined);
    }
    const applied = await finish(decided);
    if (applied.ok) return applied;
    // What could not be applied is still to be decided on.
    desk = from;
    stage.redraw();
    return applied;
  }

  async function finish(decided: Desk): Promise<Result<void>> {
    const accepted = acceptedOf(decided);
    if (accepted.length === 0) {
      await settle(decided, { kind: "rejected" });
      return succeed(undefined);
    }
    if (!workspace.isTrusted) return fail({ kind: "untrustedWorkspace" });
    if (!(await confirmRisks(decided, accepted))) return fail({ kind: "stopped" });
    const moved = await firstElsewhere(decided, accepted);
    if (moved !== undefined) return fail({ kind: "documentChanged", path: moved.path });
    const applied = await applyAccepted(accepted);
    if (!applied.ok) return applied;
    await history.note(decided.answerId, applied.value);
    await settle(decided, { kind: "accepted", ...countAccepted(decided.decisions) });
    await stage.showFirst(accepted);
    return succeed(undefined);
  }

  async function decideOn(id: string | undefined, decision: Decision): Promise<Result<void>> {
    if (desk === undefined || desk.writing) return fail({ kind: "noProposal" });
    const open = openPlaces(desk.decisions);
    if (id === desk.answerId) {
      // One change is decided on as such, so that it may be of a file that is guarded.
      const [only, ...others] = open;
      if (only === undefined || others.length > 0) return decideOnAll(undefined, decision);
      return decide(desk, decideHunk(desk.decisions, only, decision), only);
    }
    const place = id === undefined ? stage.atCursor() : placeOf(desk, id);
    const meant = place ?? (id === undefined && open.length === 1 ? open[0] : undefined);
    if (meant !== undefined)
      return decide(desk, decideHunk(desk.decisions, meant, decision), meant);
    return fail({ kind: id === undefined ? "noChangeAtCursor" : "noProposal" });
  }

  async function decideOnAll(path: string | undefined, decision: Decision): Promise<Result<void>> {
    if (desk === undefined || desk.writing) return fail({ kind: "noProposal" });
    if (path !== undefined) {
      const file = desk.decisions.findIndex((candidate) => candidate.path === path);
      if (file < 0) return fail({ kind: "noProposal" });
      return decide(desk, decideFile(desk.decisions, file, decision), undefined);
    }
    const decisions = decideAll(desk.decisions, decision);
    const decided = await decide(desk, decisions, undefined);
    if (!decided.ok) return decided;
    const left = new Set(openPlaces(decisions).map(({ file }) => decisions[file]?.path ?? ""));
    return left.size === 0 ? decided : fail({ kind: "guardedLeft", paths: [...left] });
  }

  function openAnew(opening: typeof openLast): Promise<Result<void>> {
    openLast = opening;
    return inTurn(opening);
  }

  async function undoLast(choice: ConflictChoice): Promise<Result<void>> {
    const undone = await history.undoLast(choice);
    if (!undone.ok) return undone;
    if (choice !== "differences") {
      states.delete(undone.value);
      changed.fire(undone.value);
    }
    return succeed(undefined);
  }

  async function openFiles(answerId: string, propose: ProposeFiles): Promise<Result<void>> {
    if (!workspace.isTrusted) return fail({ kind: "untrustedWorkspace" });
    // The window has time for it while the edit is worked out. What is pressed meanwhile waits for its turn.
    letKeysWork(true);
    const files = await propose();
    const shown = files.ok ? await show(answerId, files.value) : files;
    if (!shown.ok) await endPreview(answerId);
    letKeysWork(desk !== undefined && !desk.writing);
    return shown;
  }

  async function openRepairable(
    answer: AnswerText,
    offered: readonly CodeExcerpt[],
    propose: ProposeFiles,
  ): Promise<Result<void>> {
    const opened = await openFiles(answer.id, propose);
    if (opened.ok || opened.failure.kind !== "editNotApplicable") return opened;
    const { failure } = opened;
    const offer = await repairs?.offer(answer, offered, failure);
    return fail({ ...failure, ...(offer !== undefined && { repair: offer }) });
  }

  return {
    onDidChange: changed.event,
    stateOf: (answerId) => states.get(answerId),
    changes: () => (desk === undefined || desk.writing ? [] : changesOf(desk)),
    open: (answer, offered) =>
      openAnew(() => openRepairable(answer, offered, () => proposeFrom(answer, offered))),
    openPart: (part, offered, propose) => openAnew(() => openRepairable(part, offered, propose)),
    openAgain: () => openAnew(openLast),
    accept: (id) => inTurn(() => decideOn(id, "accepted")),
    reject: (id) => inTurn(() => decideOn(id, "rejected")),
    acceptAll: (path) => inTurn(() => decideOnAll(path, "accepted")),
    rejectAll: (path) => inTurn(() => decideOnAll(path, "rejected")),
    goTo: (where) => stage.goTo(where),
    showDiff: (path) => stage.showDiff(path),
    showAllDiffs: () => stage.showAllDiffs(),
    async preview(answerId, files) {
      if (!workspace.isTrusted || files.length === 0) return;
      const placed = await placeFiles(files);
      // What the user is deciding on stays before them.
      if (desk !== undefined && (desk.answerId !== answerId || !desk.writing)) return;
      const isNew = desk === undefined;
      desk = lay(answerId, placed, true);
      if (isNew) await stage.reveal({ file: 0, hunk: 0 });
      else stage.redraw();
    },
    endPreview,
    undoLast: (choice) => inTurn(() => undoLast(choice)),
    async repair(answerId) {
      if (repairs === undefined || answerId === undefined) return fail({ kind: "noEdit" });
      if (!workspace.isTrusted) return fail({ kind: "untrustedWorkspace" });
      const repaired = await withStop(l10n.t("Repairing the edit…"), (signal) =>
        repairs.run(answerId, signal),
      );
      if (!repaired.ok) return repaired;
      return openAnew(() => openFiles(answerId, repaired.value));
    },
    dispose() {
      history.dispose();
      stage.dispose();
      sides.dispose();
      changed.dispose();
    },
  };
}

function nothingOpened(): Promise<Result<void>> {
  return Promise.resolve(fail({ kind: "noProposal" }));
}
