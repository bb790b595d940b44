export const ROUNDS = 9;
const LINES = 10_000;
const HUNKS = 40;

/** What a round in the editor gives, in milliseconds; each until the window has taken the review, with its colours. */
export interface ReviewRound {
  /** Nothing of the edit was shown before the answer was complete. */
  readonly cold: number;
  /** All but the last change was shown while the model wrote, as it is after a command that edits. */
  readonly grown: number;
  /** Reading the answer and working out what it makes of the file: what both of them begin with. */
  readonly worked: number;
  /** One order to the window and back. */
  readonly trip: number;
}

/** The name of the file that is edited, in the workspace. */
export const FILE = "values.ts";

const line = (at: number) => `const value${at} = ${at};`;

export const FILE_TEXT = Array.from({ length: LINES }, (_, at) => `${line(at)}\n`).join("");

const hunks = Array.from({ length: HUNKS }, (_, index) => {
  const at = index * (LINES / HUNKS) + 10;
  return `@@\n ${line(at - 1)}\n-${line(at)}\n+const changed${at} = ${at};\n ${line(at + 1)}`;
});

/** An edit all over the file. */
export const ANSWER = patch(hunks);
/** The same, before its last change. */
export const GROWING = patch(hunks.slice(0, -1));

function patch(some: readonly string[]): string {
  return `*** Begin Patch\n*** Update File: ${FILE}\n${some.join("\n")}\n*** End Patch`;
}
