import type { DatabaseSync } from "node:sqlite";

/** The operations on windows' notes in an open database. All throw SQLite's errors. */
export interface WindowNoteTable {
  loadNotes(window: string): ReadonlyMap<string, string>;
  saveNote(window: string, name: string, json: string | undefined): void;
}

/** `now` in milliseconds since the epoch: notes are forgotten by when they were last written. */
export function createWindowNoteTable(database: DatabaseSync, now: () => number): WindowNoteTable {
  return {
    loadNotes(window) {
      const rows = database
        .prepare("SELECT name, value FROM window_notes WHERE window = ?")
        .all(window);
      return new Map(rows.map(({ name, value }) => [String(name), String(value)]));
    },
    saveNote(window, name, json) {
      if (json === undefined)
        database
          .prepare("DELETE FROM window_notes WHERE window = ? AND name = ?")
          .run(window, name);
      else
        database
          .prepare("INSERT OR REPLACE INTO window_notes VALUES (?, ?, ?, ?)")
          .run(window, name, json, now());
    },
  };
}

/** Everything but the switches: what the user switched off stays off even when all data are deleted. */
const isNoSwitch = "name NOT IN ('context.automatic', 'context.instructions')";

/** Forgets notes that were last written before `before`, in milliseconds since the epoch; switches stay. */
export function forgetNotes(database: DatabaseSync, before: number): void {
  database.prepare(`DELETE FROM window_notes WHERE saved_at < ? AND ${isNoSwitch}`).run(before);
}
