import type { HourSpend, ModelUsage } from "../budget/usageQueries";

/** Steady daily work, of which the monthly cost is asked. */
export interface Workload {
  readonly callsADay: number;
  /** Days of a month on which it is done. */
  readonly daysAMonth: number;
  /** Tokens of one call: its whole prompt, and its answer with the reasoning. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Percent of the prompt tokens that the service finds in its cache. */
  readonly cachedPercent: number;
  /** Percent of the calls that go in batches. */
  readonly batchPercent: number;
}

export type WorkloadField = keyof Workload;

export const workloadFields: readonly WorkloadField[] = [
  "callsADay",
  "inputTokens",
  "outputTokens",
  "cachedPercent",
  "batchPercent",
  "daysAMonth",
];

/** What each field may be, whole numbers only. The largest month has 3.1 * 10^15 tokens, which a number holds exactly. */
export const workloadBounds: Readonly<
  Record<WorkloadField, { readonly least: number; readonly most: number }>
> = {
  callsADay: { least: 1, most: 1_000_000 },
  daysAMonth: { least: 1, most: 31 },
  inputTokens: { least: 1, most: 100_000_000 },
  outputTokens: { least: 1, most: 100_000_000 },
  cachedPercent: { least: 0, most: 100 },
  batchPercent: { least: 0, most: 100 },
};

/** The fields whose value is not a whole number within its bounds; empty for a valid workload. */
export function wrongFields(workload: Workload): readonly WorkloadField[] {
  return workloadFields.filter((field) => {
    const { least, most } = workloadBounds[field];
    const value = workload[field];
    return !Number.isSafeInteger(value) || value < least || value > most;
  });
}

/** A day with an assistant, until the user's own calls are known. */
const assumed: Workload = {
  callsADay: 50,
  daysAMonth: 30,
  inputTokens: 2000,
  outputTokens: 500,
  cachedPercent: 0,
  batchPercent: 0,
};

/** `own`: whether it is the mean of the user's own calls. */
export interface TypicalWorkload {
  readonly workload: Workload;
  readonly own: boolean;
}

/** The user's mean call, and the mean number of calls on days that had any. */
export function typicalWorkload(
  models: readonly ModelUsage[],
  hours: readonly HourSpend[],
): TypicalWorkload {
  const calls = sum(models, (row) => row.calls);
  const prompt = sum(models, (row) => row.usage.promptTokens);
  const output = sum(models, (row) => row.usage.completionTokens);
  if (calls === 0 || prompt === 0) return { workload: assumed, own: false };
  const cached = sum(models, (row) => row.usage.cachedTokens);
  const days = new Set(hours.map(({ day }) => day)).size;
  const workload = {
    ...assumed,
    inputTokens: within("inputTokens", prompt / calls),
    outputTokens: within("outputTokens", output / calls),
    cachedPercent: within("cachedPercent", (cached / prompt) * 100),
    ...(days > 0 && {
      callsADay: within("callsADay", sum(hours, (hour) => hour.calls) / days),
    }),
  };
  return { workload, own: true };
}

function within(field: WorkloadField, value: number): number {
  const { least, most } = workloadBounds[field];
  return Math.min(most, Math.max(least, Math.round(value)));
}

function sum<T>(rows: readonly T[], count: (row: T) => number): number {
  return rows.reduce((total, row) => total + count(row), 0);
}
