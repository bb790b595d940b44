import { afterEach, beforeEach, expect, vi } from "vitest";
import { createModelBook } from "../../../src/core/models/modelBook";
import type { ContextBoard, ContextRequest } from "../../../src/host/context/contextBoard";
import { createContextBoard } from "../../../src/host/context/createContextBoard";
import { createGit } from "../../../src/host/context/git";
import { watchTerminals } from "../../../src/host/context/terminalWatch";
import { createLastEditor } from "../../../src/host/editor/lastEditor";
import { CountingTokens } from "../../fakes/countingTokens";
import { fakeEditor } from "../../fakes/fakeEditor";
import { fakeProject } from "../../fakes/fakeProject";
import { MemoryState } from "../../fakes/memoryState";

/** A board over the open fake project. */
export function contextBench({
  wishes = "",
  state = new MemoryState(),
  tokens = new CountingTokens(),
} = {}) {
  const lastEditor = createLastEditor();
  const book = createModelBook(undefined, new Map());
  const terminal = watchTerminals(() => fakeEditor.trusted);
  const board = createContextBoard({
    tokens,
    state,
    git: createGit({ diff: () => diffToRead(), isIgnored: (_, __, file) => ignores(file) }),
    terminal,
    editor: () => lastEditor.current(),
    model: () => book.find("openai/gpt-oss-120b"),
    offered: () => book.models,
    wishes: () => wishes,
  });
  return { board, state, terminal };
}

/** A board for each test of a file, over a fake project; timers are the test's. */
export function useBoard() {
  let board: ContextBoard;
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    fakeProject.open();
    ({ board } = contextBench());
  });
  afterEach(() => {
    // A board tells of what it cannot read in its answers; it asks nobody.
    expect(fakeEditor.notified).toEqual([]);
    board.dispose();
    fakeProject.close();
    vi.useRealTimers();
  });
  return {
    get board() {
      return board;
    },
    /** Another one in its place. */
    open(given: Parameters<typeof contextBench>[0]): void {
      board.dispose();
      ({ board } = contextBench(given));
    },
    labels: () => board.chips().map(({ label }) => label),
    async added(request: ContextRequest): Promise<void> {
      const { failures } = await board.add(request);
      expect(failures).toEqual([]);
    },
  };
}

export const place = (line: number, character = 0) => ({ line, character });

/** Files are really read, and timers are the test's: both go on until it is so. */
export async function eventually(check: () => void): Promise<void> {
  await vi.waitFor(check, { timeout: 60_000, interval: 20 });
}

/** Lines of code, `line 1;` and so on. */
export function numbered(count: number): string {
  return Array.from({ length: count }, (_, index) => `line ${index + 1};`).join("\n");
}

export function unused(): never {
  throw new Error("not part of this test");
}

let diffToRead = () => Promise.resolve("");
let ignores = (_file: string) => Promise.resolve(false);

/** VS Code's Git extension, for the whole project; `diff` is asked at each reading. */
export function gitThat({
  diff = "",
  isIgnored = () => Promise.resolve(false),
}: {
  diff?: string | (() => Promise<string>);
  isIgnored?: (file: string) => Promise<boolean>;
}): void {
  diffToRead = typeof diff === "string" ? () => Promise.resolve(diff) : diff;
  ignores = isIgnored;
  const repository = { rootUri: { path: fakeProject.path() } };
  const api = { git: { path: "git" }, repositories: [repository], getRepository: () => repository };
  const exports = { getAPI: () => api };
  fakeProject.extensions.set("vscode.git", { isActive: true, exports, activate: unused });
}
