import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../src/core/edits/applyEdits";
import type { Edit } from "../../../src/core/edits/edit";
import { hunksBetween, withHunks } from "../../../src/core/edits/hunks";
import { parseEdits } from "../../../src/core/edits/parseEdits";
import { damagedEditFor, judge, realSources } from "../../bench/edits/damagedEdits";
import { fuzzOnce } from "../../bench/edits/editFuzz";

const parameters = { numRuns: 300 };

const sources = realSources(20);
const anySeed = fc.integer({ min: 0, max: 2 ** 31 });
/** Texts of few different lines, so that they repeat and resemble each other. */
const text = fc
  .array(fc.constantFrom("", "a", "  a", "b ", "b", "call(1);", "call(2);", "“q”", "}", "\uFEFF"), {
    maxLength: 12,
  })
  .chain((lines) => fc.constantFrom("\n", "\r\n", "\r").map((ending) => lines.join(ending)));

describe("whatever the text", () => {
  test("parsing does not throw and gives edits or problems", () => {
    const property = fc.property(
      fc.oneof(fc.string({ unit: "binary", maxLength: 400 }), text),
      (answer) => {
        const { edits, problems } = parseEdits(answer, { defaultPath: "a.ts" });
        expect(edits.length > 0).toBe(problems.length === 0);
      },
    );
    fc.assert(property, parameters);
  });

  test("replacing does not throw, and keeps all but the searched lines", () => {
    const property = fc.property(
      text,
      text,
      text,
      fc.boolean(),
      (file, search, replacement, all) => {
        const edit: Edit = { kind: "replace", path: "a.ts", search, replacement, all };
        const { documents, problems } = applyEdits([edit], new Map([["a.ts", file]]));
        if (problems.length > 0) expect(documents.size).toBe(0);
        const removed = hunksBetween(file, documents.get("a.ts") ?? file).flatMap(
          (hunk) => hunk.removed,
        );
        // One more: the line before a deleted end of the file gives up its line ending.
        const most = search.split(/\r\n|\r|\n/).length + 1;
        if (!all) expect(removed.length).toBeLessThanOrEqual(most);
      },
    );
    fc.assert(property, parameters);
  });

  test("hunks add up", () => {
    const property = fc.property(text, text, (before, after) => {
      expect(withHunks(before, hunksBetween(before, after))).toBe(after);
      expect(withHunks(before, [])).toBe(before);
    });
    fc.assert(property, parameters);
  });

  test("broken answers keep every promise", () => {
    const property = fc.property(anySeed, (made) => {
      expect(["applied", "refused"]).toContain(fuzzOnce(sources, made));
    });
    fc.assert(property, parameters);
  });
});

test("damaged edits of real files go to the right place or are refused", () => {
  const property = fc.property(anySeed, (made) => {
    expect(judge(damagedEditFor(sources, made))).not.toBe("wrong");
  });
  fc.assert(property, parameters);
});
