import type { DatabaseSync } from "node:sqlite";

/** Facts about the file as a whole. */
type FactName = "erased_at" | "recovered_from" | "told_matters";

export function readFact(database: DatabaseSync, name: FactName): string | undefined {
  const row = database.prepare("SELECT value FROM facts WHERE name = ?").get(name);
  return row === undefined ? undefined : String(row["value"]);
}

export function writeFact(database: DatabaseSync, name: FactName, value: string): void {
  database
    .prepare(
      "INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )
    .run(name, value);
}

/** When the user deleted all data, in milliseconds since the epoch; 0 = never. */
export function erasedAt(database: DatabaseSync): number {
  return Number(readFact(database, "erased_at") ?? 0);
}
