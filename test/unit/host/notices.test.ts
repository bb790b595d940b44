import { beforeEach, describe, expect, it } from "vitest";
import { createLog } from "../../../src/host/log";
import { createNotices } from "../../../src/host/notices";
import { createSettings } from "../../../src/host/settings";
import { letPromisesRun } from "../../fakes/asyncSteps";
import { fakeEditor } from "../../fakes/fakeEditor";
import { MemoryState } from "../../fakes/memoryState";

const gone = "llama-3.3-70b-versatile";
const successor = "openai/gpt-oss-120b";
const settings = createSettings(() => undefined);

beforeEach(() => fakeEditor.reset());

function noticesOf(state = new MemoryState()) {
  return createNotices({ settings, state, log: createLog() });
}

describe("a model that is gone", () => {
  const words = `Groq no longer offers ${gone}. ${successor} answers in its place.`;
  beforeEach(() => fakeEditor.settings.set("groqCoder.model", gone));

  it("is told once, in all windows of the machine", async () => {
    const state = new MemoryState();
    const notices = noticesOf(state);
    notices.look();
    notices.look();
    await letPromisesRun();
    noticesOf(state).look();
    await letPromisesRun();
    expect(fakeEditor.notified).toEqual([`${words} | Keep ${successor} | Open Setting`]);
  });

  it("once, where both settings name it", async () => {
    fakeEditor.settings.set("groqCoder.fastModel", gone);
    noticesOf().look();
    await letPromisesRun();
    expect(fakeEditor.notified).toHaveLength(1);
  });

  it("Keep writes the successor into the setting", async () => {
    fakeEditor.answer = (_message, [keep]) => keep;
    noticesOf().look();
    await letPromisesRun();
    expect(fakeEditor.settings.get("groqCoder.model")).toBe(successor);
    expect(settings().replaced).toEqual([]);
  });

  it("Keep writes it into both, where both name the model", async () => {
    fakeEditor.settings.set("groqCoder.fastModel", gone);
    fakeEditor.answer = (_message, [keep]) => keep;
    noticesOf().look();
    await letPromisesRun();
    expect(fakeEditor.settings.get("groqCoder.fastModel")).toBe(successor);
    expect(settings().replaced).toEqual([]);
  });

  it("Open Setting shows it", async () => {
    fakeEditor.answer = (_message, buttons) => buttons[1];
    noticesOf().look();
    await letPromisesRun();
    expect(fakeEditor.executed).toEqual(["workbench.action.openSettings groqCoder.model"]);
    expect(fakeEditor.settings.get("groqCoder.model")).toBe(gone);
  });
});

describe("a setting that is wrong", () => {
  it("is told once in a window, with a way to it", async () => {
    fakeEditor.settings.set("groqCoder.plan", "gold");
    fakeEditor.answer = (_message, [open]) => open;
    const notices = noticesOf();
    notices.look();
    notices.look();
    await letPromisesRun();
    expect(fakeEditor.notified).toEqual([
      "The setting groqCoder.plan is wrong. It is of the wrong kind; the default is used. | Open Setting",
    ]);
    expect(fakeEditor.executed).toEqual(["workbench.action.openSettings groqCoder.plan"]);
  });

  it("nothing is told where all is well", async () => {
    noticesOf().look();
    await letPromisesRun();
    expect(fakeEditor.notified).toEqual([]);
  });
});
