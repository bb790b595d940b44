import * as fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { StoredLimits } from "../../../src/core/limits/limitStore";
import type { OpenedStore } from "../../fakes/openedStore";
import { useWindows } from "./windows";

// Two windows of one machine.
const windows = useWindows();
let here: OpenedStore;
let there: OpenedStore;
beforeEach(() => {
  here = windows.open();
  there = windows.open();
});

const key = { account: "a1", model: "m1" };

function limits(version: number, given: Partial<StoredLimits> = {}): StoredLimits {
  return {
    version,
    state: `state ${version}`,
    savedAtMs: 1_795_176_000_000.5,
    savedAtMonotonicMs: 12.25,
    ...given,
  };
}

describe("limits are shared by compare and swap", () => {
  it("what one window writes the other reads, exactly", () => {
    expect(here.loadLimits(key)).toBeUndefined();
    expect(here.replaceLimits(key, limits(1))).toBeUndefined();
    expect(there.loadLimits(key)).toEqual(limits(1));
    expect(there.replaceLimits(key, limits(2))).toBeUndefined();
    expect(here.loadLimits(key)).toEqual(limits(2));
  });

  it("who comes second writes nothing, and is given what is there", () => {
    here.replaceLimits(key, limits(1));
    here.replaceLimits(key, limits(2));
    const late = limits(2, { state: "late" });
    expect(there.replaceLimits(key, late)).toEqual(limits(2));
    expect(there.replaceLimits(key, limits(4))).toEqual(limits(2));
    expect(here.loadLimits(key)).toEqual(limits(2));
  });

  it("where none is stored any version is the first", () => {
    expect(here.replaceLimits(key, limits(9))).toBeUndefined();
    expect(there.loadLimits(key)).toEqual(limits(9));
  });

  it("the same write twice is one", () => {
    here.replaceLimits(key, limits(1));
    expect(here.replaceLimits(key, limits(1))).toBeUndefined();
  });

  it("accounts and models are apart", () => {
    here.replaceLimits(key, limits(1));
    expect(here.loadLimits({ ...key, model: "m2" })).toBeUndefined();
    expect(here.loadLimits({ ...key, account: "a2" })).toBeUndefined();
  });
});

describe("accounts that are one organisation", () => {
  const other = { account: "a2", model: "m1" };

  it("share the rows from then on, under either name", () => {
    here.replaceLimits(key, limits(3));
    here.mergeAccounts("a1", "a2");
    expect(there.loadLimits(key)).toEqual(limits(3));
    expect(there.loadLimits(other)).toEqual(limits(3));
    expect(there.replaceLimits(key, limits(4))).toBeUndefined();
    expect(here.loadLimits(other)).toEqual(limits(4));
  });

  it.each([
    ["the first", 20, 10],
    ["the second", 10, 20],
  ])("keep what was written last: %s", (_name, firstAtMs, secondAtMs) => {
    here.replaceLimits(key, limits(5, { state: "first", savedAtMs: firstAtMs }));
    here.replaceLimits(other, limits(2, { state: "second", savedAtMs: secondAtMs }));
    here.mergeAccounts("a1", "a2");
    const state = firstAtMs > secondAtMs ? "first" : "second";
    // No window can take it for the row that it knew.
    expect(here.loadLimits(key)).toMatchObject({ state, version: 6 });
    expect(here.replaceLimits(other, limits(3))).toMatchObject({ state });
    expect(here.replaceLimits(key, limits(6))).toMatchObject({ state });
  });

  it("may be merged again, in circles and in chains", () => {
    here.replaceLimits(key, limits(1));
    here.mergeAccounts("a1", "a2");
    here.mergeAccounts("a2", "a1");
    here.mergeAccounts("a1", "a1");
    here.mergeAccounts("a2", "a3");
    here.mergeAccounts("a4", "a1");
    for (const account of ["a1", "a2", "a3", "a4"])
      expect(there.loadLimits({ ...key, account })).toEqual(limits(1));
  });

  it("whatever is merged in whatever order, all names of one organisation read the same", () => {
    const account = fc.integer({ min: 0, max: 4 }).map((number) => `n${number}`);
    let round = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(account, account), { maxLength: 6 }), (merges) => {
        // A model of its own, so that rounds do not meet; the names stay merged.
        const model = `round ${++round}`;
        const name = (given: string) => `${round} ${given}`;
        const groups = new Map<string, Set<string>>();
        const groupOf = (given: string) => groups.get(given) ?? new Set([given]);
        here.replaceLimits({ account: name("n0"), model }, limits(1));
        for (const [one, into] of merges) {
          here.mergeAccounts(name(one), name(into));
          const all = new Set([...groupOf(one), ...groupOf(into)]);
          for (const member of all) groups.set(member, all);
        }
        for (const one of ["n0", "n1", "n2", "n3", "n4"])
          expect(there.loadLimits({ account: name(one), model }) !== undefined).toBe(
            groupOf("n0").has(one),
          );
      }),
      { numRuns: 25 },
    );
  });
});
