import type { DatabaseSync } from "node:sqlite";
import type { AppliedEdit, AppliedFile } from "../core/edits/appliedEdits";
import { isRecord, isText, parseJson } from "../core/unchecked";
import { inTransaction } from "./database";
import { isListOf } from "./storedDetails";

/** The operations on applied edits in an open database. All throw SQLite's errors. */
export interface AppliedEditTable {
  addAppliedEdit(edit: AppliedEdit): void;
  lastAppliedEdit(workspace: string): AppliedEdit | undefined;
  removeAppliedEdit(id: string): void;
}

/** For all workspaces together, so that large refactorings cannot grow the file without bound. */
const mostEdits = 20;
const mostCharacters = 32_000_000;

export function createAppliedEditTable(database: DatabaseSync): AppliedEditTable {
  return {
    addAppliedEdit({ id, appliedAt, workspace, answerId, files }) {
      inTransaction(database, () => {
        database
          .prepare("INSERT OR REPLACE INTO applied_edits VALUES (?, ?, ?, ?, ?)")
          .run(id, appliedAt, workspace, answerId, JSON.stringify(files));
        dropOldest(database);
      });
    },
    lastAppliedEdit(workspace) {
      const row = database
        .prepare(
          "SELECT * FROM applied_edits WHERE workspace = ? ORDER BY applied_at DESC, rowid DESC LIMIT 1",
        )
        .get(workspace);
      if (row === undefined) return undefined;
      return {
        id: String(row["id"]),
        appliedAt: Number(row["applied_at"]),
        workspace,
        answerId: String(row["answer_id"]),
        files: readFiles(String(row["files"])),
      };
    },
    removeAppliedEdit(id) {
      database.prepare("DELETE FROM applied_edits WHERE id = ?").run(id);
    },
  };
}

/** The newest stays whatever its size: it is the one that will be undone. */
function dropOldest(database: DatabaseSync): void {
  database
    .prepare(
      `DELETE FROM applied_edits WHERE rowid IN (
         SELECT rowid FROM (
           SELECT rowid,
             row_number() OVER newest AS place,
             sum(length(files)) OVER newest AS characters
           FROM applied_edits WINDOW newest AS (ORDER BY applied_at DESC, rowid DESC))
         WHERE place > ? OR place > 1 AND characters > ?)`,
    )
    .run(mostEdits, mostCharacters);
}

/** An edit that cannot be read whole cannot be undone whole, so it is read without files. */
function readFiles(json: string): readonly AppliedFile[] {
  const files = parseJson(json);
  return isListOf(files, isAppliedFile) ? files : [];
}

function isAppliedFile(value: unknown): value is AppliedFile {
  if (!isRecord(value)) return false;
  const { uri, path, before, after, kept } = value;
  return (
    isText(uri) &&
    isText(path) &&
    (before === null || isText(before)) &&
    (after === null || isText(after)) &&
    (kept === undefined || (isRecord(kept) && isText(kept["bytes"]) && isText(kept["encoding"])))
  );
}
