import { workspace } from "vscode";
import type { Uri } from "vscode";
import { fail, succeed } from "../core/dispatch/failure";
import type { Result } from "../core/dispatch/failure";
import { shortName } from "./shortName";

/** Writes a complete text to a place that the user has named. */
export function writeText(place: Uri, text: string): Promise<Result<void>> {
  return whileWriting(place, async () => {
    await workspace.fs.writeFile(place, new TextEncoder().encode(text));
    return succeed(undefined);
  });
}

/** What the act throws becomes a failure that names the file. */
export async function whileWriting<T>(
  place: Uri,
  act: () => Promise<Result<T>>,
): Promise<Result<T>> {
  try {
    return await act();
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return fail({ kind: "fileNotWritten", path: shortName(place), detail });
  }
}
