import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { ConversationSummary } from "../core/chat/conversations";
import { titleFrom } from "../core/chat/title";
import type { ConversationTitle } from "../core/chat/title";
import { createConversationSearch } from "./conversationSearch";
import type { Findings } from "./conversationSearch";
import { refuseNewer } from "./database";
import { spendOf } from "./spendSums";
import { readString } from "./storedDetails";
import { turnIn } from "./turnRow";

/**
 * The operations on the list of conversations in an open database; the port `ConversationList` says what they do. Those
 * on one conversation return false if there is none with the id. All throw SQLite's errors.
 */
export interface ConversationListTable {
  listConversations(query: string, most: number): readonly ConversationSummary[];
  renameConversation(id: string, title: string | undefined): boolean;
  pinConversation(id: string, pinned: boolean): boolean;
  removeConversation(id: string): boolean;
  restoreConversation(id: string): boolean;
  /** Removes for good what was removed before `removedBefore`, in milliseconds since the epoch. */
  purgeConversations(removedBefore: number): void;
  /** Indexes some of what is still to be indexed; false once nothing is left. */
  indexConversations(): boolean;
}

export function createConversationListTable(
  database: DatabaseSync,
  now: () => number,
): ConversationListTable {
  const search = createConversationSearch(database);

  function change(assignment: string, id: string, ...values: (string | number | null)[]): boolean {
    const statement = database.prepare(`UPDATE conversations SET ${assignment} WHERE id = ?`);
    return Number(statement.run(...values, id).changes) === 1;
  }

  return {
    listConversations(query, most) {
      if (query.trim() === "") return listRows(database, most).map((row) => summary(row));
      const found = search.find(query);
      return listRows(database, most, found).map((row) => {
        const listed = summary(row);
        const snippet = search.snippetAt(found.get(listed.id) ?? 0, query);
        const says = snippet !== undefined && !repeatsTitle(snippet, listed.title);
        return { ...listed, ...(says && { snippet }) };
      });
    },
    renameConversation: (id, title) => change("title = ?", id, title ?? null),
    pinConversation: (id, pinned) => change("pinned = ?", id, pinned ? 1 : 0),
    // The step may be repeated: the first removal counts.
    removeConversation: (id) => change("deleted_at = coalesce(deleted_at, ?)", id, now()),
    restoreConversation: (id) => change("deleted_at = NULL", id),
    purgeConversations(removedBefore) {
      refuseNewer(database);
      const { changes } = database
        .prepare("DELETE FROM conversations WHERE deleted_at < ?")
        .run(removedBefore);
      if (Number(changes) > 0) forgetWords(database);
    },
    indexConversations: () => search.indexDue(documentsPerCall) === documentsPerCall,
  };

  function summary(row: Row): ConversationSummary {
    const spend = spendOf(row);
    return {
      id: readString(row["id"]),
      title: titleIn(database, row),
      pinned: Number(row["pinned"]) !== 0,
      updatedAt: Number(row["saved_at"]),
      turns: Number(row["turns"]),
      workspace: readString(row["workspace"]),
      ...(spend.calls > 0 && { spend }),
    };
  }
}

/** Most titles are made from the first question, so its snippet would repeat the title. */
function repeatsTitle(snippet: string, title: ConversationTitle): boolean {
  return title.kind === "question" && snippet.startsWith(title.text);
}

/** Deleted texts leave their words in the index until it is rewritten. */
export function forgetWords(database: DatabaseSync): void {
  database.exec("INSERT INTO search_index (search_index) VALUES ('optimize')");
}

const documentsPerCall = 1000;

type Row = Readonly<Record<string, SQLOutputValue>>;

function listRows(database: DatabaseSync, most: number, found?: Findings): readonly Row[] {
  const among = found === undefined ? "" : "AND id IN (SELECT value FROM json_each(?1))";
  const statement = database.prepare(
    `SELECT c.*,
       (SELECT count(*) FROM turns WHERE conversation_id = c.id) AS turns,
       s.cost, coalesce(s.calls, 0) AS calls, coalesce(s.estimated_calls, 0) AS estimated,
       coalesce(s.unpriced_calls, 0) AS unpriced
     FROM (
       SELECT * FROM conversations
       WHERE deleted_at IS NULL ${among}
         AND EXISTS (SELECT 1 FROM turns WHERE conversation_id = conversations.id)
       ORDER BY pinned DESC, saved_at DESC, rowid DESC LIMIT ?2
     ) c LEFT JOIN usage_by_session s ON s.conversation_id = c.id
     ORDER BY c.pinned DESC, c.saved_at DESC`,
  );
  // Above 2^53 picodollars a number would not be exact.
  statement.setReadBigInts(true);
  return statement.all(found === undefined ? null : JSON.stringify([...found.keys()]), most);
}

function titleIn(database: DatabaseSync, row: Row): ConversationTitle {
  const { title, id } = row;
  if (typeof title === "string") return { kind: "given", text: title };
  const asked = database
    .prepare(
      `SELECT role, text, details FROM turns WHERE conversation_id = ? AND role = 'user'
       ORDER BY position, rowid LIMIT 1`,
    )
    .get(readString(id));
  const question = asked && turnIn(asked);
  return titleFrom(question?.role === "user" ? question : undefined);
}
