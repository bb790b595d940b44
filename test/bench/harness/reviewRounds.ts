import { writeFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { commands, Uri, workspace } from "vscode";
import type { AnswerTurn } from "../../../src/core/chat/conversation";
import type { CodeExcerpt } from "../../../src/core/context/codeExcerpt";
import { proposeText } from "../../../src/host/editor/proposal";
import { createReview } from "../../../src/host/editor/review";
import type { ReviewDesk } from "../../../src/host/editor/review";
import { editAnswer } from "../../fakes/editAnswer";
import { MemoryAppliedEdits } from "../../fakes/memoryAppliedEdits";
import { ANSWER, FILE, GROWING, ROUNDS } from "./reviewSamples.ts";
import type { ReviewTimes } from "./reviewSamples.ts";

async function measureReviews(): Promise<void> {
  const store = new MemoryAppliedEdits();
  const review = createReview({ store, clock: { now: () => 0 }, newId: () => "edit" });
  const offered = [await excerpt()];
  const cold: number[] = [];
  const grown: number[] = [];
  // The first one loads what all of them use.
  for (let round = 0; round <= ROUNDS; round++) {
    const opened = await timeToShow(review, editAnswer(`cold ${round}`, ANSWER), offered);
    await review.rejectAll();
    const files = await proposeText(GROWING, offered, FILE);
    if (!files.ok) throw new Error(files.failure.kind);
    await review.preview(`grown ${round}`, files.value);
    const finished = await timeToShow(review, editAnswer(`grown ${round}`, ANSWER), offered);
    await review.rejectAll();
    if (round > 0) {
      cold.push(opened);
      grown.push(finished);
    }
  }
  review.dispose();
  const times: ReviewTimes = { cold, grown };
  writeFileSync(process.env["BENCH_REPORT"] ?? "", JSON.stringify(times));
}

// The name by which the editor calls it in its extension host.
export { measureReviews as run };

/** Milliseconds from the complete answer until the window has taken the review, with its colours. */
async function timeToShow(
  review: ReviewDesk,
  turn: AnswerTurn,
  offered: readonly CodeExcerpt[],
): Promise<number> {
  const started = performance.now();
  const opened = await review.open(turn, offered);
  // Orders to the window are carried out one after the other: with this one the colours are there, too.
  await commands.executeCommand("setContext", "groqCoder.bench", turn.id);
  const took = performance.now() - started;
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
  return took;
}

async function excerpt(): Promise<CodeExcerpt> {
  const [folder] = workspace.workspaceFolders ?? [];
  if (folder === undefined) throw new Error("no folder is open");
  const uri = Uri.joinPath(folder.uri, FILE);
  await workspace.openTextDocument(uri);
  return { uri: uri.toString(), path: FILE, languageId: "", startLine: 1, endLine: 1, text: "" };
}
