import { isCode } from "../context/contextItem";
import type { CodeItem, ContextItem } from "../context/contextItem";
import { fenced, onOneLine } from "../context/fence";
import { renderContext } from "../context/renderContext";
import type { HideSecrets } from "./conversationFile";
import type { AnswerTurn, Conversation, Summary, Turn, UserTurn } from "./conversation";

/** The host's words for the document; one line each. */
export interface MarkdownWords {
  readonly title: string;
  /** When it was written, by what, and what the conversation cost. */
  readonly summary: string;
  readonly you: string;
  readonly assistant: string;
  /** The heading of a summary of the turns above it. */
  readonly summaryOf: string;
  /** The model, its tokens and their cost, and what became of the answer. */
  readonly receiptOf: (answer: AnswerTurn | Summary) => string;
}

/**
 * The conversation for people: questions, code, answers, and what each cost. Comments that Markdown does not show mark
 * where each part begins, so that it can be read back (`readConversationMarkdown.ts`).
 */
export function writeConversationMarkdown(
  conversation: Conversation,
  words: MarkdownWords,
  hide: HideSecrets,
): string {
  const { createdAt, workspace, title, turns } = conversation;
  const hidden = hide(turns.map((turn) => textsOf(turn).join("\n")).join("\n"));
  const mark = unusedMark(`${hidden}\n${hide(words.title)}`);
  const head = markLine(mark, "conversation", { version: 1, createdAt, workspace, title });
  const parts = [
    head,
    `# ${hide(words.title)}\n\n*${words.summary}*`,
    ...turns.flatMap((turn, place) => [
      ...(turn.role === "user" ? questionParts(mark, turn, words) : answerParts(mark, turn, words)),
      ...(turns[place + 1]?.role === "answer"
        ? []
        : summaryParts(mark, lastQuestion(turns, place), words)),
    ]),
  ];
  return `${parts.map(hide).join("\n\n")}\n`;
}

function questionParts(mark: string, turn: UserTurn, words: MarkdownWords): readonly string[] {
  const { id, task, text, attachments, focus } = turn;
  return [
    markLine(mark, "question", { id, task, focus }),
    `## ${words.you}`,
    text,
    ...attachments.flatMap((item) => attachmentParts(mark, item)),
    markLine(mark, "end"),
  ];
}

function attachmentParts(mark: string, item: ContextItem): readonly string[] {
  if (!isCode(item)) return [markLine(mark, "shown"), renderContext(item)];
  return [markLine(mark, "code", describeCode(item)), codeBlock(item)];
}

/** All of it but the text, which follows below. */
function describeCode({ uri: _uri, text: _text, ...description }: CodeItem): object {
  return description;
}

function codeBlock({ path, startLine, endLine, languageId, text }: CodeItem): string {
  return `\`${onOneLine(path)}:${startLine}-${endLine}\`\n\n${fenced(text, languageId)}`;
}

function answerParts(mark: string, turn: AnswerTurn, words: MarkdownWords): readonly string[] {
  const { id, questionId, task, model, text, status } = turn;
  const complete = status.kind === "complete" ? status.finishReason : undefined;
  return [
    markLine(mark, "answer", { id, questionId, task, model, complete }),
    `## ${words.assistant}`,
    text,
    markLine(mark, "end"),
    ...closedFence(text),
    `*${words.receiptOf(turn)}*`,
  ];
}

function lastQuestion(turns: readonly Turn[], place: number): UserTurn | undefined {
  return turns.slice(0, place + 1).findLast((turn) => turn.role === "user");
}

/** Below the answers of the question that it hangs on. */
function summaryParts(
  mark: string,
  question: UserTurn | undefined,
  words: MarkdownWords,
): readonly string[] {
  if (question?.summary === undefined) return [];
  const { text, model, turnIds, unread } = question.summary;
  return [
    markLine(mark, "summary", { of: question.id, model, turnIds, unread }),
    `## ${words.summaryOf}`,
    text,
    markLine(mark, "end"),
    ...closedFence(text),
    `*${words.receiptOf(question.summary)}*`,
  ];
}

/** A comment on a line of its own, which Markdown does not show. */
function markLine(mark: string, part: string, data?: object): string {
  // In JSON these occur only in strings, where they can be escaped so as not to end the comment or the line.
  const json =
    data === undefined ? "" : ` ${JSON.stringify(data).replace(/[>\u2028\u2029]/g, asCode)}`;
  return `<!-- ${mark} ${part}${json} -->`;
}

function asCode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** A mark that occurs nowhere in the texts. */
function unusedMark(texts: string): string {
  let number = 1;
  while (texts.includes(`groq-coder-${number} `)) number++;
  return `groq-coder-${number}`;
}

function textsOf(turn: Turn): readonly string[] {
  if (turn.role === "answer") return [turn.text];
  return [turn.text, ...turn.attachments.map(renderContext), turn.summary?.text ?? ""];
}

/** Closes a code block in which the text was cut off: otherwise all that follows would be code. */
function closedFence(text: string): readonly string[] {
  let open: string | undefined;
  for (const line of text.split("\n")) {
    const fence = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === undefined) continue;
    if (open === undefined) open = fence;
    else if (fence.startsWith(open)) open = undefined;
  }
  return open === undefined ? [] : [open];
}
