import {
  type ChatMessage,
  type ChatRequest,
  type ChatTool,
  messageText,
} from "../chat/chatRequest";
import type { ModelRow } from "../models/modelRow";
import { encodeText, harmony } from "./harmonyTokens";
import { describeFunctions } from "./describeFunctions";

/**
 * The prompt as token ids, in the order in which the model reads it: its length is
 * `usage.prompt_tokens` and its beginning is what the prompt cache compares.
 * `now` is in milliseconds since the epoch; the system block of Harmony names the date.
 */
export function promptTokens(request: ChatRequest, model: ModelRow, now: number): number[] {
  return model.reasoning === "effort"
    ? harmonyPrompt(request, new Date(now))
    : chatMarkupPrompt(request);
}

/** Parts of a prompt: long ones must not be spread into arguments, which overflows the stack. */
type TokenParts = (readonly number[])[];

/** The Harmony format as OpenAI publishes it with gpt-oss (read 2026-10). */
function harmonyPrompt(request: ChatRequest, date: Date): number[] {
  const instructions = request.messages.filter(isInstruction).map(messageText);
  const developer = developerText(instructions, functionTools(request));
  const turns = request.messages.filter((message) => !isInstruction(message));
  const parts: TokenParts = [
    ...block("system", systemText(request, date)),
    ...(developer === undefined ? [] : block("developer", developer)),
    ...turns.flatMap((turn) => turnParts(turn, request)),
    [harmony.start, ...encodeText("assistant")],
  ];
  return parts.flat();
}

function systemText(request: ChatRequest, date: Date): string {
  const lines = [
    "You are ChatGPT, a large language model trained by OpenAI.",
    "Knowledge cutoff: 2024-06",
    `Current date: ${date.toISOString().slice(0, 10)}`,
    "",
    `Reasoning: ${request.reasoning_effort ?? "medium"}`,
    "",
    "# Valid channels: analysis, commentary, final. Channel must be included for every message.",
  ];
  if (functionTools(request).length > 0) {
    lines.push("Calls to these tools must go to the commentary channel: 'functions'.");
  }
  return lines.join("\n");
}

function developerText(instructions: string[], functions: ChatTool[]): string | undefined {
  const sections: string[] = [];
  if (instructions.length > 0) sections.push(`# Instructions\n\n${instructions.join("\n\n")}`);
  if (functions.length > 0) sections.push(`# Tools\n\n${describeFunctions(functions)}`);
  return sections.length === 0 ? undefined : sections.join("\n\n");
}

function turnParts(turn: ChatMessage, request: ChatRequest): TokenParts {
  switch (turn.role) {
    case "system":
    case "developer":
    case "user":
      return block(turn.role, messageText(turn));
    case "tool": {
      const author = `functions.${calledName(request, turn.tool_call_id)} to=assistant`;
      return onChannel(author, "commentary", messageText(turn));
    }
    case "assistant":
      return [
        ...onChannel("assistant", "analysis", turn.reasoning ?? ""),
        ...onChannel("assistant", "final", messageText(turn)),
        ...(turn.tool_calls ?? []).flatMap((call) => callParts(call.function)),
      ];
  }
}

function block(role: string, text: string): TokenParts {
  return [[harmony.start, ...encodeText(role), harmony.message], encodeText(text), [harmony.end]];
}

/** A block on a channel, or nothing when there is no text on it. */
function onChannel(author: string, channel: string, text: string): TokenParts {
  if (text === "") return [];
  return [
    [harmony.start, ...encodeText(author), harmony.channel, ...encodeText(channel)],
    [harmony.message],
    encodeText(text),
    [harmony.end],
  ];
}

function callParts(called: { name: string; arguments: string }): TokenParts {
  return [
    [harmony.start, ...encodeText("assistant"), harmony.channel],
    [...encodeText(`commentary to=functions.${called.name} `), harmony.constrain],
    [...encodeText("json"), harmony.message],
    encodeText(called.arguments),
    [harmony.call],
  ];
}

function calledName(request: ChatRequest, toolCallId: string): string {
  for (const message of request.messages) {
    if (message.role !== "assistant") continue;
    const call = message.tool_calls?.find(({ id }) => id === toolCallId);
    if (call !== undefined) return call.function.name;
  }
  return "unknown";
}

/**
 * Other models: their tokenizers are not public in JavaScript, so o200k counts the text between
 * two markers per turn, as in ChatML. An estimate, within a few per cent for code in English.
 */
function chatMarkupPrompt(request: ChatRequest): number[] {
  const functions = functionTools(request);
  const tools = functions.length === 0 ? [] : markedUp("system", describeFunctions(functions));
  const turns = request.messages.flatMap((message) => {
    const calls = message.role === "assistant" ? (message.tool_calls ?? []) : [];
    const called = calls.map((call) => `\n${JSON.stringify(call.function)}`).join("");
    return markedUp(message.role, messageText(message) + called);
  });
  return [...tools, ...turns, [turnStart, ...encodeText("assistant\n")]].flat();
}

const turnStart = -1;
const turnEnd = -2;

function markedUp(role: string, text: string): TokenParts {
  return [[turnStart], encodeText(`${role}\n`), encodeText(text), [turnEnd], encodeText("\n")];
}

function functionTools(request: ChatRequest): ChatTool[] {
  return (request.tools ?? []).filter(({ type }) => type === "function");
}

function isInstruction(message: ChatMessage): boolean {
  return message.role === "system" || message.role === "developer";
}
