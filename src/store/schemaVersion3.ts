/**
 * Conversations that can be named, pinned, removed and searched. The index keeps no copy of the texts. Triggers only mark
 * what is due, so that saving a growing answer stays cheap and windows of earlier versions mark it as well;
 * `conversationSearch.ts` indexes what is due before it searches.
 */
export const schemaVersion3 = `
  -- The user's own; NULL = made from the first question.
  ALTER TABLE conversations ADD COLUMN title TEXT;
  ALTER TABLE conversations ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
  -- Milliseconds since the epoch; NULL = not taken away.
  ALTER TABLE conversations ADD COLUMN deleted_at INTEGER;
  -- The name of the folder or workspace that it was begun in.
  ALTER TABLE conversations ADD COLUMN workspace TEXT NOT NULL DEFAULT '';
  CREATE INDEX conversations_by_time ON conversations (pinned DESC, saved_at DESC)
    WHERE deleted_at IS NULL;

  -- What is searched: a turn each, and with turn_id '' a title. The number is the row of search_index.
  CREATE TABLE search_documents (
    number INTEGER PRIMARY KEY,
    conversation_id TEXT NOT NULL,
    turn_id TEXT NOT NULL,
    due INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX search_documents_by_turn ON search_documents (conversation_id, turn_id);
  CREATE INDEX due_documents ON search_documents (number) WHERE due = 1;
  CREATE VIRTUAL TABLE search_index USING fts5 (
    text, content = '', contentless_delete = 1, prefix = '1 2',
    tokenize = 'unicode61 remove_diacritics 2');
  INSERT INTO search_documents (conversation_id, turn_id, due)
    SELECT conversation_id, id, 1 FROM turns ORDER BY rowid;

  CREATE TRIGGER turn_to_find AFTER INSERT ON turns BEGIN
    INSERT OR IGNORE INTO search_documents (conversation_id, turn_id, due)
      VALUES (new.conversation_id, new.id, 1);
  END;
  CREATE TRIGGER turn_to_find_anew AFTER UPDATE ON turns WHEN new.text <> old.text BEGIN
    UPDATE search_documents SET due = 1
      WHERE conversation_id = new.conversation_id AND turn_id = new.id AND due = 0;
  END;
  CREATE TRIGGER turn_gone AFTER DELETE ON turns BEGIN
    DELETE FROM search_documents WHERE conversation_id = old.conversation_id AND turn_id = old.id;
  END;
  CREATE TRIGGER titled_from_the_start AFTER INSERT ON conversations WHEN new.title IS NOT NULL BEGIN
    INSERT OR IGNORE INTO search_documents (conversation_id, turn_id, due) VALUES (new.id, '', 1);
  END;
  CREATE TRIGGER title_changed AFTER UPDATE OF title ON conversations BEGIN
    INSERT INTO search_documents (conversation_id, turn_id, due) VALUES (new.id, '', 1)
      ON CONFLICT (conversation_id, turn_id) DO UPDATE SET due = 1;
  END;
  CREATE TRIGGER conversation_gone AFTER DELETE ON conversations BEGIN
    DELETE FROM search_documents WHERE conversation_id = old.id AND turn_id = '';
  END;
  CREATE TRIGGER document_gone AFTER DELETE ON search_documents BEGIN
    DELETE FROM search_index WHERE rowid = old.number;
  END;
`;
