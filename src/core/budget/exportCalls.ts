import { succeed } from "../dispatch/failure";
import type { Result } from "../dispatch/failure";
import type { DayRange } from "../report/period";
import { exactDollars } from "./money";
import type { BookedCall, UsageExport } from "./usageExport";

export type ExportFormat = "csv" | "json";

/**
 * Writes the ledger's calls, of some days or of all, oldest first, a page at a time: CSV after RFC 4180, or a JSON array of objects.
 * Amounts are US dollars as decimal text, to the picodollar; a cost that is not known is empty or null. Gives the count
 * of calls, or the first failure; what was written up to then stays written.
 */
export async function exportCalls(
  source: UsageExport,
  format: ExportFormat,
  write: (text: string) => Promise<Result<void>>,
  range?: DayRange,
): Promise<Result<number>> {
  let count = 0;
  let position = 0;
  for (;;) {
    const page = await source.calls(position, range);
    if (!page.ok) return page;
    const texts = page.value.map((call, place) => oneCall(call, format, count + place === 0));
    const begin = count === 0 ? beginOf(format) : "";
    const last = page.value.at(-1);
    const end = last === undefined ? endOf(format, count) : "";
    const written = await write(begin + texts.join("") + end);
    if (!written.ok) return written;
    if (last === undefined) return succeed(count);
    count += page.value.length;
    position = last.position;
  }
}

function beginOf(format: ExportFormat): string {
  return format === "csv" ? csvLine(columns.map(({ name }) => name)) : "[";
}

function endOf(format: ExportFormat, count: number): string {
  if (format === "csv") return "";
  return count === 0 ? "]\n" : "\n]\n";
}

function oneCall(call: BookedCall, format: ExportFormat, isFirst: boolean): string {
  if (format === "csv") return csvLine(columns.map(({ read }) => cell(read(call))));
  const fields = Object.fromEntries(columns.map(({ name, read }) => [name, read(call) ?? null]));
  return `${isFirst ? "" : ","}\n  ${JSON.stringify(fields)}`;
}

type Value = string | number | boolean | undefined;

/** The names are the same in both formats. */
const columns: readonly { readonly name: string; readonly read: (call: BookedCall) => Value }[] = [
  { name: "reservedAtMs", read: (call) => call.reservedAt },
  { name: "day", read: (call) => call.day },
  { name: "hour", read: (call) => call.hour },
  { name: "id", read: (call) => call.id },
  { name: "conversation", read: (call) => call.conversationId },
  { name: "task", read: (call) => call.task },
  { name: "model", read: (call) => call.model },
  { name: "provider", read: (call) => call.provider },
  { name: "account", read: (call) => call.account },
  { name: "workspace", read: (call) => call.workspace },
  { name: "state", read: (call) => call.state },
  { name: "estimated", read: (call) => call.estimated },
  { name: "costUsd", read: ({ cost }) => (cost === undefined ? undefined : exactDollars(cost)) },
  { name: "promptTokens", read: (call) => call.usage.promptTokens },
  { name: "cachedTokens", read: (call) => call.usage.cachedTokens },
  { name: "completionTokens", read: (call) => call.usage.completionTokens },
  { name: "reasoningTokens", read: (call) => call.usage.reasoningTokens },
  { name: "waitedMs", read: (call) => call.waitedMs },
  { name: "timeToFirstTokenMs", read: (call) => call.timeToFirstTokenMs },
  { name: "durationMs", read: (call) => call.durationMs },
];

function csvLine(cells: readonly string[]): string {
  return `${cells.join(",")}\r\n`;
}

/** Spreadsheet programs run what begins so as a formula: https://owasp.org/www-community/attacks/CSV_Injection. */
const formulaStart = /^[=+\-@\t\r]/;

function cell(value: Value): string {
  if (value === undefined) return "";
  if (typeof value !== "string") return String(value);
  const text = formulaStart.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
