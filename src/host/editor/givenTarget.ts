import { Range, Uri } from "vscode";
import * as z from "zod/mini";
import { fail, succeed } from "../../core/dispatch/failure";
import type { Result } from "../../core/dispatch/failure";

/** Code that a caller has named. Without a range: what is selected there, or all of it. */
export interface GivenTarget {
  readonly uri: Uri;
  readonly range?: Range;
}

// The editor takes a position after the end for the end, but throws at one before the beginning.
const count = z.pipe(
  z.int(),
  z.transform((number) => Math.max(0, number)),
);
const position = z.object({ line: count, character: count });
/** As VS Code has it, and as that becomes in JSON. */
const rangeSchema = z.union([
  z.object({ start: position, end: position }),
  z.pipe(
    z.tuple([position, position]),
    z.transform(([start, end]) => ({ start, end })),
  ),
]);
const part = z.pipe(
  z.optional(z.string()),
  z.transform((text) => text ?? ""),
);
const addressSchema = z.object({
  scheme: z.string(),
  authority: part,
  path: z.string(),
  query: part,
  fragment: part,
});

/**
 * The `{uri, range}` of a command's caller: a Uri, its text or its JSON, and zero-based positions. Undefined if no
 * document is named. A name that cannot be understood is a failure: another document must not take its place.
 */
export function readGivenTarget(argument: unknown): Result<GivenTarget | undefined> {
  if (typeof argument !== "object" || argument === null) return succeed(undefined);
  const named: unknown = Reflect.get(argument, "uri");
  if (named === undefined || named === null) return succeed(undefined);
  const uri = readAddress(named);
  if (uri === undefined)
    return fail({ kind: "fileMissing", path: typeof named === "string" ? named : "" });
  const given: unknown = Reflect.get(argument, "range");
  if (given === undefined || given === null) return succeed({ uri });
  const range = rangeSchema.safeParse(given);
  if (!range.success) return fail({ kind: "emptySelection" });
  const { start, end } = range.data;
  return succeed({ uri, range: new Range(start.line, start.character, end.line, end.character) });
}

function readAddress(named: unknown): Uri | undefined {
  if (named instanceof Uri) return named;
  try {
    if (typeof named === "string") return Uri.parse(named);
    const parts = addressSchema.safeParse(named);
    return parts.success ? Uri.from(parts.data) : undefined;
  } catch {
    return undefined;
  }
}
