import type { Failure } from "./failure";
import { isRecord } from "../unchecked";

/**
 * What a model wrote when it failed to call a tool, as text that can be shown and read for edits: the
 * patch or the text inside the call, else the call's arguments. "" when there is nothing to show, or when
 * `said`, the text that came before, holds it already.
 *
 * The forms are those that public threads quote (2026-10): `name{…}</function>`, `<function=name>{…}`,
 * calls as JSON, code with written-out line ends, and Groq's own complaint in place of a generation.
 */
export function recoverGeneration(failure: Failure, said: string): string {
  if (failure.kind !== "toolUseFailed" && failure.kind !== "jsonInvalid") return "";
  const generated = failure.generated.slice(0, longestGeneration).trim();
  if (generated.startsWith("Tool use failed:")) return "";
  const text = failure.kind === "jsonInvalid" ? generated : readableText(generated);
  return withoutSaid(text, said.trim());
}

/** Characters; far more than a model's longest answer. */
const longestGeneration = 1_000_000;

function readableText(generated: string): string {
  const call = findCall(generated);
  if (call === undefined) return textOfJson(generated, 0) ?? withRealLineEnds(generated);
  const spoken = textOfJson(call.content, 0) ?? withRealLineEnds(call.content);
  return [call.before, spoken].filter((part) => part !== "").join("\n\n");
}

const callMarks = [
  { opens: "<function=", closes: "</function>" },
  { opens: "<tool_call>", closes: "</tool_call>" },
  { opens: "<|python_tag|>", closes: "<|eom_id|>" },
] as const;

/** The text before a call in a model's own notation, and what is inside the call. */
function findCall(text: string): { readonly before: string; readonly content: string } | undefined {
  for (const { opens, closes } of callMarks) {
    const at = text.indexOf(opens);
    if (at < 0) continue;
    const inside = text.slice(at + opens.length);
    const nameless = opens === "<function=" ? inside.replace(/^[\w.-]*>?/, "") : inside;
    return { before: text.slice(0, at).trim(), content: upTo(nameless, closes) };
  }
  // `web_search{"query": …}</function>`: a name, and right behind it the arguments.
  const named = /^(?:functions\.)?[\w.-]{1,64}\s?(?=\{)/.exec(text);
  if (named === null) return undefined;
  return { before: "", content: upTo(text.slice(named[0].length), "</function>") };
}

function upTo(text: string, end: string): string {
  const at = text.lastIndexOf(end);
  return (at < 0 ? text : text.slice(0, at)).trim();
}

/** The text in a JSON value; undefined if `text` is not a JSON object or array. */
function textOfJson(text: string, depth: number): string | undefined {
  if (!/^[{[]/.test(text)) return undefined;
  try {
    return textOfValue(JSON.parse(text), depth);
  } catch {
    return undefined;
  }
}

const deepest = 8;
const callFields = ["function", "arguments", "parameters", "input"];
const textFields = ["text", "content", "answer", "message", "code", "response"];

function textOfValue(value: unknown, depth: number): string | undefined {
  if (depth > deepest) return undefined;
  if (typeof value === "string") return textOfJson(value.trim(), depth + 1) ?? value;
  if (Array.isArray(value)) {
    const texts = value.map((item) => textOfValue(item, depth + 1) ?? "");
    return texts.filter((text) => text !== "").join("\n\n");
  }
  if (!isRecord(value)) return undefined;
  const patch = Object.values(value).find(isPatch);
  // Arguments are often JSON within JSON.
  if (patch !== undefined) return textOfValue(patch, depth + 1);
  for (const field of callFields) {
    const inner = value[field];
    if (inner !== undefined) return textOfValue(inner, depth + 1);
  }
  const [only, ...others] = Object.entries(value);
  if (only !== undefined && others.length === 0 && textFields.includes(only[0]))
    return textOfValue(only[1], depth + 1);
  // Unchanged: the reader of edits knows calls that replace or write files.
  return JSON.stringify(value, undefined, 2);
}

function isPatch(value: unknown): value is string {
  return typeof value === "string" && value.includes("*** Begin Patch");
}

/** Code that was escaped once too often has `\n` in two characters, and no line end at all. */
function withRealLineEnds(text: string): string {
  if (text.includes("\n") || !text.includes("\\n")) return text;
  return text.replaceAll("\\n", "\n").replaceAll("\\t", "\t").replaceAll('\\"', '"');
}

/** A failed generation can begin with what was streamed before it failed. */
function withoutSaid(text: string, said: string): string {
  if (said === "") return text;
  if (said.includes(text)) return "";
  return text.startsWith(said) ? text.slice(said.length) : `\n\n${text}`;
}
