/**
 * Roll-ups that triggers keep up to date: when any window settles a call, even one of version 1, the sums change in the same
 * transaction. They cover settled calls (`settled` 1, or 2 when charged for a window that crashed); open calls are few
 * and are summed from `calls`. Forgetting old calls leaves the roll-ups as they are, so there are no triggers on deletion.
 */

const counters = [
  "calls",
  "estimated_calls",
  "unpriced_calls",
  "cost",
  "prompt_tokens",
  "cached_tokens",
  "completion_tokens",
  "reasoning_tokens",
];

/** What one row of `calls` adds to each counter. */
function contribution(row: string): string[] {
  return [
    "1",
    `${row}estimated`,
    `${row}cost IS NULL`,
    `coalesce(${row}cost, 0)`,
    `${row}prompt_tokens`,
    `${row}cached_tokens`,
    `${row}completion_tokens`,
    `${row}reasoning_tokens`,
  ];
}

interface RollUp {
  readonly table: string;
  readonly keys: readonly string[];
}

const rollUps: readonly RollUp[] = [
  {
    table: "usage_by_hour",
    keys: ["day", "hour", "model", "task", "workspace", "provider"],
  },
  // Few rows, so that the caps' sums take no time: they are looked at with every reservation.
  { table: "usage_by_day", keys: ["day", "model", "provider"] },
  { table: "usage_by_session", keys: ["conversation_id"] },
];

function create({ table, keys }: RollUp): string {
  const columns = [
    ...keys.map((key) => `${key} ${key === "hour" ? "INTEGER" : "TEXT"} NOT NULL`),
    ...counters.map((counter) => `${counter} INTEGER NOT NULL`),
    `PRIMARY KEY (${keys.join(", ")})`,
  ];
  return `CREATE TABLE ${table} (${columns.join(", ")}) STRICT, WITHOUT ROWID;`;
}

function fill({ table, keys }: RollUp): string {
  const sums = contribution("").map((value) => `sum(${value})`);
  return `INSERT INTO ${table} SELECT ${[...keys, ...sums].join(", ")}
    FROM calls WHERE settled = 1 GROUP BY ${keys.join(", ")};`;
}

function add({ table, keys }: RollUp): string {
  const values = [...keys.map((key) => `new.${key}`), ...contribution("new.")];
  const sums = counters.map((counter) => `${counter} = ${counter} + excluded.${counter}`);
  return `INSERT INTO ${table} VALUES (${values.join(", ")})
    ON CONFLICT (${keys.join(", ")}) DO UPDATE SET ${sums.join(", ")};`;
}

function subtract({ table, keys }: RollUp): string {
  const values = contribution("old.");
  const sums = counters.map((counter, place) => `${counter} = ${counter} - (${values[place]})`);
  return `UPDATE ${table} SET ${sums.join(", ")}
    WHERE ${keys.map((key) => `${key} = old.${key}`).join(" AND ")};`;
}

const each = (make: (rollUp: RollUp) => string) => rollUps.map(make).join("\n");

export const schemaVersion2 = `
  ALTER TABLE calls ADD COLUMN account TEXT NOT NULL DEFAULT '';
  ALTER TABLE calls ADD COLUMN provider TEXT NOT NULL DEFAULT 'groq';
  ALTER TABLE calls ADD COLUMN workspace TEXT NOT NULL DEFAULT '';
  ALTER TABLE calls ADD COLUMN hour INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE calls ADD COLUMN waited_ms REAL NOT NULL DEFAULT 0;
  -- Whose lease it is; NULL = a window of version 1, known by owner_pid alone.
  ALTER TABLE calls ADD COLUMN owner_id TEXT;
  UPDATE calls
    SET hour = CAST(strftime('%H', reserved_at / 1000, 'unixepoch', 'localtime') AS INTEGER);
  -- A session's sum is a row of its own now; the few open calls have an index.
  DROP INDEX calls_by_conversation;

  ALTER TABLE conversations ADD COLUMN saved_at INTEGER NOT NULL DEFAULT 0;
  UPDATE conversations SET saved_at = max(
    created_at,
    coalesce((SELECT max(reserved_at) FROM calls WHERE conversation_id = conversations.id), 0));

  -- The table daily stays for windows of version 1 that are open while this one migrates: they settle into it.
  ${each(create)}
  ${each(fill)}
  CREATE TRIGGER call_carried_over AFTER INSERT ON calls WHEN new.settled <> 0
    BEGIN ${each(add)} END;
  CREATE TRIGGER call_settled AFTER UPDATE ON calls WHEN old.settled = 0 AND new.settled <> 0
    BEGIN ${each(add)} END;
  CREATE TRIGGER call_reopened AFTER UPDATE ON calls WHEN old.settled <> 0 AND new.settled = 0
    BEGIN ${each(subtract)} END;

  CREATE TABLE hold_ups (
    at INTEGER NOT NULL,
    day TEXT NOT NULL,
    hour INTEGER NOT NULL,
    -- 'wait' or 'refusal'
    kind TEXT NOT NULL,
    -- A limit's dimension, or the kind of a failure.
    reason TEXT NOT NULL,
    model TEXT NOT NULL,
    provider TEXT NOT NULL,
    waited_ms REAL NOT NULL
  ) STRICT;
  CREATE INDEX hold_ups_by_day ON hold_ups (day);

  CREATE TABLE limits (
    account TEXT NOT NULL,
    model TEXT NOT NULL,
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    saved_at_ms REAL NOT NULL,
    saved_at_monotonic_ms REAL NOT NULL,
    PRIMARY KEY (account, model)
  ) STRICT, WITHOUT ROWID;
  -- Accounts that turned out to be one organisation; never a chain.
  CREATE TABLE account_aliases (
    account TEXT PRIMARY KEY,
    organisation TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- Facts about the file itself: erased_at, recovered_from.
  CREATE TABLE facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  -- What some window is to tell the user, as JSON; whoever tells it takes it away.
  CREATE TABLE notices (
    notice TEXT NOT NULL
  ) STRICT;
`;
