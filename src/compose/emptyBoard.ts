import { EventEmitter } from "vscode";
import type { ContextBoard } from "../host/context/contextBoard";
export function emptyBoard(): ContextBoard {
  return {
    onDidChange: new EventEmitter<void>().event,
    chips: () => [],
    switches: () => ({ automatic: false, instructions: false }),
    add: () => Promise.resolve({ ids: [], failures: [] }),
    remove: () => Promise.resolve(),
    setAutomatic: () => Promise.resolve(),
    setInstructions: () => Promise.resolve(),
    collect: () => Promise.resolve({ items: [], failures: [] }),
    clear: () => undefined,
    dispose: () => undefined,
  };
}
