import { z } from "zod";
import type { BatchError, BatchLine } from "./batch";

/** Groq's batch page, read 2026-10. */
const mostLines = 50_000;

const lineSchema = z.strictObject({
  custom_id: z.string().min(1),
  method: z.literal("POST"),
  url: z.literal("/v1/chat/completions"),
  body: z.record(z.string(), z.unknown()),
});

/**
 * Reads the input of a batch, or says what is wrong with it. Codes follow OpenAI's batch guide, which
 * Groq's API copies; bodies are not looked at here, a wrong one fails its own line later.
 */
export function readBatchFile(content: Buffer): readonly BatchLine[] | { errors: BatchError[] } {
  const texts = content.toString("utf8").split("\n");
  const rows = texts.map((text, index) => ({ text, line: index + 1 }));
  const filled = rows.filter(({ text }) => text.trim() !== "");
  if (filled.length === 0) return failed("empty_file", "The batch file is empty.", null);
  if (filled.length > mostLines) {
    const message = `The batch file has ${filled.length} lines, more than ${mostLines}.`;
    return failed("too_many_tasks", message, null);
  }
  const seen = new Set<string>();
  const lines: BatchLine[] = [];
  for (const { text, line } of filled) {
    const read = readLine(text);
    if (typeof read === "string") return failed("invalid_request", read, line);
    if (seen.has(read.customId)) {
      const message = `The custom_id "${read.customId}" is used more than once.`;
      return failed("duplicate_custom_id", message, line);
    }
    seen.add(read.customId);
    lines.push(read);
  }
  return lines;
}

function readLine(text: string): BatchLine | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "This line is not parseable as valid JSON.";
  }
  const checked = lineSchema.safeParse(value);
  if (checked.success) return { customId: checked.data.custom_id, body: checked.data.body };
  const [issue] = checked.error.issues;
  return `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "invalid line"}`;
}

function failed(code: string, message: string, line: number | null): { errors: BatchError[] } {
  return { errors: [{ code, message, line }] };
}
