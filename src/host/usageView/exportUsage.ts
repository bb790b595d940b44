import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { l10n, ProgressLocation, Uri, window, workspace } from "vscode";
import { exportCalls } from "../../core/budget/exportCalls";
import type { UsageExport } from "../../core/budget/usageExport";
import { fail, succeed } from "../../core/dispatch/failure";
import type { Result } from "../../core/dispatch/failure";
import type { DayRange } from "../../core/report/period";
import type { ExportChoice } from "../../protocol/reportMessages";
import { whileWriting } from "../writeText";

const endings = { csv: "csv", json: "json", markdown: "md" } as const;
const kinds = { csv: "CSV", json: "JSON", markdown: "Markdown" } as const;

/** Asks for the file to which these days are exported; `stopped` if the user names none. */
export async function askForFile(
  format: ExportChoice,
  { from, to }: DayRange,
): Promise<Result<Uri>> {
  const name = `groq-coder-usage-${from}-to-${to}.${endings[format]}`;
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const chosen = await window.showSaveDialog({
    title: l10n.t("Export Usage"),
    saveLabel: l10n.t("Export"),
    filters: { [kinds[format]]: [endings[format]] },
    ...(folder !== undefined && { defaultUri: Uri.joinPath(folder, name) }),
  });
  return chosen === undefined ? fail({ kind: "stopped" }) : succeed(chosen);
}

/**
 * Writes the single calls of these days, and shows progress that can be cancelled. The file gets its name when it is
 * complete: what was there before is kept until then. Returns the number of calls.
 */
export async function writeCalls(
  source: UsageExport,
  format: "csv" | "json",
  place: Uri,
  range: DayRange,
): Promise<Result<number>> {
  const options = {
    location: ProgressLocation.Notification,
    title: l10n.t("Exporting usage"),
    cancellable: true,
  };
  return window.withProgress(options, async (_, cancellation) => {
    const stop = new AbortController();
    cancellation.onCancellationRequested(() => stop.abort());
    return whileWriting(place, () =>
      place.scheme === "file"
        ? writeToDisk(source, format, place.fsPath, range, stop.signal)
        : writeWhole(source, format, place, range, stop.signal),
    );
  });
}

/** A page at a time: a million calls do not fit in memory. */
async function writeToDisk(
  source: UsageExport,
  format: "csv" | "json",
  path: string,
  range: DayRange,
  signal: AbortSignal,
): Promise<Result<number>> {
  const unfinished = `${path}.${randomUUID()}.part`;
  const file = await open(unfinished, "wx");
  try {
    const result = await exportCalls(
      source,
      format,
      async (text) => {
        if (signal.aborted) return fail({ kind: "stopped" });
        await file.appendFile(text);
        return succeed(undefined);
      },
      range,
    );
    await file.close();
    if (result.ok) await rename(unfinished, path);
    return result;
  } finally {
    await file.close(); // without effect when it is closed
    await rm(unfinished, { force: true });
  }
}

/** For file systems of the editor that take whole files only. */
async function writeWhole(
  source: UsageExport,
  format: "csv" | "json",
  place: Uri,
  range: DayRange,
  signal: AbortSignal,
): Promise<Result<number>> {
  const texts: string[] = [];
  const result = await exportCalls(
    source,
    format,
    (text) => {
      texts.push(text);
      return Promise.resolve(signal.aborted ? fail({ kind: "stopped" }) : succeed(undefined));
    },
    range,
  );
  if (result.ok) await workspace.fs.writeFile(place, new TextEncoder().encode(texts.join("")));
  return result;
}
