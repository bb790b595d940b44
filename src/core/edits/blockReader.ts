import type { Edit, EditProblem } from "./edit";
import type { EditHint } from "./editPath";

/** What a block made of a line: it belongs to it, it was its last one, or the block had ended before it. */
export type LineVerdict = "taken" | "last" | "foreign";

/** Reads one block of an answer (a patch, a search block, …), line by line. */
export interface BlockReader {
  read(line: string): LineVerdict;
  /** The block ends here without its own mark: at its fence, at text that is not its own, with the answer. */
  end(at: "fence" | "text" | "answer"): void;
  /** Whether a fence line is the block's own text and so does not end it. */
  readonly holdsFences: boolean;
  readonly open: OpenEdit;
}

/** A block that is still being written. */
export interface OpenEdit {
  readonly format: "patch" | "search" | "diff" | "file" | "call";
  readonly path?: string;
  /** Lines read so far. */
  readonly lineCount: number;
}

/** Where readers leave what they found. */
export interface EditSink {
  readonly hint: EditHint;
  /** Whether the line being read ends in `\r\n`. */
  readonly carriageReturns: boolean;
  add(edit: Edit): void;
  refuse(problem: EditProblem): void;
}
