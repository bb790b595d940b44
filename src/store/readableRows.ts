import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { isDamage } from "./sqliteError";

export type Row = Record<string, SQLOutputValue>;

/** What could be read of a table; integers are bigints. */
export interface Readable {
  readonly rows: Iterable<Row>;
  /** Whether something could not be read; final once `rows` has been iterated. */
  readonly isPartial: () => boolean;
}

/** The rows of a table in order of their rowid, around damaged pages; none if there is no such table. */
export function readableRows(database: DatabaseSync, table: string): Readable {
  let isPartial = false;
  function* read(): Generator<Row> {
    let from = 0;
    for (;;) {
      const before = from;
      try {
        // The table itself: an index may be what is damaged.
        const sql = `SELECT rowid AS row_position, * FROM ${table} NOT INDEXED WHERE rowid >= ? ORDER BY rowid`;
        for (const row of prepareRead(database, sql).iterate(from)) {
          from = Number(row["row_position"]) + 1;
          yield row;
        }
        return;
      } catch (error) {
        if (!isDamage(error)) throw error;
        isPartial = true;
        const next = nextReadable(database, table, from);
        if (next === undefined) return;
        // Found, but not read a moment ago: the row lies partly in a damaged page, and is skipped.
        const isStuck = from === before && next === from;
        from = isStuck ? next + 1 : next;
      }
    }
  }
  return {
    rows: hasTable(database, table, () => (isPartial = true)) ? read() : [],
    isPartial: () => isPartial,
  };
}

/** The rows of a table without rowid, from both ends up to where it is damaged. `key` are all columns of its key. */
export function readableFromBothEnds(
  database: DatabaseSync,
  table: string,
  key: readonly string[],
): Readable {
  let isPartial = false;
  function* read(): Generator<Row> {
    for (const direction of ["ASC", "DESC"]) {
      const order = key.map((column) => `${column} ${direction}`).join(", ");
      try {
        yield* prepareRead(database, `SELECT * FROM ${table} ORDER BY ${order}`).iterate();
        return;
      } catch (error) {
        if (!isDamage(error)) throw error;
        isPartial = true;
      }
    }
  }
  return {
    rows: hasTable(database, table, () => (isPartial = true)) ? read() : [],
    isPartial: () => isPartial,
  };
}

function prepareRead(database: DatabaseSync, sql: string) {
  const statement = database.prepare(sql);
  statement.setReadBigInts(true);
  return statement;
}

/** False also if the list of tables cannot be read. */
function hasTable(database: DatabaseSync, table: string, onDamage: () => void): boolean {
  try {
    const sql = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?";
    return database.prepare(sql).get(table) !== undefined;
  } catch (error) {
    if (!isDamage(error)) throw error;
    onDamage();
    return false;
  }
}

const singleSteps = 256;
const farthest = 2 ** 52;

/** The first rowid from `from` on that can be read; undefined if there is none. */
function nextReadable(database: DatabaseSync, table: string, from: number): number | undefined {
  const probe = (start: number) => firstRowid(database, table, start);
  for (let step = 0; step < singleSteps; step++) {
    const found = probe(from + step);
    if (found !== "damaged") return found;
  }
  let step = singleSteps;
  while (probe(from + step) === "damaged") {
    step *= 2;
    if (step > farthest) return undefined;
  }
  // The readable part begins between the last damaged start and this one.
  let damaged = from + step / 2;
  let readable = from + step;
  while (readable - damaged > 1) {
    const middle = Math.floor((damaged + readable) / 2);
    if (probe(middle) === "damaged") damaged = middle;
    else readable = middle;
  }
  const found = probe(readable);
  return found === "damaged" ? undefined : found;
}

function firstRowid(
  database: DatabaseSync,
  table: string,
  start: number,
): number | undefined | "damaged" {
  try {
    const row = database
      .prepare(`SELECT rowid FROM ${table} NOT INDEXED WHERE rowid >= ? ORDER BY rowid LIMIT 1`)
      .get(start);
    return row === undefined ? undefined : Number(row["rowid"]);
  } catch (error) {
    if (isDamage(error)) return "damaged";
    throw error;
  }
}
