import { asRead, mostTurns, refuse, withoutAddresses } from "./conversationFile";
import type { ReadConversation } from "./conversationFile";
import type { Turn } from "./conversation";
import type { TurnCodec } from "./turnCodec";
import { parseRecord } from "../unchecked";
import type { Unchecked } from "../unchecked";

/** One part of the document: the name and data of its comment, and the text up to the next comment. */
interface Part {
  readonly name: string;
  readonly data: Unchecked;
  readonly body: string;
}

/**
 * Reads back what `writeConversationMarkdown` has written, even if somebody has edited its words: questions, attached
 * code, answers, summaries. Costs, reasoning and attachments other than code are not in it.
 */
export function readConversationMarkdown(text: string, codec: TurnCodec): ReadConversation {
  const plain = text.replace(/^\ufeff/, "");
  // An editor may have converted the line ends.
  const parts = readParts(/^[^\n]*\r\n/.test(plain) ? plain.replaceAll("\r\n", "\n") : plain);
  const [head, ...rest] = parts;
  if (head?.name !== "conversation") return refuse("foreign");
  const { version, createdAt, workspace, title } = head.data;
  if (typeof version === "number" && version > 1) return refuse("newer");
  if (
    typeof createdAt !== "number" ||
    !Number.isSafeInteger(createdAt) ||
    typeof workspace !== "string"
  )
    return refuse("damaged");
  const turns = readTurns(rest, codec);
  if (turns === undefined) return refuse("damaged");
  return {
    ok: true,
    conversation: {
      createdAt,
      workspace,
      ...(typeof title === "string" && { title }),
      turns,
    },
  };
}

/** The first comment names the mark that the others have. */
function readParts(text: string): readonly Part[] {
  const mark = /^\s*<!-- (groq-coder-\d+) conversation /.exec(text)?.[1];
  if (mark === undefined) return [];
  const comment = new RegExp(`^<!-- ${mark} ([a-z]+)(?: (\\{.*\\}))? -->$`, "gm");
  const found = [...text.matchAll(comment)];
  return found.map((match, place) => ({
    name: match[1] ?? "",
    data: parseRecord(match[2] ?? ""),
    body: text.slice(match.index + match[0].length, found[place + 1]?.index),
  }));
}

function readTurns(parts: readonly Part[], codec: TurnCodec): readonly Turn[] | undefined {
  const turns: Turn[] = [];
  const summaries = new Map(parts.filter(({ name }) => name === "summary").map(readSummary));
  for (const [place, { name, data, body }] of parts.entries()) {
    if (name !== "question" && name !== "answer") continue;
    const ends = parts.findIndex((part, index) => index > place && part.name === "end");
    if (ends === -1 || typeof data["id"] !== "string") return undefined;
    const attachments = parts.slice(place + 1, ends).flatMap(readCode);
    const summary = summaries.get(data["id"]);
    turns.push(readTurn(codec, name, data, withoutHeading(body), { attachments, summary }));
  }
  const isUnique = new Set(turns.map(({ id }) => id)).size === turns.length;
  return isUnique && turns.length > 0 && turns.length <= mostTurns ? turns : undefined;
}

function readTurn(
  codec: TurnCodec,
  name: "question" | "answer",
  { id, ...data }: Unchecked,
  text: string,
  belongings: {
    readonly attachments: readonly Unchecked[];
    readonly summary: Unchecked | undefined;
  },
): Turn {
  const { complete, ...details } = data;
  const status =
    complete === undefined
      ? { kind: "failed", failure: { kind: "interrupted" } }
      : { kind: "complete", finishReason: complete };
  const role = name === "question" ? "user" : "answer";
  const all = role === "user" ? { ...details, ...belongings } : { ...details, status };
  const kept = JSON.stringify(withoutAddresses(all));
  return asRead(codec.decode({ id: String(id), role, text, reasoning: "", details: kept }));
}

/** With the id of the question that it belongs to. */
function readSummary({ data: { of, ...data }, body }: Part): readonly [unknown, Unchecked] {
  return [of, { ...data, text: withoutHeading(body) }];
}

/** The body without its heading and the empty lines around it. */
function withoutHeading(body: string): string {
  const [, text] = /^\n\n## [^\n]*\n\n([^]*?)\n\n$/.exec(body) ?? [];
  return text ?? body.replace(/^\s*##[^\n]*/, "").trim();
}

/** The code between the fences; nothing if somebody removed them. */
function readCode({ name, data, body }: Part): readonly Unchecked[] {
  if (name !== "code") return [];
  const [, , text] = /^\n\n[^\n]*\n\n(`{3,})[^\n]*\n([^]*)\n\1\n\n$/.exec(body) ?? [];
  return text === undefined ? [] : [{ ...data, uri: "", text }];
}
