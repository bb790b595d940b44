import { DatabaseSync } from "node:sqlite";
import { storeParts } from "../core/dispatch/storeEvents";
import type { StorePart } from "../core/dispatch/storeEvents";
import { readableFromBothEnds, readableRows } from "./readableRows";
import type { Readable, Row } from "./readableRows";
import { isDamage, primaryCode } from "./sqliteError";

/** Roll-ups know more than the calls: they include calls that were forgotten or can no longer be read. */
const rollUps = [
  "usage_by_hour",
  "usage_by_day",
  "usage_by_session",
  "speed_by_day",
  "hold_ups_by_hour",
];

/** Copies what can be read of a damaged file into a new, empty store; returns which parts are incomplete. */
export function carryOver(damagedPath: string, target: DatabaseSync): readonly StorePart[] {
  const lost = new Set<StorePart>();
  let source: DatabaseSync | undefined;
  try {
    source = new DatabaseSync(damagedPath, { timeout: 5000 });
    source.exec("PRAGMA query_only = ON");
    carryTables(source, target, (part) => lost.add(part));
  } catch (error) {
    if (!isDamage(error)) throw error;
    return storeParts;
  } finally {
    source?.close();
  }
  return storeParts.filter((part) => lost.has(part));
}

function carryTables(
  source: DatabaseSync,
  target: DatabaseSync,
  onLoss: (part: StorePart) => void,
): void {
  const carry = (
    part: StorePart | undefined,
    table: string,
    from: Readable,
    prepare?: (row: Row) => void,
  ) => {
    const isWhole = insertAll(target, table, from, prepare);
    if (part !== undefined && (!isWhole || from.isPartial())) onLoss(part);
  };
  const table = (name: string) => readableRows(source, name);
  carry("calls", "calls", table("calls"), addHour);
  carry("conversations", "conversations", table("conversations"));
  carry("conversations", "turns", table("turns"), (row) => addConversation(target, row));
  carry(undefined, "hold_ups", table("hold_ups"));
  const both = (name: string) => readableFromBothEnds(source, name, columnsOf(target, name).key);
  carry("limits", "limits", both("limits"));
  carry("limits", "account_aliases", both("account_aliases"));
  carry(undefined, "facts", both("facts"));
  carry(undefined, "applied_edits", table("applied_edits"));
  carry(undefined, "window_notes", both("window_notes"));
  for (const name of rollUps) for (const row of both(name).rows) raise(target, name, row);
}

interface Columns {
  readonly key: readonly string[];
  readonly others: readonly string[];
}

function columnsOf(database: DatabaseSync, table: string): Columns {
  const columns = database.prepare(`PRAGMA table_info(${table})`).all();
  const named = (isKey: boolean) =>
    columns.filter(({ pk }) => (pk !== 0) === isKey).map(({ name }) => String(name));
  return { key: named(true), others: named(false) };
}

/** Copies the columns that both versions of the table have; false if a row was rejected. */
function insertAll(
  target: DatabaseSync,
  table: string,
  from: Readable,
  prepare?: (row: Row) => void,
): boolean {
  const { key, others } = columnsOf(target, table);
  let insert: ((row: Row) => boolean) | undefined;
  let isWhole = true;
  for (const row of from.rows) {
    prepare?.(row);
    insert ??= inserter(
      target,
      table,
      [...key, ...others].filter((column) => row[column] !== undefined),
    );
    isWhole = insert(row) && isWhole;
  }
  return isWhole;
}

function inserter(
  target: DatabaseSync,
  table: string,
  columns: readonly string[],
): (row: Row) => boolean {
  const marks = columns.map(() => "?").join(", ");
  const statement = target.prepare(
    `INSERT OR IGNORE INTO ${table} (${columns.join(", ")}) VALUES (${marks})`,
  );
  return (row) => isTaken(() => statement.run(...columns.map((column) => row[column] ?? null)));
}

const constraintCode = 19;

/** Whether a row was accepted: a row from a damaged page may break the table's constraints. */
function isTaken(insert: () => { readonly changes: number | bigint }): boolean {
  try {
    return Number(insert().changes) === 1;
  } catch (error) {
    if (primaryCode(error) === constraintCode) return false;
    throw error;
  }
}

/** Calls of version 1 have no hour. */
function addHour(row: Row): void {
  if (row["hour"] === undefined && row["reserved_at"] !== undefined)
    row["hour"] = new Date(Number(row["reserved_at"])).getHours();
}

/** A turn whose conversation could not be read gets a new one with the same id. */
function addConversation(target: DatabaseSync, turn: Row): void {
  const id = turn["conversation_id"];
  if (typeof id !== "string") return;
  target
    .prepare("INSERT OR IGNORE INTO conversations (id, created_at, saved_at) VALUES (?, 0, 0)")
    .run(id);
}

/** Keeps the greater of the calls' sum and the old roll-up, so that spend is never lowered. */
function raise(target: DatabaseSync, table: string, row: Row): void {
  const { key, others } = columnsOf(target, table);
  const columns = [...key, ...others];
  const marks = columns.map(() => "?").join(", ");
  const greater = others.map((name) => `${name} = max(${name}, excluded.${name})`).join(", ");
  const statement = target.prepare(
    `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${marks})
     ON CONFLICT (${key.join(", ")}) DO UPDATE SET ${greater}`,
  );
  isTaken(() => statement.run(...columns.map((column) => row[column] ?? null)));
}
