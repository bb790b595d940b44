import * as z from "zod/mini";
import { projectionHostMessages, projectionViewMessages } from "./projectionMessages";
import { periodSchema, reportHostMessages, reportViewMessages } from "./reportMessages";
import { usageTabs } from "./usageChoices";

/**
 * The messages between the host and the usage page: one union for each direction, composed from those of its tabs. The
 * host owns the state; a message is a whole snapshot.
 */

const tab = z.enum(usageTabs);
const label = z.string().check(z.maxLength(2000));

const hostMessageSchema = z.discriminatedUnion("type", [
  ...reportHostMessages,
  ...projectionHostMessages,
  z.object({ type: z.literal("showTab"), tab }),
  z.object({ type: z.literal("announce"), text: label }),
  /** Nothing can be shown now, and why. */
  z.object({ type: z.literal("failed"), title: label, detail: label }),
]);

const viewMessageSchema = z.discriminatedUnion("type", [
  ...reportViewMessages,
  ...projectionViewMessages,
  /** The page is loaded; `isDrawn`: it has received what was posted meanwhile. */
  z.object({ type: z.literal("ready"), isDrawn: z.optional(z.boolean()) }),
  z.object({ type: z.literal("showTab"), tab }),
]);

/** What the editor keeps for the page, so that a reload brings it back as it was. */
const stateSchema = z.object({ tab, period: z.optional(periodSchema) });

/** Host to page. */
export type UsageHostMessage = z.infer<typeof hostMessageSchema>;
/** Page to host. */
export type UsageViewMessage = z.infer<typeof viewMessageSchema>;
export type UsagePageState = z.infer<typeof stateSchema>;

/** The one check of what the host sends; undefined = not a message, to be dropped. */
export function decodeUsageHostMessage(message: unknown): UsageHostMessage | undefined {
  return hostMessageSchema.safeParse(message).data;
}

/** The one check of what the page sends; undefined = not a message, to be dropped. */
export function decodeUsageViewMessage(message: unknown): UsageViewMessage | undefined {
  return viewMessageSchema.safeParse(message).data;
}

/** The one check of what the editor kept for the page. */
export function decodeUsageState(state: unknown): UsagePageState | undefined {
  return stateSchema.safeParse(state).data;
}
