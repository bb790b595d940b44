import { openDatabase } from "./database";
import { createConversationTable } from "./conversationTable";
import type { ConversationTable } from "./conversationTable";
import { createLedgerTable } from "./ledgerTable";
import type { LedgerTable } from "./ledgerTable";

/** All that the worker can be asked to do, by name. */
export type StoreOperations = LedgerTable & ConversationTable & { close(): void };

/** Opens the file, and settles what a crashed window left open. */
export function openStoreOperations(path: string, busyTimeoutMs?: number): StoreOperations {
  const database = openDatabase(path, busyTimeoutMs);
  try {
    const ledger = createLedgerTable(database, process.pid);
    ledger.chargeAbandoned(isAlive);
    return { ...ledger, ...createConversationTable(database), close: () => database.close() };
  } catch (error) {
    database.close();
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process cannot be signalled, but it lives.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
