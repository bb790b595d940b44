import * as z from "zod/mini";

/**
 * The messages about the message box: what is sent with the next message, what it will cost, and what can be
 * chosen. All texts arrive ready to show; the webview computes nothing.
 */

const label = z.string().check(z.maxLength(2000));
const longText = z.string().check(z.maxLength(4_000_000));

const chipSchema = z.object({
  id: label,
  label,
  /** `~320 tokens`, or "" while they are counted. */
  tokens: label,
  /** Why the user may not want to send it. */
  warning: label,
});

/** What can be named after an at sign, besides files and folders. */
export const contextNames = ["problems", "changes", "staged", "terminal"] as const;

const choiceSchema = z.object({ value: label, label });

/** The turn above which the mark is drawn; absent: below all. */
const before = z.optional(label);

/** Marks in the transcript that show which part of it is sent with the next message. */
const historySchema = z.object({
  summary: z.optional(
    z.object({
      before,
      /** Of the question that it belongs to. */
      turnId: label,
      text: longText,
      /** Model, tokens and cost. */
      receipt: label,
    }),
  ),
  cut: z.optional(
    z.object({
      before,
      words: label,
      /** A button that has the messages above summarised, with its price; "" for none. */
      offer: label,
      /** The state of the summary under way; "" if there is none. */
      progress: label,
    }),
  ),
});

export const composerSchema = z.object({
  chips: z.array(chipSchema),
  /** The current selection or symbol, which follows the editor; `chip` is absent where there is none. */
  automatic: z.object({ on: z.boolean(), chip: z.optional(chipSchema), hint: label }),
  /** The user's wishes and the project's notes; absent where there are none. Their chip is among the others. */
  instructions: z.optional(z.object({ on: z.boolean(), hint: label })),
  /** `~1,240 tokens · ~$0.0004 · now`; "" with nothing to send. */
  next: label,
  /** More of it, for a tooltip. */
  nextDetail: label,
  /** It cannot be sent as it is, or not now. */
  heldUp: z.boolean(),
  /** The message that is sent when the answer under way has ended; "" for none. */
  queued: longText,
  model: label,
  models: z.array(choiceSchema),
  /** Empty for models without it. */
  effort: label,
  efforts: z.array(choiceSchema),
  length: label,
  lengths: z.array(choiceSchema),
  commands: z.array(z.object({ name: label, description: label })),
  contexts: z.array(z.object({ name: z.enum(contextNames), description: label })),
  history: historySchema,
});

const mentionSchema = z.object({ path: label, isFolder: z.boolean() });

/** What was in a page's message box when it was reloaded, and in which window of the editor. */
export const lastLettersSchema = z.object({ window: label, text: longText });

export const composerHostMessages = [
  z.object({ type: z.literal("composer"), composer: composerSchema }),
  z.object({ type: z.literal("foundMentions"), query: label, found: z.array(mentionSchema) }),
  /** What was in the message box before the page was loaded. Text that has been typed meanwhile is not replaced. */
  z.object({ type: z.literal("keptDraft"), text: longText, window: label }),
  /** It has been sent or queued: a box that still shows it is emptied. */
  z.object({ type: z.literal("draftTaken"), text: longText }),
  /** Replaces what is in the message box. */
  z.object({ type: z.literal("fillDraft"), text: longText }),
] as const;

/** What the page says about its message box. */
export const composerViewMessages = [
  z.object({ type: z.literal("draft"), text: longText }),
  z.object({ type: z.literal("removeContext"), id: label }),
  z.object({ type: z.literal("automatic"), on: z.boolean() }),
  z.object({ type: z.literal("instructions"), on: z.boolean() }),
  z.object({ type: z.literal("mentions"), query: label }),
  z.object({ type: z.literal("attach"), path: label }),
  z.object({ type: z.literal("drop"), uris: z.array(label).check(z.maxLength(100)) }),
  z.object({
    type: z.literal("attachFile"),
    name: label,
    mediaType: label,
    /** Base64; "" for a file that is not a picture. */
    data: longText,
  }),
  z.object({ type: z.literal("addContext"), name: z.enum(contextNames) }),
  z.object({
    type: z.literal("choose"),
    what: z.enum(["model", "effort", "length"]),
    value: label,
  }),
  z.object({ type: z.literal("unqueue") }),
  z.object({ type: z.literal("summarise") }),
  z.object({ type: z.literal("removeSummary"), turnId: label }),
] as const;

export type ComposerView = z.infer<typeof composerSchema>;
export type ComposerMessage = z.infer<(typeof composerViewMessages)[number]>;
export type ContextName = (typeof contextNames)[number];
export type LastLetters = z.infer<typeof lastLettersSchema>;
export type HistoryView = z.infer<typeof historySchema>;
export type ChipView = z.infer<typeof chipSchema>;
export type MentionView = z.infer<typeof mentionSchema>;
