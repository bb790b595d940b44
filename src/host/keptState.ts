import { createHash } from "node:crypto";
import { workspace } from "vscode";
import type { WindowNotes } from "../core/chat/windowNotes";
import type { EditorState } from "./editorState";
import type { Log } from "./log";

/** What a window remembers. It lies in the store, since the editor writes its own state a while after it was told. */
export interface KeptState extends EditorState {
  /** Tells the window from others; names no place on this machine. */
  readonly window: string;
  /** Whether what was remembered is there now; where the store cannot be read, each call tries anew. */
  restore(): Promise<boolean>;
}

/** `window` tells this window's notes from those of others. */
export function createKeptState(
  notes: WindowNotes,
  window: string,
  log: Pick<Log, "warn">,
): KeptState {
  const values = new Map<string, unknown>();
  /** Names whose newest value is not on the disk. */
  const due = new Set<string>();
  /** What was set in this session wins over what is read late. */
  const set = new Set<string>();
  let saving: Promise<void> | undefined;
  let restoring: Promise<boolean> | undefined;

  async function load(): Promise<boolean> {
    const loaded = await notes.load(window);
    if (!loaded.ok) return false;
    for (const [name, json] of loaded.value) if (!set.has(name)) values.set(name, parse(json));
    return true;
  }

  /** While one value is written, those that come are not: only the last of them is. */
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
 * The folders that the window has open. Of windows without any, each has a name of its own, which the editor keeps from
 * the first start on.
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

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
