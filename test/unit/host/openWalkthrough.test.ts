import { beforeEach, describe, expect, it } from "vitest";
import { openWalkthrough } from "../../../src/host/commands/openWalkthrough";
import { FakeClock } from "../../fakes/fakeClock";
import { fakeEditor } from "../../fakes/fakeEditor";

beforeEach(() => fakeEditor.reset());

const open = "workbench.action.openWalkthrough groq-coder.groq-coder#firstSteps false";
const keep = "workbench.action.keepEditor";

describe("the walkthrough is opened", () => {
  const check = (name: string, tabs: readonly string[], expected: readonly string[]) =>
    it(name, async () => {
      fakeEditor.activeTabs.push(...tabs);
      expect(await openWalkthrough(new FakeClock())).toEqual({ ok: true });
      expect(fakeEditor.executed).toEqual(expected);
    });
  check("and kept in its tab", ["Walkthrough: Groq Coder"], [open, keep]);
  check(
    "again, as long as the editor shows its own instead",
    ["Walkthrough: Setup VS Code", "Walkthrough: Setup VS Code", "Walkthrough: Groq Coder"],
    [open, open, open, keep],
  );
  check("not over what the user has gone on to", ["Welcome", "notes.md"], [open, open]);
  check(
    "for some seconds, then no more",
    ["Welcome"],
    Array.from({ length: 16 }, () => open),
  );
});
