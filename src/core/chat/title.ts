import { excerptLabel } from "../context/codeExcerpt";
import type { ContextItem } from "../context/contextItem";
import type { TaskKind } from "../dispatch/ledger";
import { slashPrompts } from "../prompts/slashPrompts";
import type { Conversation, Turn, UserTurn } from "./conversation";

/** The title of a conversation. The host has the words for `command`, and for an empty text. */
export type ConversationTitle =
  /** The user's own. */
  | { readonly kind: "given"; readonly text: string }
  /** From the first question. */
  | { readonly kind: "question"; readonly text: string }
  /** A command on code: its name and the code's, as in "explain", "src/a.ts:3-9". */
  | { readonly kind: "command"; readonly name: string; readonly label: string };

/** Characters, as a person counts them. */
const longestTitle = 60;

/** The title of a conversation; no request is made for it. */
export function titleOf({
  title,
  turns,
}: Pick<Conversation, "title" | "turns">): ConversationTitle {
  if (title !== undefined) return { kind: "given", text: title };
  return titleFrom(turns.find(isQuestion));
}

/** The title of a conversation that begins with this question. */
export function titleFrom(question: UserTurn | undefined): ConversationTitle {
  if (question === undefined) return { kind: "question", text: "" };
  const label = attachmentLabels(question).map(cleaned).map(shorten)[0];
  const { name = commandOf(question.task), words } = splitSlashCommand(question.text);
  if (name !== undefined && label !== undefined) return { kind: "command", name, label };
  const line = meaningfulLine(words);
  if (line !== "") return { kind: "question", text: shorten(line) };
  if (name !== undefined) return { kind: "command", name, label: "" };
  return { kind: "question", text: label ?? "" };
}

/** A title as the user typed it: one line, not longer than a list can show; undefined for an empty one. */
export function readTitle(typed: string): string | undefined {
  const text = cleaned(typed);
  return text === "" ? undefined : [...graphemes(text)].slice(0, mostTyped).join("");
}

const mostTyped = 200;

/** The names of what a question shows. */
export function attachmentLabels({ attachments }: UserTurn): readonly string[] {
  return attachments.map(labelOf).filter((label) => label !== "");
}

function labelOf(item: ContextItem): string {
  switch (item.kind) {
    case "selection":
      return excerptLabel(item);
    case "file":
    case "problems":
      return item.path;
    case "folder":
      return `${item.path}/`;
    case "terminal":
      return item.command;
    case "image":
      return item.name;
    case "gitDiff":
      return item.files.join(" ");
    case "instructions":
    case "related":
      return "";
  }
}

function isQuestion(turn: Turn): turn is UserTurn {
  return turn.role === "user";
}

/** The typed name of a task whose command needs no words; chat and edit have the user's own. */
function commandOf(task: TaskKind): string | undefined {
  switch (task) {
    case "explain":
    case "fix":
    case "tests":
      return task;
    case "document":
      return "docs";
    case "chat":
    case "edit":
      return undefined;
  }
}

/** A slash command is in the text either as its name or as the prompt that was sent for it. */
function splitSlashCommand(text: string): {
  readonly name: string | undefined;
  readonly words: string;
} {
  for (const [typed, prompt] of Object.entries(slashPrompts))
    if (text.startsWith(prompt)) return splitSlashCommand(typed + text.slice(prompt.length));
  const command = /^\s*\/([a-z][a-z-]*)(?=\s|$)/i.exec(text);
  if (command === null) return { name: undefined, words: text };
  const words = text.slice(command[0].length);
  // The user's own words say more than the command.
  return { name: words.trim() === "" ? command[1]?.toLowerCase() : undefined, words };
}

/** The first line with letters or digits outside code blocks; else the first one inside. */
function meaningfulLine(text: string): string {
  const lines = text.split(/\r\n|[\r\n\u2028\u2029]/);
  const inCode: string[] = [];
  let fence: string | undefined;
  for (const line of lines) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === undefined) {
      if (mark === undefined && saysAnything(line)) return withoutMarkup(line);
      fence = mark;
    } else if (mark?.startsWith(fence) === true) fence = undefined;
    else inCode.push(line);
  }
  return cleaned(inCode.find(saysAnything) ?? lines.find((line) => cleaned(line) !== "") ?? "");
}

function saysAnything(line: string): boolean {
  return /[\p{L}\p{N}]/u.test(line);
}

/** Without the marks of headings, lists and quotations at its beginning. */
function withoutMarkup(line: string): string {
  return cleaned(line.replace(/^\s*(?:(?:#{1,6}|[-*+>]|\d{1,3}[.)])\s+)*/, ""));
}

/** On one line, without invisible and bidirectional control characters. */
function cleaned(text: string): string {
  return text
    .replace(/[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\ufeff\u{e0000}-\u{e007f}]/gu, "")
    .replace(/[\p{Cc}\p{Z}]+/gu, " ")
    .trim();
}

/** At most `longestTitle` characters, cut between words where there is a gap in the second half. */
function shorten(line: string): string {
  const characters = [...graphemes(line.slice(0, longestTitle * 16))];
  if (characters.length <= longestTitle) return line;
  const most = characters.slice(0, longestTitle - 1).join("");
  const gap = characters[longestTitle - 1] === " " ? most.length : most.lastIndexOf(" ");
  const cut = gap > most.length / 2 ? most.slice(0, gap) : most;
  return `${cut.replace(/[\s,;:.–—-]+$/u, "")}…`;
}

function* graphemes(text: string): Generator<string> {
  for (const { segment } of new Intl.Segmenter().segment(text)) yield segment;
}
