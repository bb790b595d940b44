import type { EditorState } from "../../src/host/editorState";

/** The editor's global or workspace state, in memory. Values are kept as JSON, as the editor does. */
export class MemoryState implements EditorState {
  readonly #kept = new Map<string, unknown>();

  get(key: string): unknown {
    return this.#kept.get(key);
  }

  update(key: string, value: unknown): Promise<void> {
    if (value === undefined) this.#kept.delete(key);
    else this.#kept.set(key, JSON.parse(JSON.stringify(value)));
    return Promise.resolve();
  }
}
