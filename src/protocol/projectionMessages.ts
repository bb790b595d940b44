import * as z from "zod/mini";
import { tableSchema } from "./reportMessages";
import { projectedPlans } from "./usageChoices";

/**
 * The messages of "What would this cost?". The page keeps what is typed and sends all of it with each change; the host
 * answers with a complete result. Texts are in the user's language.
 */

const label = z.string().check(z.maxLength(2000));
const typed = z.string().check(z.maxLength(40));
const fieldName = z.enum([
  "callsADay",
  "inputTokens",
  "outputTokens",
  "cachedPercent",
  "batchPercent",
  "daysAMonth",
]);

const plan = z.enum(projectedPlans);

const formSchema = z.object({
  title: label,
  /** Where the first values come from. */
  origin: label,
  fields: z
    .array(z.object({ name: fieldName, label, value: typed, least: z.number(), most: z.number() }))
    .check(z.maxLength(20)),
  planLabel: label,
  plans: z.array(z.object({ value: plan, label })).check(z.maxLength(10)),
  plan,
});

const resultSchema = z.object({
  /** The fields whose value is not a number within their bounds, and which values they take. */
  problems: z.array(z.object({ name: fieldName, problem: label })).check(z.maxLength(20)),
  /** The outcome in a sentence, to be read out; absent with problems. */
  summary: z.optional(label),
  /** A comparison of all models; absent with problems. */
  table: z.optional(tableSchema),
  notes: z.array(label).check(z.maxLength(10)),
  /** Prices that are still quoted but out of date. */
  superseded: z.object({ title: label, table: tableSchema }),
});

export const projectionHostMessages = [
  z.object({ type: z.literal("projectionForm"), form: formSchema }),
  z.object({ type: z.literal("projection"), result: resultSchema }),
] as const;

export const projectionViewMessages = [
  z.object({
    type: z.literal("project"),
    typed: z.partialRecord(fieldName, typed),
    plan,
  }),
] as const;

export type ProjectionForm = z.infer<typeof formSchema>;
export type ProjectionField = ProjectionForm["fields"][number];
export type ProjectionResult = z.infer<typeof resultSchema>;
export type ProjectedPlan = z.infer<typeof plan>;
/** The contents of the fields. */
export type TypedWorkload = z.infer<(typeof projectionViewMessages)[0]>["typed"];
