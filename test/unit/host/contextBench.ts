import { createModelBook } from "../../../src/core/models/modelBook";
import { createContextBoard } from "../../../src/host/context/createContextBoard";
import { createGit } from "../../../src/host/context/git";
import { watchTerminals } from "../../../src/host/context/terminalWatch";
import { createLastEditor } from "../../../src/host/editor/lastEditor";
import { CountingTokens } from "../../fakes/countingTokens";
import { fakeEditor } from "../../fakes/fakeEditor";
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
    git: createGit(),
    terminal,
    editor: () => lastEditor.current(),
    model: () => book.find("openai/gpt-oss-120b"),
    offered: () => book.models,
    wishes: () => wishes,
  });
  return { board, state, terminal };
}
