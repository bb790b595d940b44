import { schemaVersion2 } from "./schemaVersion2";
import { schemaVersion3 } from "./schemaVersion3";
import { schemaVersion4 } from "./schemaVersion4";
import { schemaVersion5 } from "./schemaVersion5";
import { schemaVersion6 } from "./schemaVersion6";

/**
 * One entry per version of the schema, applied in order; never change one that was released.
 * Money is picodollars in 64-bit integers; times are milliseconds since the epoch; days are local dates.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE calls (
    id TEXT PRIMARY KEY,
    owner_pid INTEGER NOT NULL,
    conversation_id TEXT NOT NULL,
    task TEXT NOT NULL,
    model TEXT NOT NULL,
    reserved_at INTEGER NOT NULL,
    day TEXT NOT NULL,
    settled INTEGER NOT NULL,
    estimated INTEGER NOT NULL,
    -- The reservation while open, the charge once settled; NULL = no known price.
    cost INTEGER,
    prompt_tokens INTEGER NOT NULL DEFAULT 0,
    cached_tokens INTEGER NOT NULL DEFAULT 0,
    completion_tokens INTEGER NOT NULL DEFAULT 0,
    reasoning_tokens INTEGER NOT NULL DEFAULT 0,
    first_token_ms REAL,
    duration_ms REAL
  ) STRICT;
  CREATE INDEX calls_by_conversation ON calls (conversation_id);
  CREATE INDEX open_calls ON calls (day) WHERE settled = 0;

  CREATE TABLE daily (
    day TEXT NOT NULL,
    model TEXT NOT NULL,
    task TEXT NOT NULL,
    calls INTEGER NOT NULL,
    estimated_calls INTEGER NOT NULL,
    unpriced_calls INTEGER NOT NULL,
    cost INTEGER NOT NULL,
    prompt_tokens INTEGER NOT NULL,
    cached_tokens INTEGER NOT NULL,
    completion_tokens INTEGER NOT NULL,
    reasoning_tokens INTEGER NOT NULL,
    PRIMARY KEY (day, model, task)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    created_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE turns (
    id TEXT PRIMARY KEY,
    conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    role TEXT NOT NULL,
    text TEXT NOT NULL,
    reasoning TEXT NOT NULL,
    details TEXT NOT NULL
  ) STRICT;
  CREATE INDEX turns_in_order ON turns (conversation_id, position);
  `,
  schemaVersion2,
  schemaVersion3,
  schemaVersion4,
  schemaVersion5,
  schemaVersion6,
];
