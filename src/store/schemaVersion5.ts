/** What each window remembers over reloads: the message being written, its attachments, and switches. */
export const schemaVersion5 = `
  CREATE TABLE window_notes (
    window TEXT NOT NULL,
    name TEXT NOT NULL,
    -- JSON
    value TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (window, name)
  ) STRICT, WITHOUT ROWID;
`;
