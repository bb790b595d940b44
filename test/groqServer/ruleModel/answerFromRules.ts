import type { Answer } from "../chat/answer";
import { type ChatRequest, messageText } from "../chat/chatRequest";
import { sampleValue } from "../chat/jsonSchema";
import type { ModelRow } from "../models/modelRow";
import { type CodeBlock, type PromptContent, readPrompt } from "./codeBlock";
import { type BlockEdit, constantEdit, docCommentEdit, renameEdit } from "./blockEdits";
import { explainCode } from "./explainCode";
import { patchOf, updateFile } from "./v4aPatch";

/** The first line of every answer in words. */
export const standInNotice =
  "This answer comes from a local stand-in for Groq, not from a real model.";

/**
 * Answers a request from what it contains: explains code, edits it on instruction, calls a tool when
 * it must, produces JSON when it must. The same request always gets the same answer.
 */
export function answerFromRules(request: ChatRequest, model: ModelRow): Answer {
  const thought = reasoningOf(request, model);
  return { ...(thought === undefined ? {} : { reasoning: thought }), ...reaction(request) };
}

function reaction(request: ChatRequest): Answer {
  return (
    builtInRun(request) ?? forcedCall(request) ?? forcedJson(request) ?? answerInWords(request)
  );
}

function reasoningOf(request: ChatRequest, model: ModelRow): string | undefined {
  const switchedOff = model.reasoning === "none" || request.reasoning_effort === "none";
  if (switchedOff) return undefined;
  const short = "The prompt decides which rule applies.";
  return request.reasoning_effort === "low"
    ? short
    : `${short} I look for code, for its path and for the instruction, and then apply that rule.`;
}

function builtInRun(request: ChatRequest): Answer | undefined {
  const builtIn = (request.tools ?? []).find(({ type }) => type !== "function")?.type;
  if (builtIn === undefined || builtIn === "function" || request.tool_choice === "none") {
    return undefined;
  }
  const question = lastUserText(request);
  if (request.tool_choice !== "required" && !/\b(search|run|compute|look up)\b/i.test(question)) {
    return undefined;
  }
  const result = { title: "Stand-in", url: "https://example.com/", content: "No search was made." };
  const executed =
    builtIn === "browser_search"
      ? { type: builtIn, arguments: JSON.stringify({ query: question }), searchResults: [result] }
      : { type: builtIn, arguments: JSON.stringify({ code: "pass" }), output: "No code was run." };
  return {
    executedTools: [executed],
    content: `${standInNotice}\n\n\`${builtIn}\` was not really used.`,
  };
}

function forcedCall(request: ChatRequest): Answer | undefined {
  const choice = request.tool_choice;
  const functions = (request.tools ?? []).flatMap((tool) => tool.function ?? []);
  const named =
    typeof choice === "object" && choice !== null
      ? functions.find(({ name }) => name === choice.function.name)
      : undefined;
  const called = named ?? (choice === "required" ? functions[0] : undefined);
  if (called === undefined) return undefined;
  const input = called.parameters === undefined ? {} : sampleValue(called.parameters);
  return { toolCalls: [{ name: called.name, arguments: input }] };
}

function forcedJson(request: ChatRequest): Answer | undefined {
  const format = request.response_format;
  if (format == null || format.type === "text") return undefined;
  if (format.type === "json_object") return { content: JSON.stringify({ notice: standInNotice }) };
  return { content: JSON.stringify(sampleValue(format.json_schema.schema ?? { type: "object" })) };
}

function answerInWords(request: ChatRequest): Answer {
  const prompt = readPrompt(lastUserText(request));
  return { content: `${standInNotice}\n\n${reply(prompt)}` };
}

function reply(prompt: PromptContent): string {
  if (prompt.blocks.length === 0) return withoutCode(prompt.words);
  const edit = editorFor(prompt.words);
  if (edit === undefined) return prompt.blocks.map(explainCode).join("\n\n");
  const edited = prompt.blocks.flatMap((block) => {
    const done = edit(block);
    return done === undefined ? [] : [{ block, done }];
  });
  if (edited.length === 0) {
    return "I found nothing to change for that instruction. I can rename an identifier (`rename a to b`), extract a constant, or add a doc comment.";
  }
  const updates = edited.map(({ block, done }) =>
    updateFile(block.path ?? "untitled", block.lines, done.changes),
  );
  return [...edited.map(({ done }) => done.summary), "", patchOf(updates)].join("\n");
}

type Editor = (block: CodeBlock) => BlockEdit | undefined;

function editorFor(words: string): Editor | undefined {
  const rename =
    /\brename\s+(?:\w+\s+){0,3}?[`'"]?([A-Za-z_$][\w$]*)[`'"]?\s+(?:in)?to\s+[`'"]?([A-Za-z_$][\w$]*)/i.exec(
      words,
    );
  const [, from, to] = rename ?? [];
  if (from !== undefined && to !== undefined) return (block) => renameEdit(block, from, to);
  if (/\b(extract|constant|magic (number|value))/i.test(words)) {
    const name = /\b(?:called|named|into|as)\s+[`'"]?([A-Z][A-Z0-9_]+)\b/.exec(words)?.[1];
    return (block) => constantEdit(block, name);
  }
  if (/\b(doc(ument|umentation|string)?|jsdoc|tsdoc)\b/i.test(words)) return docCommentEdit;
  const asks = /\b(explain|describe|outline|how|why|what)\b|\?\s*$/i.test(words);
  const wishes = /\b(change|clean|edit|fix|improve|make|optimi[sz]e|refactor|rewrite|simplify)\b/i;
  if (asks || !wishes.test(words)) return undefined;
  return (block) => constantEdit(block, undefined) ?? docCommentEdit(block);
}

function withoutCode(words: string): string {
  const asked = words.length > 200 ? `${words.slice(0, 200)}…` : words;
  return [
    `You wrote: ${asked === "" ? "nothing" : asked}`,
    "",
    "Send me code and I outline and explain it. Ask me to rename an identifier, to extract a constant or to add a doc comment, and I answer with a patch.",
  ].join("\n");
}

function lastUserText(request: ChatRequest): string {
  const last = request.messages.findLast(({ role }) => role === "user");
  return last === undefined ? "" : messageText(last);
}
