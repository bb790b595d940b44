import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { watchTerminals } from "../../../src/host/context/terminalWatch";
import type { TerminalWatch } from "../../../src/host/context/terminalWatch";
import { letPromisesRun } from "../../fakes/asyncSteps";
import { fakeProject } from "../../fakes/fakeProject";

vi.mock("vscode", async (original) => {
  const { fakeProject: project } = await import("../../fakes/fakeProject");
  return project.editor(await original());
});

let watch: TerminalWatch;
let mayRecord: boolean;
beforeEach(() => {
  fakeProject.open();
  mayRecord = true;
  watch = watchTerminals(() => mayRecord);
});
afterEach(() => {
  watch.dispose();
  fakeProject.close();
});

/** A command that prints what it is told to. */
function start(value: string) {
  const waiting: string[] = [];
  let read = false;
  let wake = () => {};
  const state = { over: false };
  async function* output() {
    read = true;
    while (!state.over || waiting.length > 0) {
      const data = waiting.shift();
      if (data === undefined) await new Promise<void>((resolve) => (wake = resolve));
      else yield data;
    }
  }
  const execution = { commandLine: { value }, read: output };
  fakeProject.fire("window.onDidStartTerminalShellExecution", { execution });
  return {
    isRead: () => read,
    async print(data: string) {
      waiting.push(data);
      wake();
      await letPromisesRun();
    },
    async end(exitCode?: number) {
      state.over = true;
      wake();
      await letPromisesRun();
      fakeProject.fire("window.onDidEndTerminalShellExecution", { execution, exitCode });
    },
  };
}

it("keeps the last command with its plain output", async () => {
  const command = start("npm test");
  await command.print("\u001b[31m1 failed\u001b[0m\r\n");
  await command.print("2 passed\r\n");
  expect(watch.lastCommand()).toEqual({
    kind: "terminal",
    command: "npm test",
    output: "1 failed\n2 passed",
    linesLeftOut: 0,
  });
  await command.end(1);
  expect(watch.lastCommand()).toMatchObject({ exitCode: 1 });
});

it("forgets it when the next one begins", async () => {
  const first = start("cat secrets");
  await first.print("hunter22");
  const second = start("ls");
  await first.print("more");
  await second.print("a.ts");
  expect(watch.lastCommand()).toMatchObject({ command: "ls", output: "a.ts" });
  await first.end(0);
  expect(watch.lastCommand()).not.toHaveProperty("exitCode");
});

it("keeps the end of what goes on and on", async () => {
  const command = start("yes");
  for (let batch = 0; batch < 30; batch++) await command.print("some line of output\n".repeat(500));
  const item = watch.lastCommand();
  expect(item?.output.length).toBeLessThanOrEqual(8000);
  expect((item?.output.split("\n").length ?? 0) + (item?.linesLeftOut ?? 0)).toBe(15_000);
});

it("reads nothing in a workspace that is not trusted", () => {
  mayRecord = false;
  expect(start("cat .env").isRead()).toBe(false);
  expect(watch.lastCommand()).toBeUndefined();
});

it("knows of nothing without shell integration", () => {
  expect(watch.lastCommand()).toBeUndefined();
});
