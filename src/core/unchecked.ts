/** What was read from elsewhere (a file, the database, a model's answer): its fields can be anything. */
export type Unchecked = Readonly<Record<string, unknown>>;

/** Whether it has named fields: an object that is not an array. */
export function isRecord(value: unknown): value is Unchecked {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** A whole number of at least 0, such as a count of tokens. */
export function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

/** What a JSON text says; undefined for a text that is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The named fields of a JSON text; none if it is not an object. */
export function parseRecord(json: string): Unchecked {
  const parsed = parseJson(json);
  return isRecord(parsed) ? parsed : {};
}
