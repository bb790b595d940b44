import { largestSpeed, speedSteps } from "../core/report/speedSteps";

/**
 * Roll-ups of what reports show beside money: how fast answers were, as a histogram by day and model, and waits and
 * refusals by the hour. Triggers keep them up to date, also for windows of earlier versions. Forgetting old rows leaves
 * them as they are.
 */

interface Speed {
  readonly measure: "first_token_ms" | "tokens_per_second";
  readonly value: (row: string) => string;
  /** Whether the row has the measure. */
  readonly when: (row: string) => string;
}

const streamed = (row: string) => `(${row}duration_ms - ${row}first_token_ms)`;

const speeds: readonly Speed[] = [
  {
    measure: "first_token_ms",
    value: (row) => `${row}first_token_ms`,
    when: (row) => `${row}first_token_ms >= 0`,
  },
  {
    measure: "tokens_per_second",
    value: (row) => `${row}completion_tokens * 1000.0 / ${streamed(row)}`,
    when: (row) => `${row}completion_tokens > 0 AND ${streamed(row)} > 0`,
  },
];

/** The lower end of the step in which a value is counted. */
function stepOf(value: string): string {
  const steps = speedSteps.map(
    ({ below, width }) =>
      `WHEN ${value} < ${below} THEN CAST(${value} / ${width} AS INTEGER) * ${width}`,
  );
  return `CASE ${steps.join(" ")} ELSE ${largestSpeed} END`;
}

/** What a call that was settled with reported usage adds. */
function countSpeeds(row: string, from: string): string {
  return speeds
    .map(
      ({ measure, value, when }) =>
        `INSERT INTO speed_by_day
         SELECT ${row}day, ${row}model, ${row}provider, '${measure}', ${stepOf(value(row))} AS step, count(*)
         ${from} ${from === "" ? "WHERE" : "AND"} ${when(row)} GROUP BY 1, 2, 3, 4, 5
         ON CONFLICT (day, model, provider, measure, step) DO UPDATE SET calls = calls + excluded.calls;`,
    )
    .join("\n");
}

/** Whether its usage was reported. */
const isMeasured = (row: string) => `${row}settled = 1 AND ${row}estimated = 0`;

const addHoldUp = `
  INSERT INTO hold_ups_by_hour
    VALUES (new.day, new.hour, new.kind, new.reason, new.model, new.provider, 1, new.waited_ms)
    ON CONFLICT (day, hour, kind, reason, model, provider)
    DO UPDATE SET count = count + 1, waited_ms = waited_ms + excluded.waited_ms;`;

export const schemaVersion6 = `
  CREATE TABLE speed_by_day (
    day TEXT NOT NULL,
    model TEXT NOT NULL,
    provider TEXT NOT NULL,
    measure TEXT NOT NULL,
    -- The lower end of a step of the scale.
    step INTEGER NOT NULL,
    calls INTEGER NOT NULL,
    PRIMARY KEY (day, model, provider, measure, step)
  ) STRICT, WITHOUT ROWID;
  ${countSpeeds("", `FROM calls WHERE ${isMeasured("")}`)}
  CREATE TRIGGER measured_call_carried_over AFTER INSERT ON calls WHEN ${isMeasured("new.")}
    BEGIN ${countSpeeds("new.", "")} END;
  CREATE TRIGGER call_measured AFTER UPDATE ON calls WHEN old.settled <> 1 AND ${isMeasured("new.")}
    BEGIN ${countSpeeds("new.", "")} END;

  CREATE TABLE hold_ups_by_hour (
    day TEXT NOT NULL,
    hour INTEGER NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    model TEXT NOT NULL,
    provider TEXT NOT NULL,
    count INTEGER NOT NULL,
    waited_ms REAL NOT NULL,
    PRIMARY KEY (day, hour, kind, reason, model, provider)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO hold_ups_by_hour
    SELECT day, hour, kind, reason, model, provider, count(*), sum(waited_ms)
    FROM hold_ups GROUP BY 1, 2, 3, 4, 5, 6;
  CREATE TRIGGER held_up AFTER INSERT ON hold_ups BEGIN ${addHoldUp} END;
`;
