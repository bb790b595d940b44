import { existsSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { forgetWords } from "./conversationListTable";
import { inTransaction, refuseNewer } from "./database";
import { writeFact } from "./facts";
import { isAsideOf } from "./recovery";
import { daysFrom } from "./spendSums";
import { forgetNotes } from "./windowNoteTable";

/** Removal of what is old, or of everything, from an open database. `StoredData` says what each does. */
export interface Retention {
  forgetBefore(day: string): void;
  deleteAll(today: string): void;
}

/** `path` is the database's file: deleting everything also removes the damaged files that were moved aside for it. */
export function createRetention(
  database: DatabaseSync,
  path: string,
  now: () => number,
): Retention {
  return {
    forgetBefore(day) {
      refuseNewer(database);
      while (forgetCalls(database, day) === callsPerStep);
      inTransaction(database, () => forgetOthers(database, day));
    },
    deleteAll(today) {
      refuseNewer(database);
      // Deleted content is overwritten, even where the file cannot be shrunk below.
      database.exec("PRAGMA secure_delete = ON");
      inTransaction(database, () => deleteAll(database, today, now()));
      removeAsides(path);
      shrink(database);
    },
  };
}

/** Between two steps, other windows can book. */
const callsPerStep = 20_000;

function forgetCalls(database: DatabaseSync, day: string): number {
  const { changes } = database
    .prepare(
      `DELETE FROM calls WHERE rowid IN
         (SELECT rowid FROM calls WHERE day < ? AND settled <> 0 ORDER BY rowid LIMIT ?)`,
    )
    .run(day, callsPerStep);
  return Number(changes);
}

function forgetOthers(database: DatabaseSync, day: string): void {
  // Without a zone, a date with a time is local.
  const dayBegins = Date.parse(`${day}T00:00`);
  database.prepare("DELETE FROM hold_ups WHERE day < ?").run(day);
  database.prepare("DELETE FROM applied_edits WHERE applied_at < ?").run(dayBegins);
  forgetNotes(database, dayBegins);
  const { changes } = database
    .prepare("DELETE FROM conversations WHERE saved_at < ?1 AND pinned = 0 OR deleted_at < ?1")
    .run(dayBegins);
  if (Number(changes) > 0) forgetWords(database);
  database.exec(
    `DELETE FROM usage_by_session WHERE conversation_id NOT IN (
       SELECT id FROM conversations UNION SELECT conversation_id FROM calls)`,
  );
}

const emptied = [
  "search_documents",
  "calls",
  "daily",
  "usage_by_hour",
  "usage_by_day",
  "turns",
  "conversations",
  "hold_ups",
  "hold_ups_by_hour",
  "speed_by_day",
  "limits",
  "account_aliases",
  "applied_edits",
  "notices",
];

const counters =
  "calls, estimated_calls, unpriced_calls, cost, prompt_tokens, cached_tokens, completion_tokens, reasoning_tokens";

function deleteAll(database: DatabaseSync, today: string, nowMs: number): void {
  // From now on open calls count at their reservation, whatever their windows settle later.
  database.exec("UPDATE calls SET settled = 2 WHERE settled = 0");
  const [monthFrom, monthEnd] = daysFrom(today.slice(0, 7));
  // Today apart from the month's other days, because day and month have caps of their own.
  database
    .prepare(
      `CREATE TEMP TABLE kept AS
       SELECT CASE WHEN day = ? THEN day ELSE min(day) END AS day,
         ${counters.replaceAll(/\w+/g, "sum($&) AS $&")}
       FROM usage_by_day WHERE day >= ? AND day < ? GROUP BY day = ?`,
    )
    .run(today, monthFrom, monthEnd, today);
  database
    .prepare(
      `DELETE FROM usage_by_session
       WHERE conversation_id NOT IN (SELECT conversation_id FROM calls WHERE day >= ?)`,
    )
    .run(today);
  database.exec("INSERT INTO search_index (search_index) VALUES ('delete-all')");
  for (const table of emptied) database.exec(`DELETE FROM ${table}`);
  forgetNotes(database, Number.MAX_SAFE_INTEGER);
  database.exec(
    `INSERT INTO usage_by_day SELECT day, '', '', ${counters} FROM kept;
     INSERT INTO usage_by_hour SELECT day, 0, '', '', '', '', ${counters} FROM kept;
     DROP TABLE kept;`,
  );
  database.exec("DELETE FROM facts WHERE name = 'told_matters'");
  writeFact(database, "erased_at", String(nowMs));
}

function removeAsides(path: string): void {
  const folder = dirname(path);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder))
    if (isAsideOf(path, name)) rmSync(join(folder, name), { force: true });
}

/** Another window that is reading may keep the log from being truncated; a later write does it then. */
function shrink(database: DatabaseSync): void {
  try {
    database.exec("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
  } catch {
    // The file stays larger, but deleted content has been overwritten in any case.
  }
}
