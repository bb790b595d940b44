import { expect, test } from "vitest";
import type { Edit, PatchHunk } from "../../../src/core/edits/edit";
import type { EditHint } from "../../../src/core/edits/editPath";
import { parseEdits } from "../../../src/core/edits/parseEdits";

export const hunkOf = (lines: string, more: Partial<PatchHunk> = {}): PatchHunk => ({
  lines: lines.split("\n").map((line) => ({
    kind: line.startsWith("+") ? "add" : line.startsWith("-") ? "remove" : "context",
    text: line.slice(1),
  })),
  ...more,
});

export const patchOf = (path: string, lines: string, more: Partial<PatchHunk> = {}): Edit => ({
  kind: "patch",
  path,
  hunks: [hunkOf(lines, more)],
});

export const replace = (path: string, search: string, replacement: string): Edit => ({
  kind: "replace",
  path,
  search,
  replacement,
});

export const wholeFile = (path: string, content: string): Edit => ({
  kind: "write",
  path,
  content,
});

export const v4a = (body: string): string => `*** Begin Patch\n${body}\n*** End Patch`;
export const update = (body: string): string => v4a(`*** Update File: a.ts\n${body}`);
export const block = (search: string, replacement: string): string =>
  `<<<<<<< SEARCH\n${search}=======\n${replacement}>>>>>>> REPLACE`;

/** The edit of most answers. */
export const oneLine = patchOf("a.ts", "-old\n+new");

export type ReadCase = [name: string, answer: string, expected: Edit[], hint?: EditHint];

/** A test for each answer: what is read of it, without a problem. */
export function testReading(cases: readonly ReadCase[]): void {
  test.each(cases)("%s", (_, answer, expected, hint) => {
    const { edits, problems } = parseEdits(answer, hint);
    expect(problems).toEqual([]);
    const plain = JSON.parse(
      JSON.stringify(edits, (key, value: unknown) =>
        key === "carriageReturns" ? undefined : value,
      ),
    ) as unknown;
    expect(plain).toEqual(expected);
  });
}
