import type { DatabaseSync } from "node:sqlite";
import type { StoreFacts } from "../core/dispatch/storedData";
import type { StoreNotice } from "../core/dispatch/storeEvents";
import { createAppliedEditTable } from "./appliedEditTable";
import type { AppliedEditTable } from "./appliedEditTable";
import { createCallPages } from "./callPages";
import type { CallPages } from "./callPages";
import { createConversationListTable } from "./conversationListTable";
import type { ConversationListTable } from "./conversationListTable";
import { createConversationTable } from "./conversationTable";
import type { ConversationTable } from "./conversationTable";
import { describeDatabase } from "./database";
import { createLedgerTable } from "./ledgerTable";
import type { LedgerTable, OwnCalls } from "./ledgerTable";
import type { Leases } from "./leases";
import { createLimitTable } from "./limitTable";
import type { LimitTable } from "./limitTable";
import { takeNotices } from "./notices";
import { createReportTable } from "./reportTable";
import type { ReportTable } from "./reportTable";
import { createRetention } from "./retention";
import type { Retention } from "./retention";
import { createToldMatters } from "./toldMatters";
import type { ToldMatters } from "./toldMatters";
import { createUsageTable } from "./usageTable";
import type { UsageTable } from "./usageTable";
import { createWindowNoteTable } from "./windowNoteTable";
import type { WindowNoteTable } from "./windowNoteTable";

/** All that can be done with an open database, by name. */
export interface StoreOperations
  extends
    LedgerTable,
    ConversationTable,
    ConversationListTable,
    LimitTable,
    UsageTable,
    ReportTable,
    CallPages,
    Retention,
    AppliedEditTable,
    WindowNoteTable,
    ToldMatters {
  takeNotices(): readonly StoreNotice[];
  describe(): StoreFacts;
}

export interface OperationParts {
  readonly database: DatabaseSync;
  readonly path: string;
  readonly leases: Leases;
  readonly own: OwnCalls;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export function createOperations({
  database,
  path,
  leases,
  own,
  now,
}: OperationParts): StoreOperations {
  return {
    ...createLedgerTable(database, leases, own),
    ...createConversationTable(database, now),
    ...createConversationListTable(database, now),
    ...createLimitTable(database),
    ...createUsageTable(database),
    ...createReportTable(database),
    ...createCallPages(database),
    ...createAppliedEditTable(database),
    ...createWindowNoteTable(database, now),
    ...createRetention(database, path, now),
    ...createToldMatters(database),
    takeNotices: () => takeNotices(database),
    describe: () => describeDatabase(database),
  };
}
