import type { UsageExport } from "../core/budget/usageExport";
import type { UsageQueries } from "../core/budget/usageQueries";
import type { UsageReports } from "../core/report/usageReport";
import type { Caps } from "../core/budget/caps";
import type { Warnings } from "../core/budget/warnings";
import type { ConversationList, Conversations } from "../core/chat/conversations";
import type { WindowNotes } from "../core/chat/windowNotes";
import { fail, succeed } from "../core/dispatch/failure";
import type { Result } from "../core/dispatch/failure";
import type { AppliedEdits } from "../core/edits/appliedEdits";
import type { HoldUps } from "../core/dispatch/holdUps";
import type { Ledger, Reservation } from "../core/dispatch/ledger";
import type { StoredData } from "../core/dispatch/storedData";
import type { StoreEvents, StoreNotice } from "../core/dispatch/storeEvents";
import type { LimitKey, LimitStore, StoredLimits } from "../core/limits/limitStore";
import { createChangeBell } from "./changeBell";
import { createStoreThread } from "./storeThread";

/** The store as the extension host sees it: each port's calls go to the worker thread. */
export interface StoreClient extends StoreEvents {
  readonly ledger: Ledger;
  readonly limits: LimitStore;
  readonly conversations: Conversations;
  readonly conversationList: ConversationList;
  readonly holdUps: HoldUps;
  readonly usage: UsageQueries;
  readonly usageExport: UsageExport;
  readonly usageReports: UsageReports;
  readonly appliedEdits: AppliedEdits;
  readonly windowNotes: WindowNotes;
  readonly data: StoredData;
  readonly warnings: Warnings;
  /** Lets what is under way finish, closes the file and ends the thread. */
  close(): Promise<void>;
}

/** One wake-up in five seconds, and soon enough for a window in which no file can be watched. */
const lookEveryMs = 5000;

/**
 * `workerPath` is the bundled worker, `databasePath` the file. The thread starts with the first call, the
 * watch on other windows with the first listener.
 */
export function createStoreClient(
  workerPath: string,
  databasePath: string,
  options: { readonly lookEveryMs?: number } = {},
): StoreClient {
  const bell = createChangeBell(`${databasePath}-doorbell`);
  const noticeListeners = new Set<(notice: StoreNotice) => void>();
  const place = { lookEveryMs, ...options, path: databasePath };
  const { call, close } = createStoreThread(workerPath, place, () => bell.tell());

  /** The bell is not awaited: a request must not wait for a slow disk twice. */
  async function changes<T>(written: Promise<Result<T>>): Promise<Result<T>> {
    const result = await written;
    if (result.ok) void bell.ring();
    else bell.tell();
    return result;
  }

  /** A window that was not first has changed nothing, and must not wake the others. */
  async function replaceLimits(
    key: LimitKey,
    next: StoredLimits,
  ): Promise<Result<StoredLimits | undefined>> {
    const result = await call("replaceLimits", key, next);
    if (result.ok && result.value === undefined) void bell.ring();
    return result;
  }

  async function reserve(reservation: Reservation, caps: Caps): Promise<Result<void>> {
    const booked = await call("reserve", reservation, caps);
    if (!booked.ok) return booked;
    return booked.value === undefined ? succeed(undefined) : fail(booked.value);
  }

  /** A conversation may be gone by now: another window may have deleted it for good. */
  async function changeOne(changed: Promise<Result<boolean>>): Promise<Result<void>> {
    const result = await changes(changed);
    if (!result.ok) return result;
    return result.value ? succeed(undefined) : fail({ kind: "conversationGone" });
  }

  /** In steps, so that other calls can come in between. */
  async function tidy(removedBefore: number): Promise<Result<void>> {
    const purged = await call("purgeConversations", removedBefore);
    if (!purged.ok) return purged;
    for (;;) {
      const indexed = await call("indexConversations");
      if (!indexed.ok) return indexed;
      if (!indexed.value) return succeed(undefined);
    }
  }

  async function tellNotices(): Promise<void> {
    if (noticeListeners.size === 0) return;
    const taken = await call("takeNotices");
    for (const notice of taken.ok ? taken.value : [])
      for (const listener of noticeListeners) listener(notice);
  }

  return {
    ledger: {
      reserve: (reservation, caps) => changes(reserve(reservation, caps)),
      settle: (id, settlement) => changes(call("settle", id, settlement)),
      cancel: (id) => changes(call("cancel", id)),
      spent: (scope) => call("spent", scope),
    },
    limits: {
      load: (key) => call("loadLimits", key),
      replace: (key, next) => replaceLimits(key, next),
      merge: (account, into) => changes(call("mergeAccounts", account, into)),
    },
    conversations: {
      create: (id, createdAt, workspace) => call("createConversation", id, createdAt, workspace),
      saveTurn: (conversationId, position, turn) =>
        call("saveTurn", conversationId, position, turn),
      load: (id) => call("loadConversation", id),
    },
    conversationList: {
      list: (query, most) => call("listConversations", query, most),
      rename: (id, title) => changeOne(call("renameConversation", id, title)),
      pin: (id, pinned) => changeOne(call("pinConversation", id, pinned)),
      remove: (id) => changeOne(call("removeConversation", id)),
      restore: (id) => changeOne(call("restoreConversation", id)),
      add: (conversation) => changes(call("addConversation", conversation)),
    },
    holdUps: { note: (holdUp) => call("noteHoldUp", holdUp) },
    usage: {
      spentByModel: (month) => call("spentByModel", month),
      spentByHour: (sinceDay) => call("spentByHour", sinceDay),
    },
    usageExport: { calls: (after, range) => call("readCalls", after, range) },
    usageReports: {
      bookedDays: () => call("bookedDays"),
      read: (request) => call("readReport", request),
      speeds: (range) => call("readSpeeds", range),
    },
    appliedEdits: {
      add: (edit) => call("addAppliedEdit", edit),
      last: (workspace) => call("lastAppliedEdit", workspace),
      remove: (id) => call("removeAppliedEdit", id),
    },
    windowNotes: {
      load: (window) => call("loadNotes", window),
      save: (window, name, json) => call("saveNote", window, name, json),
    },
    data: {
      forgetBefore: (day) => changes(call("forgetBefore", day)),
      deleteAll: (today) => changes(call("deleteAll", today)),
      tidy,
      describe: () => call("describe"),
    },
    warnings: { claim: (matter) => call("claimTelling", matter) },
    onChange: bell.onRing,
    onNotice(listener) {
      noticeListeners.add(listener);
      // A recovery rings as well: the notice is there by its first change at the latest.
      const end = bell.onRing(() => void tellNotices());
      void tellNotices();
      return () => {
        end();
        noticeListeners.delete(listener);
      };
    },
    async close() {
      await bell.close();
      await close();
    },
  };
}
