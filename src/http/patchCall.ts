import { fenced } from "../core/context/fence";
import { isRecord, isText } from "../core/unchecked";
import { parseJsonOrText } from "./bodyText";

/** A complete function call of an answer. */
export interface FunctionCall {
  readonly name: string;
  /** JSON, if the model kept to it. */
  readonly arguments: string;
}

/**
 * The patch of a call of `apply_patch`, as a block of the answer's text: gpt-oss was trained to make this call, and makes it
 * even if no tool was offered. "" for any other call.
 */
export function patchCallText({ name, arguments: given }: FunctionCall): string {
  if (!/(?:^|\.)apply_patch$/.test(name)) return "";
  const patch = textsIn(parseJsonOrText(given)).find((text) => text.includes("*** Begin Patch"));
  return patch === undefined ? "" : `\n${fenced(patch.trim())}\n`;
}

/** Of arguments that are a text, a list of texts, or named texts. */
function textsIn(value: unknown): readonly string[] {
  const parts = isRecord(value) ? Object.values(value) : [value];
  return parts.flat(2).filter(isText);
}
