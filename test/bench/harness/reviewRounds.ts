import { writeFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { commands, Uri, workspace } from "vscode";
import type { AnswerTurn } from "../../../src/core/chat/conversation";
import type { CodeExcerpt } from "../../../src/core/context/codeExcerpt";
import { proposeText } from "../../../src/host/editor/proposal";
import { reviewScheme } from "../../../src/host/editor/proposalDocuments";
import { createReview } from "../../../src/host/editor/createReview";
import type { ReviewDesk } from "../../../src/host/editor/review";
import { editAnswer } from "../../fakes/editAnswer";
import { MemoryAppliedEdits } from "../../fakes/memoryAppliedEdits";
import { MemoryState } from "../../fakes/memoryState";
import { ANSWER, FILE, GROWING, ROUNDS } from "./reviewSamples.ts";
import type { ReviewRound } from "./reviewSamples.ts";

/** How long the window colours and measures a document that it has just got. */
const SETTLE_MILLISECONDS = 1_500;

async function measureReviews(): Promise<void> {
  const store = new MemoryAppliedEdits();
  const review = createReview({
    store,
    state: new MemoryState(),
    clock: { now: () => 0 },
    newId: () => "edit",
  });
  const offered = [await excerpt()];
  const rounds: ReviewRound[] = [];
  for (let round = 0; round <= ROUNDS; round++)
    rounds.push(await measureRound(review, offered, round));
  review.dispose();
  // The first one loads what all of them use.
  writeFileSync(process.env["BENCH_REPORT"] ?? "", JSON.stringify(rounds.slice(1)));
}

// The name by which the editor calls it in its extension host.
export { measureReviews as run };

async function measureRound(
  review: ReviewDesk,
  offered: readonly CodeExcerpt[],
  round: number,
): Promise<ReviewRound> {
  const coldAnswer = editAnswer(`cold ${round}`, ANSWER);
  const grownAnswer = editAnswer(`grown ${round}`, ANSWER);
  await sleep(SETTLE_MILLISECONDS);
  const trip = await timeOf(() => windowIsDone());
  const worked = await timeOf(() => proposeText(ANSWER, offered, FILE));
  const cold = await timeOf(() => show(review, coldAnswer, offered));
  await review.rejectAll();
  const files = await proposeText(GROWING, offered, FILE);
  if (!files.ok) throw new Error(files.failure.kind);
  await review.preview(grownAnswer.id, files.value);
  await sleep(SETTLE_MILLISECONDS);
  const changed = viewChanged();
  const grown = await timeOf(() => show(review, grownAnswer, offered, changed));
  await review.rejectAll();
  return { cold, grown, worked, trip };
}

async function show(
  review: ReviewDesk,
  answer: AnswerTurn,
  offered: readonly CodeExcerpt[],
  changed?: Promise<void>,
): Promise<void> {
  const opened = await review.open(answer, offered);
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
  await changed;
  await windowIsDone();
}

/** The text of a view that is there already comes some steps after the order, and its colours after that. */
function viewChanged(): Promise<void> {
  return new Promise((resolve) => {
    const listening = workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.scheme !== reviewScheme) return;
      listening.dispose();
      resolve();
    });
  });
}

/** Orders to the window are carried out one after the other: with this one all before it are. */
async function windowIsDone(): Promise<void> {
  await commands.executeCommand("setContext", "groqCoder.bench", true);
}

async function timeOf(act: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await act();
  return performance.now() - started;
}

async function excerpt(): Promise<CodeExcerpt> {
  const [folder] = workspace.workspaceFolders ?? [];
  if (folder === undefined) throw new Error("no folder is open");
  const uri = Uri.joinPath(folder.uri, FILE);
  await workspace.openTextDocument(uri);
  return { uri: uri.toString(), path: FILE, languageId: "", startLine: 1, endLine: 1, text: "" };
}
