import { beforeEach, describe, expect, it } from "vitest";
import { createWalkthroughOpener } from "../../../src/host/commands/openWalkthrough";
import { FakeClock } from "../../fakes/fakeClock";
import { fakeEditor } from "../../fakes/fakeEditor";
import { TabInputText } from "../../fakes/vscode";

beforeEach(() => fakeEditor.reset());

const open = "workbench.action.openWalkthrough groq-coder.groq-coder#firstSteps false";
/** Ticks off what was done before. */
const known = "setContext groqCoder.walkthroughKnown true";

describe("the walkthrough", () => {
  it("is asked for twice at first, when the editor shows its own, and once from then on", async () => {
    const show = createWalkthroughOpener(new FakeClock());
    expect(await show()).toEqual({ ok: true });
    expect(fakeEditor.executed).toEqual([open, open, known]);
    expect(await show()).toEqual({ ok: true });
    expect(fakeEditor.executed).toEqual([open, open, known, open]);
  });

  it("calls nobody back who has gone on to something else", async () => {
    const clock = new FakeClock();
    clock.sleepsPass = false;
    const opening = createWalkthroughOpener(clock)();
    await expect.poll(() => clock.slept.length).toBe(1);
    fakeEditor.activeTabInput = new TabInputText();
    clock.advance(2000);
    await opening;
    expect(fakeEditor.executed).toEqual([open, known]);
  });
});
