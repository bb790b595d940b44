import { rmSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { renderContext } from "../../../src/core/context/renderContext";
import type { ContextBoard } from "../../../src/host/context/contextBoard";
import { fakeEditor } from "../../fakes/fakeEditor";
import { fakeProject } from "../../fakes/fakeProject";
import { MemoryState } from "../../fakes/memoryState";
import { contextBench, eventually, numbered, useBoard } from "./contextBench";

vi.mock("vscode", async (original) => {
  const { fakeProject: project } = await import("../../fakes/fakeProject");
  return project.editor(await original());
});

useBoard();

describe("after a reload", () => {
  /** The board of the next session, over the same state. */
  async function reload(state: MemoryState): Promise<ContextBoard> {
    const next = contextBench({ state }).board;
    next.restore();
    await eventually(() => expect(next.chips().every(({ tokens }) => tokens?.exact)).toBe(true));
    return next;
  }

  it("chips that were added are there again, in their order, and are read anew", async () => {
    const state = new MemoryState();
    const first = contextBench({ state }).board;
    fakeProject.write("src/b.ts", "let b = 1;\n");
    const document = fakeProject.show("src/a.ts", numbered(9), [2, 4]);
    await first.add({ kind: "selection" });
    await first.add({ kind: "path", path: "src/b.ts" });
    await first.add({ kind: "path", path: "src" });
    fakeProject.select(document, [0, 0], true);
    first.dispose();
    expect(JSON.stringify(state.get("context.added"))).not.toContain("let b");
    const next = await reload(state);
    expect(next.chips().map(({ label }) => label)).toEqual(["src/a.ts:3-5", "src/b.ts", "src/"]);
    const { items, failures } = await next.collect();
    expect(failures).toEqual([]);
    expect(items.map(renderContext).join("\n")).toMatch(/line 3;[^]*let b = 1;/);
    next.dispose();
  });

  it("one whose file is gone stays, and says so", async () => {
    const state = new MemoryState();
    const first = contextBench({ state }).board;
    fakeProject.write("src/b.ts", "let b = 1;\n");
    await first.add({ kind: "path", path: "src/b.ts" });
    first.dispose();
    rmSync(fakeProject.path("src/b.ts"));
    const next = contextBench({ state }).board;
    next.restore();
    await eventually(() => expect(next.chips()[0]?.warning).toBeTruthy());
    expect((await next.collect()).failures).toHaveLength(1);
    next.dispose();
  });

  it("what comes of the workspace's programs is not sent where trust was taken back meanwhile", async () => {
    const state = new MemoryState();
    await state.update("context.added", [
      { kind: "terminal", command: "npm test", output: "secret", linesLeftOut: 0 },
      { kind: "gitDiff", scope: "staged", repository: "r" },
      { kind: "problems", uri: "file:///a.ts", path: "a.ts" },
    ]);
    fakeEditor.trusted = false;
    const next = contextBench({ state }).board;
    next.restore();
    const { items, failures } = await next.collect();
    expect(items).toEqual([]);
    expect(failures).toMatchObject([1, 2, 3].map(() => ({ reason: "restrictedMode" })));
    next.dispose();
  });

  it("what was taken off or sent is not there again", async () => {
    const state = new MemoryState();
    const first = contextBench({ state }).board;
    fakeProject.write("src/b.ts", "let b = 1;\n");
    const { ids } = await first.add({ kind: "path", path: "src/b.ts" });
    await first.remove(ids[0] ?? "");
    await first.add({ kind: "path", path: "src/b.ts" });
    first.clear();
    first.dispose();
    const next = contextBench({ state }).board;
    next.restore();
    expect(next.chips()).toEqual([]);
    next.dispose();
  });

  it("what is no chip does nothing", async () => {
    const state = new MemoryState();
    await state.update("context.added", [{ kind: "file" }, 7, { kind: "run", uri: "file:///x" }]);
    const next = contextBench({ state }).board;
    next.restore();
    expect(next.chips()).toEqual([]);
    next.dispose();
  });
});
