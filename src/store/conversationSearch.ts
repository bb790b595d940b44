import type { DatabaseSync } from "node:sqlite";
import { indexedText, searchedText, searchWords, snippetOf } from "../core/chat/searchText";
import { inTransaction } from "./database";
import { isDamage } from "./sqliteError";
import { readString } from "./storedDetails";
import { turnIn } from "./turnRow";

/** The results of a query: for each conversation the document that shows the match best. */
export type Findings = ReadonlyMap<string, number>;

/** Finds conversations by their words. The index is brought up to date before it is asked. */
export interface ConversationSearch {
  /** Indexes up to `most` due documents; returns how many. */
  indexDue(most: number): number;
  /** The conversations that contain all words of the query, each word in any turn or title. */
  find(query: string): Findings;
  /** Undefined for a title. */
  snippetAt(document: number, query: string): string | undefined;
}

/** Between two steps, other windows can book. */
const documentsPerStep = 500;

export function createConversationSearch(database: DatabaseSync): ConversationSearch {
  function indexDue(most: number): number {
    return inTransaction(database, () => {
      const due = database
        .prepare(
          `SELECT d.number, d.turn_id, c.title, t.id, t.role, t.text, t.details
           FROM search_documents d
           LEFT JOIN turns t ON t.id = d.turn_id
           LEFT JOIN conversations c ON c.id = d.conversation_id AND d.turn_id = ''
           WHERE d.due = 1 LIMIT ?`,
        )
        .all(most);
      const put = database.prepare(
        "INSERT OR REPLACE INTO search_index (rowid, text) VALUES (?, ?)",
      );
      const done = database.prepare("UPDATE search_documents SET due = 0 WHERE number = ?");
      for (const row of due) {
        const number = Number(row["number"]);
        const text = row["turn_id"] === "" ? readString(row["title"]) : searchedText(turnIn(row));
        put.run(number, indexedText(text));
        done.run(number);
      }
      return due.length;
    });
  }

  return {
    indexDue,
    find(query) {
      bringUpToDate(() => indexDue(documentsPerStep));
      const words = searchWords(query).map(matchExpression);
      const [first, ...others] = words.map((word) => documentsWith(database, word));
      if (first === undefined) return new Map();
      const everywhere = [...first].filter(([id]) => others.every((found) => found.has(id)));
      // A document with all of the words shows more than one with only the first.
      const together = others.length === 0 ? first : documentsWith(database, words.join(" AND "));
      return new Map(everywhere.map(([id, document]) => [id, together.get(id) ?? document]));
    },
    snippetAt(document, query) {
      const row = database
        .prepare(
          `SELECT t.* FROM search_documents d JOIN turns t ON t.id = d.turn_id WHERE d.number = ?`,
        )
        .get(document);
      return row === undefined
        ? undefined
        : snippetOf(searchedText(turnIn(row)), searchWords(query));
    },
  };
}

/** On a disk that is full or read-only, what was indexed before can still be searched. */
function bringUpToDate(indexSome: () => number): void {
  try {
    while (indexSome() === documentsPerStep);
  } catch (error) {
    if (isDamage(error)) throw error;
  }
}

/** Quoted, so that nothing in it is an operator of FTS5's query language; the star makes the last word a prefix. */
function matchExpression(word: string): string {
  return `"${word.replaceAll('"', '""')}" *`;
}

function documentsWith(database: DatabaseSync, expression: string): Map<string, number> {
  const rows = database
    .prepare(
      `SELECT d.conversation_id, min(d.number) AS number
       FROM search_index s JOIN search_documents d ON d.number = s.rowid
       WHERE s.search_index MATCH ? GROUP BY d.conversation_id`,
    )
    .all(expression);
  return new Map(rows.map((row) => [readString(row["conversation_id"]), Number(row["number"])]));
}
