import { l10n, window, workspace } from "vscode";
import * as z from "zod/mini";
import type { Chat, Question } from "../../core/chat/chat";
import { expectedOutput } from "../../core/chat/expectedOutput";
import { modelFor } from "../../core/chat/planAnswer";
import { excerptLabel } from "../../core/context/codeExcerpt";
import type { CodeExcerpt, Lines } from "../../core/context/codeExcerpt";
import type { ContextItem, RelatedItem } from "../../core/context/contextItem";
import { renderContext } from "../../core/context/renderContext";
import { fail } from "../../core/dispatch/failure";
import type { Result } from "../../core/dispatch/failure";
import type { TaskKind } from "../../core/dispatch/ledger";
import { asksForEdit } from "../../core/dispatch/task";
import { estimateText } from "../../core/tokens/estimateTokens";
import type { ChatPlaces } from "../chatView/chatPlaces";
import { nextRequestWords } from "../chatView/nextRequestWords";
import type { NextRequest } from "../chatView/nextRequestWords";
import type { ContextBoard } from "../context/contextBoard";
import { contextLabel } from "../context/contextLabel";
import { readRelated } from "../code/relatedSource";
import type { Git } from "../context/git";
import {
  displayPath,
  editExcerptOf,
  excerptOf,
  fileOf,
  resolveCodeTarget,
} from "../editor/codeTarget";
import type { CodeTarget } from "../editor/codeTarget";
import { refuseReadOnly } from "../editor/filePlace";
import type { Review } from "../editor/review";
import type { Settings } from "../settings";
import { askAndReview } from "./chatCommands";
import type { CommandResult } from "./commandResult";
import { formatCount } from "../formatCount";

/** What the commands on code need. */
export interface CodeCommandParts {
  readonly chat: Chat;
  readonly review: Review;
  readonly places: ChatPlaces;
  readonly settings: () => Settings;
  readonly git: Git;
  readonly board: Pick<ContextBoard, "instructionsFor">;
}

/** How long language servers have to find related code, in milliseconds. */
const patienceMs = 300;

/** Code with what helps to understand it; `focus` is what the question is about, where more is shown. */
export interface CodeContext {
  readonly attachments: readonly ContextItem[];
  readonly focus?: Lines;
}

/**
 * The user's instructions, the target with as much around it as an edit may touch, and the code that it uses, the latter
 * only in a trusted workspace.
 */
export async function contextOf(
  { git, board }: Pick<CodeCommandParts, "git" | "board">,
  target: CodeTarget,
  task: TaskKind,
): Promise<CodeContext> {
  const { startLine, endLine, symbol } = target;
  // Tests go into a file of their own: the code itself is not changed.
  const edits = asksForEdit(task) && task !== "tests";
  const code = edits ? editExcerptOf(target) : excerptOf(target);
  const [instructions, related] = await Promise.all([
    board.instructionsFor(fileOf(target.document.uri)),
    relatedTo({ git }, target, task, code),
  ]);
  const selection = { kind: "selection" as const, ...code };
  return {
    attachments: [
      ...(instructions === undefined ? [] : [instructions]),
      symbol === undefined || edits ? selection : { ...selection, symbol },
      ...(related === undefined ? [] : [related]),
    ],
    ...(edits && { focus: { startLine, endLine } }),
  };
}

/** In a workspace that is not trusted, only what was asked about is sent. */
async function relatedTo(
  { git }: Pick<CodeCommandParts, "git">,
  target: CodeTarget,
  task: TaskKind,
  shown: CodeExcerpt,
): Promise<RelatedItem | undefined> {
  if (!workspace.isTrusted) return undefined;
  return readRelated({ target, task, shown, git }, AbortSignal.timeout(patienceMs));
}

/** The code that a command is to change. If it cannot be changed, that is found out before anything is spent on it. */
export async function resolveEditTarget(argument: unknown): Promise<Result<CodeTarget>> {
  const target = await resolveCodeTarget(argument);
  if (!target.ok) return target;
  if (!workspace.isTrusted) return fail({ kind: "untrustedWorkspace" });
  const { uri } = target.value.document;
  const refused = await refuseReadOnly(uri, displayPath(uri));
  return refused === undefined ? target : fail(refused);
}

/** Asks, shows the answer as it streams, and then its edit for review, if the task asks for one. */
export async function askAboutCode(
  parts: CodeCommandParts,
  question: Question,
): Promise<CommandResult> {
  await parts.places.show();
  const { next, heldUp } = await foretell(parts, question);
  const asking = askAndReview(parts, question);
  // The chat itself shows why it waits.
  if (!heldUp && next !== "") window.setStatusBarMessage(`Groq Coder: ${next}`, asking);
  return asking;
}

/** What the question would cost, and when it would be sent. */
export async function foretell(
  { chat, settings }: Pick<CodeCommandParts, "chat" | "settings">,
  question: Question,
): Promise<NextRequest> {
  return nextRequestWords(await chat.forecast(question), {
    model: modelFor(question.task, settings()),
    expectedOutput: expectedOutput(question.task, chat.conversation().turns),
    also: instructionWords(question),
  });
}

/** Instructions are sent with each command, and cost something each time. */
function instructionWords({ attachments }: Question): string {
  const item = attachments.find(({ kind }) => kind === "instructions");
  if (item === undefined) return "";
  const tokens = estimateText(renderContext(item)).likely;
  return l10n.t("with {0} (~{1} tokens)", contextLabel(item), formatCount(tokens));
}

/** The user's own words, which are passed inside the target argument or after it. */
export function readInstruction(target: unknown, argument: unknown): string | undefined {
  const given =
    typeof argument === "string"
      ? argument
      : z.object({ instruction: z.string() }).safeParse(target).data?.instruction;
  return given === undefined || given.trim() === "" ? undefined : given.trim();
}

/** `total in src/a.ts`, or `src/a.ts:3-9`. */
export function targetLabel(target: CodeTarget): string {
  return target.symbol === undefined
    ? excerptLabel(excerptOf(target))
    : l10n.t("{0} in {1}", target.symbol, displayPath(target.document.uri));
}
