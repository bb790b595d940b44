import { vi } from "vitest";
import type { FileItem } from "../../../src/core/context/contextItem";
import { createComposer } from "../../../src/host/chatView/composer";
import { createComposerSettings } from "../../../src/host/chatView/composerSettings";
import type { CommandResult } from "../../../src/host/commands/commandResult";
import { createSettings } from "../../../src/host/settings";
import type { HostMessage } from "../../../src/protocol/chatMessages";
import { decodeHostMessage } from "../../../src/protocol/chatMessages";
import type { ComposerView } from "../../../src/protocol/composerMessages";
import { FakeBoard } from "../../fakes/fakeBoard";
import { MemoryState } from "../../fakes/memoryState";
import { chatBench } from "../chat/chatBench";

export const file: FileItem = {
  kind: "file",
  uri: "file:///a.ts",
  path: "a.ts",
  languageId: "typescript",
  startLine: 1,
  endLine: 1,
  text: "let a = 1;",
};

/** How long the user has to pause before the next request is foretold. */
const pauseMs = 150;

/** A composer with a chat and a board that tests play; `type` writes a draft and waits until it is foretold. */
export function composerBench(state = new MemoryState()) {
  const chat = chatBench();
  const board = new FakeBoard();
  const heard: HostMessage[] = [];
  const results: CommandResult[] = [];
  const settings = createSettings(() => undefined);
  const composer = createComposer({
    chat: chat.chat,
    board,
    search: { find: (query) => Promise.resolve([{ path: `src/${query}.ts`, isFolder: false }]) },
    settings,
    state,
    window: "here",
    choices: createComposerSettings(settings, state),
    clock: chat.clock,
    reporter: {
      async report(act) {
        const result = await act();
        results.push(result);
        return result;
      },
      act: () => Promise.reject(new Error("not part of this test")),
    },
    log: { info: () => undefined, warn: () => undefined, error: fail },
    post(message) {
      const decoded = decodeHostMessage(structuredClone(message));
      if (decoded === undefined) throw new Error(`no message: ${JSON.stringify(message)}`);
      heard.push(decoded);
    },
  });
  const view = (): ComposerView => {
    const last = heard.findLast((message) => message.type === "composer");
    return last?.type === "composer" ? last.composer : composer.view();
  };
  const type = async (text: string) => {
    await composer.handle({ type: "draft", text }, () => undefined);
    await vi.advanceTimersByTimeAsync(pauseMs);
  };
  return { ...chat, bench: chat, board, composer, heard, results, view, type, state };
}

function fail(message: string): never {
  throw new Error(message);
}
