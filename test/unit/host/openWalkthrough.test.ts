import { beforeEach, describe, expect, it } from "vitest";
import { openWalkthrough } from "../../../src/host/commands/openWalkthrough";
import { FakeClock } from "../../fakes/fakeClock";
import { fakeEditor } from "../../fakes/fakeEditor";

beforeEach(() => fakeEditor.reset());

describe("the walkthrough opens", () => {
  const check = (name: string, sinceStartMs: number, expectedWaits: readonly number[]) =>
    it(name, async () => {
      const clock = new FakeClock();
      const startedAtMs = clock.monotonic();
      clock.advance(sinceStartMs);
      expect(await openWalkthrough({ clock, startedAtMs })).toEqual({ ok: true });
      expect(clock.slept).toEqual(expectedWaits);
      expect(fakeEditor.executed).toEqual([
        "workbench.action.openWalkthrough groq-coder.groq-coder#firstSteps false",
      ]);
    });
  check("when the editor knows it, right after the start", 1500, [4000]);
  check("at once, later on", 6000, []);
});
