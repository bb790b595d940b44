import { createHash } from "node:crypto";
import { workspace } from "vscode";
import type { WindowNotes } from "../core/chat/windowNotes";
import { parseJson } from "../core/unchecked";
import type { EditorState } from "./editorState";
import type { Log } from "./log";

/** What a window remembers. It is kept in the store, since the editor writes its own state with a delay. */
export interface KeptState extends EditorState {
  /** Identifies the window without naming any place on this machine. */
  readonly window: string;
  /** Whether what was remembered has been read; if the store cannot be read, each call tries again. */
  restore(): Promise<boolean>;
}

/** `window` identifies this window's notes. */
export function createKeptState(
  notes: WindowNotes,
  window: string,
  log: Pick<Log, "warn">,
): KeptState {
  const values = new Map<string, unknown>();
  /** Names whose newest value is not on disk. */
  const due = new Set<string>();
  /** Names set in this session, which win over values that are read later. */
  const set = new Set<string>();
  let saving: Promise<void> | undefined;
  let restoring: Promise<boolean> | undefined;

  async function load(): Promise<boolean> {
    const loaded = await notes.load(window);
    if (!loaded.ok) return false;
    for (const [name, json] of loaded.value) if (!set.has(name)) values.set(name, parseJson(json));
    return true;
  }

  /** Of the values that arrive while one is being written, only the last is written. */
  async function save(): Promise<void> {
    try {
      for (const name of due) {
        due.delete(name);
        const value = values.get(name);
        const json = value === undefined ? undefined : JSON.stringify(value);
        const saved = await notes.save(window, name, json);
        if (saved.ok) continue;
        log.warn(`A note of the window was not saved: ${name}`);
        due.add(name);
        return;
      }
    } finally {
      saving = undefined;
    }
  }

  return {
    window: createHash("sha256").update(window).digest("base64url"),
    get: (name) => values.get(name),
    async update(name, value) {
      values.set(name, value);
      set.add(name);
      due.add(name);
      saving ??= save();
      await saving;
    },
    async restore() {
      restoring ??= load();
      const restored = await restoring;
      if (!restored) restoring = undefined;
      return restored;
    },
  };
}

/**
 * The folders that the window has open. A window without any has a name of its own, which the editor keeps from the
 * first start on.
 */
export function windowName(state: EditorState, newId: () => string): string {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length > 0) return folders.map(({ uri }) => uri.toString()).join("\n");
  const known = state.get(nameKey);
  if (typeof known === "string") return known;
  const name = newId();
  void state.update(nameKey, name);
  return name;
}

const nameKey = "windowName";
