import { useState } from "preact/hooks";
import { periodKinds } from "../../../src/protocol/reportMessages";
import type { ReportView } from "../../../src/protocol/reportMessages";
import { postToHost, words } from "../host";

/** What the report is about; "other days" has two dates of its own. */
export function PeriodChoice({ report }: { readonly report: ReportView }) {
  const { period, from, to, choices } = report;

  function choose(value: string): void {
    const kind = periodKinds.find((one) => one === value);
    postToHost({
      type: "period",
      period: kind === undefined ? { kind: "custom", from, to } : { kind },
    });
  }

  return (
    <div class="period">
      <label>
        {words.period}{" "}
        <select value={period.kind} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          {choices.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {period.kind === "custom" ? (
        <>
          <DateBox label={words.from} day={from} onDay={(day) => days(day, to)} />
          <DateBox label={words.to} day={to} onDay={(day) => days(from, day)} />
        </>
      ) : (
        <span class="note">{from === to ? from : `${from} – ${to}`}</span>
      )}
    </div>
  );
}

function days(from: string, to: string): void {
  postToHost({ type: "period", period: { kind: "custom", from, to } });
}

/** What is being typed stays in the box, whatever the host makes of it: a year is no year before its last digit. */
function DateBox({
  label,
  day,
  onDay,
}: {
  readonly label: string;
  readonly day: string;
  readonly onDay: (day: string) => void;
}) {
  const [typed, setTyped] = useState<string | undefined>(undefined);
  function take(value: string): void {
    setTyped(value);
    if (value > firstYear) onDay(value);
  }
  return (
    <label>
      {label}{" "}
      <input
        type="date"
        value={typed ?? day}
        onChange={({ currentTarget }) => take(currentTarget.value)}
        onBlur={() => setTyped(undefined)}
      />
    </label>
  );
}

/** Before it nobody has asked a model: what is typed is not yet all of a date. */
const firstYear = "2000";
