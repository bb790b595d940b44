import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hunksBetween, withHunks } from "../../../src/core/edits/hunks";
import { hunkAtLine, mergedView } from "../../../src/core/edits/mergedView";
import type { MergedView } from "../../../src/core/edits/mergedView";
import {
  decideAll,
  decideFile,
  decideHunk,
  openFile,
  openPlaces,
  outcomeOf,
} from "../../../src/core/edits/reviewState";
import type { Decision, FileStep, ReviewFiles } from "../../../src/core/edits/reviewState";

const text = fc
  .array(fc.constantFrom("a", "b", "c", "d", "", "  e"), { maxLength: 12 })
  .chain((lines) =>
    fc.constantFrom("\n", "\r\n").map((ending) => lines.map((line) => line + ending).join("")),
  )
  .chain((whole) => fc.boolean().map((cut) => (cut ? whole.replace(/\r?\n$/, "") : whole)));
const step = fc.constantFrom<FileStep>(
  { kind: "change" },
  { kind: "create" },
  { kind: "delete" },
  { kind: "move", to: "moved.ts" },
);
const files = fc.array(fc.record({ before: text, after: text, step, guarded: fc.boolean() }), {
  minLength: 1,
  maxLength: 3,
});
type Given = typeof files extends fc.Arbitrary<infer T> ? T : never;

function open(given: Given): ReviewFiles {
  return given.map(({ before, after, step: of, guarded }, index) =>
    openFile({
      path: `${index}.ts`,
      step: of,
      before: of.kind === "create" ? "" : before,
      hunks: hunksBetween(of.kind === "create" ? "" : before, of.kind === "delete" ? "" : after),
      guarded,
    }),
  );
}

const acts = fc.array(
  fc.record({
    what: fc.constantFrom("hunk", "file", "all"),
    file: fc.nat(3),
    hunk: fc.nat(8),
    decision: fc.constantFrom<Decision>("accepted", "rejected"),
  }),
  { maxLength: 12 },
);

describe("a review", () => {
  it("makes of each file its base with exactly the accepted hunks, whatever was decided before", () => {
    fc.assert(
      fc.property(files, acts, (given, decisions) => {
        let review = open(given);
        for (const { what, file, hunk, decision } of decisions) {
          if (what === "hunk") review = decideHunk(review, { file, hunk }, decision);
          else if (what === "file") review = decideFile(review, file, decision);
          else review = decideAll(review, decision);
        }
        for (const file of review) {
          const accepted = file.hunks.filter(({ state }) => state === "accepted");
          const expected = withHunks(file.before, accepted);
          const outcome = outcomeOf(file);
          if ("text" in outcome) expect(outcome.text).toBe(expected);
          if (accepted.length === 0) expect(outcome).toEqual({ kind: "none" });
          else expect(outcome.kind).not.toBe("none");
          expect(["none", file.step.kind, "change"]).toContain(outcome.kind);
        }
      }),
    );
  });

  it("all of it is what was proposed, none of it what was there", () => {
    fc.assert(
      fc.property(files, (given) => {
        const review = open(given.map((file) => ({ ...file, guarded: false })));
        const all = decideAll(review, "accepted");
        expect(openPlaces(all)).toEqual([]);
        for (const [index, { before, after, step: of }] of given.entries()) {
          const outcome = all[index] && outcomeOf(all[index]);
          if (of.kind === "delete") expect(outcome).toEqual({ kind: "delete" });
          else if (of.kind === "change" && before === after) expect(outcome?.kind).toBe("none");
          else expect(outcome).toMatchObject({ kind: of.kind, text: after });
        }
        const none = decideAll(all, "rejected");
        expect(none.map(outcomeOf)).toEqual(given.map(() => ({ kind: "none" })));
      }),
    );
  });

  it("accepting all leaves guarded files open, and what was rejected rejected", () => {
    const review = open([
      { before: "a\nb\nc\n", after: "A\nb\nC\n", step: { kind: "change" }, guarded: false },
      { before: "a\n", after: "b\n", step: { kind: "change" }, guarded: true },
    ]);
    const decided = decideAll(decideHunk(review, { file: 0, hunk: 0 }, "rejected"), "accepted");
    expect(openPlaces(decided)).toEqual([{ file: 1, hunk: 0 }]);
    expect(decided[0] && outcomeOf(decided[0])).toEqual({ kind: "change", text: "a\nb\nC\n" });
  });

  it("a move can be refused and its lines be taken, and the other way round", () => {
    const review = open([
      { before: "a\n", after: "b\n", step: { kind: "move", to: "moved.ts" }, guarded: false },
    ]);
    const decide = (move: Decision, lines: Decision) => {
      const half = decideHunk(review, { file: 0, hunk: 0 }, move);
      const [file] = decideHunk(half, { file: 0, hunk: 1 }, lines);
      return file && outcomeOf(file);
    };
    expect(decide("rejected", "accepted")).toEqual({ kind: "change", text: "b\n" });
    expect(decide("accepted", "rejected")).toEqual({ kind: "move", to: "moved.ts", text: "a\n" });
  });

  it("a file without lines can be made and removed", () => {
    const review = open([
      { before: "", after: "", step: { kind: "create" }, guarded: false },
      { before: "", after: "", step: { kind: "delete" }, guarded: false },
    ]);
    expect(decideAll(review, "accepted").map(outcomeOf)).toEqual([
      { kind: "create", text: "" },
      { kind: "delete" },
    ]);
  });
});

describe("the merged view", () => {
  const lines = (whole: string) => whole.replaceAll(/\r\n?/g, "\n").split("\n");

  it("holds both versions, and says which lines are whose", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { hunks } = openFile({
          path: "a",
          step: { kind: "change" },
          before,
          hunks: hunksBetween(before, after),
          guarded: false,
        });
        const view = mergedView(before, hunks);
        const shown = lines(view.text);
        expect(view.lineCount).toBe(shown.length);
        const without = (part: "removed" | "added") =>
          shown.filter(
            (_line, at) =>
              !view.hunks.some((hunk) => hunk[part].start <= at && at < hunk[part].end),
          );
        const plain = (all: readonly string[]) => all.join("\n").replace(/\n+$/, "");
        expect(plain(without("added"))).toBe(plain(lines(before)));
        expect(plain(without("removed"))).toBe(plain(lines(after)));
      }),
    );
  });

  it("of a long file leaves out what is far from any change, and no change", () => {
    fc.assert(
      fc.property(text, text, fc.integer({ min: 0, max: 3 }), (before, after, around) => {
        const hunks = hunksBetween(before, after);
        const whole = mergedView(before, hunks);
        const part = mergedView(before, hunks, around);
        const changedLines = (view: MergedView) =>
          view.hunks.map(({ removed, added }) => lines(view.text).slice(removed.start, added.end));
        expect(changedLines(part)).toEqual(changedLines(whole));
        // Put back, what was left out makes the whole view again.
        const old = lines(before);
        const filled = lines(part.text).flatMap((line) => {
          const [, from, to] = /^⋯ (\d+)–(\d+) ⋯$/.exec(line) ?? [];
          return from === undefined ? [line] : old.slice(Number(from) - 1, Number(to));
        });
        expect(filled.join("\n").trimEnd()).toEqual(lines(whole.text).join("\n").trimEnd());
      }),
    );
  });

  it("says which lines it leaves out", () => {
    const before = Array.from({ length: 30 }, (_, at) => `${at + 1}\n`).join("");
    const after = before.replace("\n15\n", "\nfifteen\n");
    const { text: shown } = mergedView(before, hunksBetween(before, after), 2);
    expect(lines(shown)).toEqual([
      "⋯ 1–12 ⋯",
      "13",
      "14",
      "15",
      "fifteen",
      "16",
      "17",
      "⋯ 18–30 ⋯",
      "",
    ]);
  });

  it("finds the hunk of a line", () => {
    const { hunks } = openFile({
      path: "a",
      step: { kind: "change" },
      before: "a\nb\nc\n",
      hunks: hunksBetween("a\nb\nc\n", "a\nB\nc\nd\n"),
      guarded: false,
    });
    const view = mergedView("a\nb\nc\n", hunks);
    expect(view.text).toBe("a\nb\nB\nc\nd\n");
    expect([0, 1, 2, 3, 4, 5].map((line) => hunkAtLine(view, line))).toEqual([
      undefined,
      0,
      0,
      undefined,
      1,
      undefined,
    ]);
  });
});
