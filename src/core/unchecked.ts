/** What was read from elsewhere (a file, the database, a model's answer): its fields can be anything. */
export type Unchecked = Readonly<Record<string, unknown>>;

/** Whether it has named fields: an object that is not an array. */
export function isRecord(value: unknown): value is Unchecked {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
