import * as z from "zod/mini";
import { composerHostMessages, composerViewMessages, lastLettersSchema } from "./composerMessages";

/**
 * The messages between the host and a chat webview: one union for each direction. The host owns the state;
 * a message is a whole snapshot, one turn, or an indexed append. The webview speaks of turns and actions by
 * id only, never of paths or contents.
 */

const maxTextLength = 4_000_000;
const id = z.string().check(z.minLength(1), z.maxLength(64));
const text = z.string().check(z.maxLength(maxTextLength));
const label = z.string().check(z.maxLength(2000));

/** Places as an answer names them: `src/a.ts:12`. */
const references = z.array(label).check(z.maxLength(200));

const actionSchema = z.object({ id: label, label });
const failureSchema = z.object({ title: label, detail: text, actions: z.array(actionSchema) });

/** `points`: what a newcomer should know before the first question. */
const setupSchema = z.extend(failureSchema, {
  points: z.optional(z.array(z.object({ title: label, text: label }))),
});

const userTurnSchema = z.object({
  role: z.literal("user"),
  id,
  text,
  attachments: z.array(label),
  /** Of the question and its edited versions, in order; absent when there are no others. */
  versions: z.optional(z.array(id)),
});
const proposalSchema = z.object({
  state: z.enum(["open", "reviewing", "accepted", "rejected"]),
  summary: label,
});
const answerTurnSchema = z.object({
  role: z.literal("answer"),
  id,
  text,
  reasoning: text,
  underWay: z.boolean(),
  /** What is happening or how it ended, when that needs saying: "Waiting 12 s…". */
  status: label,
  /** Tokens, cost and speed, once settled. */
  receipt: label,
  notes: z.array(label),
  failure: z.optional(failureSchema),
  proposal: z.optional(proposalSchema),
  /** The rest of it can be asked for. */
  canContinue: z.optional(z.boolean()),
});
const turnSchema = z.discriminatedUnion("role", [userTurnSchema, answerTurnSchema]);

const chatStatusSchema = z.object({
  busy: z.boolean(),
  sessionCost: label,
  /** Set while no request can be made: what is missing, and the way out. */
  setup: z.optional(setupSchema),
  /** What leaves the machine, and where it goes. */
  disclosure: label,
});

const hostMessageSchema = z.discriminatedUnion("type", [
  ...composerHostMessages,
  z.object({
    type: z.literal("conversation"),
    conversationId: id,
    turns: z.array(turnSchema),
    status: chatStatusSchema,
  }),
  z.object({ type: z.literal("turn"), turn: turnSchema }),
  z.object({
    type: z.literal("append"),
    turnId: id,
    field: z.enum(["text", "reasoning"]),
    offset: z.int().check(z.nonnegative()),
    text,
  }),
  z.object({ type: z.literal("status"), status: chatStatusSchema }),
  z.object({ type: z.literal("announce"), text: label }),
  z.object({ type: z.literal("focus") }),
  /** Those of the references asked about that name a file of the workspace. */
  z.object({ type: z.literal("foundFiles"), references }),
]);

const chatRequestSchema = z.discriminatedUnion("type", [
  ...composerViewMessages,
  z.object({ type: z.literal("ready"), lastLetters: z.optional(lastLettersSchema) }),
  z.object({ type: z.literal("send"), text }),
  z.object({ type: z.literal("stop") }),
  z.object({ type: z.literal("newChat") }),
  z.object({ type: z.literal("retry"), turnId: id }),
  /** With another model, which the host lets the user choose. */
  z.object({ type: z.literal("retryWith"), turnId: id }),
  z.object({ type: z.literal("continue"), turnId: id }),
  z.object({ type: z.literal("resend"), turnId: id, text }),
  z.object({ type: z.literal("showVersion"), turnId: id }),
  z.object({ type: z.literal("action"), turnId: z.optional(id), actionId: label }),
  z.object({ type: z.literal("review"), turnId: id }),
  z.object({ type: z.literal("accept"), turnId: id }),
  z.object({ type: z.literal("reject"), turnId: id }),
  z.object({ type: z.literal("openLink"), url: label }),
  z.object({ type: z.literal("findFiles"), references }),
  z.object({ type: z.literal("openFile"), reference: label }),
  z.object({
    type: z.literal("code"),
    action: z.enum(["insert", "newFile", "apply"]),
    turnId: id,
    /** The block's number among all blocks of the answer, as `splitBlocks` cuts it. */
    block: z.int().check(z.nonnegative()),
  }),
]);

/** Host to webview. */
export type HostMessage = z.infer<typeof hostMessageSchema>;
/** Webview to host. */
export type ChatViewMessage = z.infer<typeof chatRequestSchema>;
export type TurnView = z.infer<typeof turnSchema>;
export type AnswerView = z.infer<typeof answerTurnSchema>;
export type UserView = z.infer<typeof userTurnSchema>;
export type FailureView = z.infer<typeof failureSchema>;
export type SetupView = z.infer<typeof setupSchema>;
export type ProposalView = z.infer<typeof proposalSchema>;
export type ChatStatus = z.infer<typeof chatStatusSchema>;

/** The one check of what the host sends; undefined = not a message, to be dropped. */
export function decodeHostMessage(message: unknown): HostMessage | undefined {
  return hostMessageSchema.safeParse(message).data;
}

/** The one check of what the webview sends; undefined = not a message, to be dropped. */
export function decodeChatViewMessage(message: unknown): ChatViewMessage | undefined {
  return chatRequestSchema.safeParse(message).data;
}
