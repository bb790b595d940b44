import * as z from "zod/mini";
import { periodKinds } from "./usageChoices";

/**
 * The messages about the report. All amounts arrive as text, beside the numbers that a chart is drawn from; the page
 * computes nothing.
 */

const label = z.string().check(z.maxLength(2000));
const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
/** Bars and rows: the months of two centuries and more. */
const most = 3000;

export const periodSchema = z.union([
  z.object({ kind: z.enum(periodKinds) }),
  z.object({ kind: z.literal("custom"), from: day, to: day }),
]);

const tileSchema = z.object({ label, value: label, detail: label });

/** A row of a table: its head, and a text for each further column. */
const rowSchema = z.object({ head: label, cells: z.array(label).check(z.maxLength(20)) });

export const tableSchema = z.object({
  /** Heads of all columns, the row heads' first. */
  columns: z.array(label).check(z.maxLength(21)),
  rows: z.array(rowSchema).check(z.maxLength(most)),
});

const chartSchema = z.object({
  /** How a row's values are drawn: stacked, or beside each other. */
  form: z.enum(["stacked", "beside"]),
  /** Names of the values, in order; at most as many as there are colours. */
  series: z.array(label).check(z.maxLength(8)),
  /** For each row of the table, in its order. */
  values: z.array(z.array(z.number().check(z.nonnegative()))).check(z.maxLength(most)),
  /** The top of the scale, at least as much as any row. */
  top: z.number().check(z.positive()),
  /** Lines of the scale, in the values' unit. */
  ticks: z.array(z.object({ at: z.number(), label })).check(z.maxLength(10)),
});

const sectionSchema = z.object({
  /** Part of an element's id. */
  id: z.string().check(z.regex(/^[\w-]+$/)),
  title: label,
  /** The chart in a sentence, for those who cannot see it and those who can. */
  summary: label,
  /** Absent: a table alone; or nothing to draw. */
  chart: z.optional(chartSchema),
  table: tableSchema,
});

export const reportSchema = z.object({
  /** The period that is shown, and its days. */
  period: periodSchema,
  from: day,
  to: day,
  choices: z.array(z.object({ value: label, label })),
  tiles: z.array(tileSchema).check(z.maxLength(20)),
  notes: z.array(label).check(z.maxLength(10)),
  sections: z.array(sectionSchema).check(z.maxLength(20)),
});

export const reportHostMessages = [
  z.object({ type: z.literal("report"), report: reportSchema }),
] as const;

export const reportViewMessages = [
  z.object({ type: z.literal("period"), period: periodSchema }),
  z.object({ type: z.literal("export"), format: z.enum(["csv", "json", "markdown"]) }),
] as const;

export type ReportView = z.infer<typeof reportSchema>;
export type SectionView = z.infer<typeof sectionSchema>;
export type ChartView = z.infer<typeof chartSchema>;
export type TableView = z.infer<typeof tableSchema>;
export type TileView = z.infer<typeof tileSchema>;
export type ExportChoice = Extract<z.infer<(typeof reportViewMessages)[1]>, unknown>["format"];
