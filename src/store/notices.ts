import type { DatabaseSync } from "node:sqlite";
import { storeParts } from "../core/dispatch/storeEvents";
import type { StoreNotice } from "../core/dispatch/storeEvents";
import { inTransaction } from "./database";
import { parseRecord } from "../core/unchecked";
import { readString } from "./storedDetails";

export function addNotice(database: DatabaseSync, notice: StoreNotice): void {
  database.prepare("INSERT INTO notices VALUES (?)").run(JSON.stringify(notice));
}

/** The notices that no window has shown yet; the window that takes them shows them. */
export function takeNotices(database: DatabaseSync): StoreNotice[] {
  if (database.prepare("SELECT 1 FROM notices").get() === undefined) return [];
  return inTransaction(database, () => {
    const rows = database.prepare("SELECT notice FROM notices ORDER BY rowid").all();
    database.exec("DELETE FROM notices");
    return rows.map((row) => decodeNotice(String(row["notice"])));
  });
}

function decodeNotice(json: string): StoreNotice {
  const { aside, lost, spendComplete } = parseRecord(json);
  const named: readonly unknown[] = Array.isArray(lost) ? lost : [];
  return {
    kind: "recovered",
    aside: readString(aside),
    lost: storeParts.filter((part) => named.includes(part)),
    spendComplete: spendComplete === true,
  };
}
