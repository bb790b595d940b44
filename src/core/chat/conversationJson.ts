import { asRead, mostTurns, refuse, withoutAddresses } from "./conversationFile";
import type { HideSecrets, ReadConversation } from "./conversationFile";
import type { Conversation, Turn } from "./conversation";
import type { TurnCodec } from "./turnCodec";
import { isRecord, parseJson } from "../unchecked";

/** Identifies the file; the version is raised when older readers would lose something. */
const format = "groq-coder-conversation";
const version = 1;

/**
 * The whole conversation: everything that was asked, shown, thought and answered, and what it cost. The places of files
 * on this machine are left out, and whatever `hide` removes.
 */
export function writeConversationJson(
  conversation: Conversation,
  codec: TurnCodec,
  hide: HideSecrets,
): string {
  const { createdAt, workspace, title, turns } = conversation;
  const written = turns.map((turn) => {
    const { details, ...texts } = codec.encode(asRead(turn));
    return { ...texts, details: withoutAddresses(JSON.parse(details)) };
  });
  const file = { format, version, createdAt, workspace, title, turns: written };
  return `${JSON.stringify(mapTexts(file, hide), undefined, 2)}\n`;
}

/** Reads what `writeConversationJson` has written. */
export function readConversationJson(text: string, codec: TurnCodec): ReadConversation {
  const file = parseJson(text);
  if (!isRecord(file)) return refuse(text.includes(format) ? "damaged" : "foreign");
  if (file["format"] !== format) return refuse("foreign");
  const { version: written, createdAt, workspace, title } = file;
  if (typeof written === "number" && written > version) return refuse("newer");
  if (
    written !== version ||
    typeof createdAt !== "number" ||
    !Number.isSafeInteger(createdAt) ||
    typeof workspace !== "string" ||
    (title !== undefined && typeof title !== "string")
  )
    return refuse("damaged");
  const turns = readTurns(file["turns"], codec);
  if (turns === undefined) return refuse("damaged");
  return {
    ok: true,
    conversation: { createdAt, workspace, ...(title !== undefined && { title }), turns },
  };
}

/** All turns, or undefined if one cannot be read. */
function readTurns(given: unknown, codec: TurnCodec): readonly Turn[] | undefined {
  if (!Array.isArray(given) || given.length === 0 || given.length > mostTurns) return undefined;
  const turns = given.map((turn: unknown) => readTurn(turn, codec));
  const whole = turns.filter((turn) => turn !== undefined);
  const isWhole = whole.length === turns.length;
  return isWhole && new Set(whole.map(({ id }) => id)).size === whole.length ? whole : undefined;
}

function readTurn(given: unknown, codec: TurnCodec): Turn | undefined {
  if (!isRecord(given)) return undefined;
  const { id, role, text, reasoning, details } = given;
  if (
    typeof id !== "string" ||
    (role !== "user" && role !== "answer") ||
    typeof text !== "string" ||
    typeof reasoning !== "string" ||
    !isRecord(details)
  )
    return undefined;
  // A file could name any place on this machine: an import is bound to none.
  const kept = JSON.stringify(withoutAddresses(details));
  return asRead(codec.decode({ id, role, text, reasoning, details: kept }));
}

function mapTexts(value: unknown, change: HideSecrets): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((inner) => mapTexts(inner, change));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, mapTexts(inner, change)]),
  );
}
