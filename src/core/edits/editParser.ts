import { createAnswerReader } from "./answerReader";
import type { OpenEdit } from "./blockReader";
import type { Edit, EditProblem } from "./edit";
import type { EditHint } from "./editPath";

/** What a streamed answer holds so far. Its edits stay as they are; only `finish` tells whether to trust them. */
export interface ParseProgress {
  readonly edits: readonly Edit[];
  readonly problems: readonly EditProblem[];
  /** The block that is still being written. */
  readonly open: OpenEdit | undefined;
}

/** Parses an answer while it streams in. The cost is linear in the answer, however it is cut. */
export interface EditParser {
  push(chunk: string): ParseProgress;
  /** The answer is complete. No edits are returned when it cannot be trusted whole. Call it once. */
  finish(): { edits: Edit[]; problems: EditProblem[] };
}

export function createEditParser(hint: EditHint = {}): EditParser {
  const reader = createAnswerReader(hint);
  const unfinishedLine: string[] = [];
  return {
    push(chunk) {
      let start = 0;
      for (let end = chunk.indexOf("\n"); end >= 0; end = chunk.indexOf("\n", start)) {
        unfinishedLine.push(chunk.slice(start, end));
        reader.readLine(unfinishedLine.join(""));
        unfinishedLine.length = 0;
        start = end + 1;
      }
      if (start < chunk.length) unfinishedLine.push(chunk.slice(start));
      return { ...reader.soFar, open: reader.open };
    },
    finish() {
      if (unfinishedLine.length > 0) reader.readLine(unfinishedLine.join(""));
      return reader.finish();
    },
  };
}
