/** The result codes of SQLite that decisions depend on; https://sqlite.org/rescode.html. */
export const sqliteCodes = {
  busy: 5,
  readOnly: 8,
  io: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const;

/** SQLite's result code without its extension; undefined for any other error. */
export function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error)) return undefined;
  return typeof error.errcode === "number" ? error.errcode & 0xff : undefined;
}

/** Whether the file itself is damaged, and not only locked, full or not ours to write. */
export function isDamage(error: unknown): boolean {
  const code = primaryCode(error);
  return code === sqliteCodes.corrupt || code === sqliteCodes.notADatabase;
}

/** Whether the same statement may succeed at another time: the file is locked, the disk full or away. */
export function mayPass(error: unknown): boolean {
  switch (primaryCode(error)) {
    case sqliteCodes.busy:
    case sqliteCodes.readOnly:
    case sqliteCodes.io:
    case sqliteCodes.full:
    case sqliteCodes.cannotOpen:
      return true;
    default:
      return false;
  }
}
