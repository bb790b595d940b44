/** The files that the last applied edits touched, before and after, so that edits can be undone after a reload. */
export const schemaVersion4 = `
  CREATE TABLE applied_edits (
    id TEXT PRIMARY KEY,
    applied_at INTEGER NOT NULL,
    -- The addresses of the window's folders.
    workspace TEXT NOT NULL,
    answer_id TEXT NOT NULL,
    -- JSON: each file's address, path and texts.
    files TEXT NOT NULL
  ) STRICT;
  CREATE INDEX applied_edits_by_time ON applied_edits (workspace, applied_at);
`;
