import type { BlockReader, EditSink, OpenEdit } from "./blockReader";
import { resolvePath } from "./editPath";
import { isRecord } from "../unchecked";

/** Whether a line may open a tool call written as JSON. */
export function opensToolCall(line: string): boolean {
  const text = withoutMarks(line);
  return /^(?:\{|\[\{"|\["|\[$|"\*\*\* Begin Patch\\n)/.test(text);
}

/** A model may write its own marks or the tool's name in front of a call: `<tool_call>{`, `<|message|>{`, `apply_patch({`. */
function withoutMarks(line: string): string {
  return line
    .trimStart()
    .replace(/^(?:<[^<>{}]{1,60}>[^<>{}[\]]{0,60})*/, "")
    .replace(/^[\w.= ]{0,60}\bapply_patch\b[\w ]{0,20}\(?(?=[{["])/, "");
}

/** What reading JSON needs besides a sink: where text that turns out otherwise goes. */
export interface ToolCallHandlers {
  /** Reads the patch text found in a call. */
  readPatch(text: string): void;
  /** Takes lines back that were no tool call. */
  giveBack(lines: readonly string[]): void;
}

/** Reads a JSON value that may span lines; a tool call in it becomes edits. */
export function createToolCallReader(sink: EditSink, handlers: ToolCallHandlers): BlockReader {
  const lines: string[] = [];
  const scanner = createJsonScanner();

  return {
    holdsFences: true,
    get open(): OpenEdit {
      return { format: "call", lineCount: lines.length };
    },
    read(line) {
      const text = lines.length === 0 ? withoutMarks(line) : line;
      lines.push(line);
      if (!scanner.read(text)) return "taken";
      if (!emitCalls(parseJson(scanner.text()), sink, handlers)) handlers.giveBack(lines);
      return "last";
    },
    end() {
      const text = lines.join("\n");
      if (!callWords.some((word) => text.includes(word))) handlers.giveBack(lines);
      else {
        const message = "A tool call has no end: the answer was cut off.";
        sink.refuse({ kind: "truncated", message });
      }
    },
  };
}

/** Turns a text that is entirely a tool call into edits. `false`: it is not one. */
export function readToolCall(text: string, sink: EditSink, handlers: ToolCallHandlers): boolean {
  return opensToolCall(text) && emitCalls(parseJson(text), sink, handlers);
}

const callWords = ["*** Begin Patch", '"old_string"', '"oldString"', '"old_str"'];

/** Follows braces and strings until the value is complete, writing raw line ends in strings as `\n`. */
function createJsonScanner() {
  const parts: string[] = [];
  let depth = 0;
  let inString = false;
  function complete(line: string, end: number): true {
    parts.push(line.slice(0, end + 1));
    return true;
  }
  return {
    /** Whether the value is complete with this line. */
    read(line: string): boolean {
      if (parts.length > 0) parts.push(inString ? "\\n" : "\n");
      for (let i = 0; i < line.length; i++) {
        const character = line[i];
        if (inString && character === "\\") i++;
        else if (character === '"') {
          inString = !inString;
          if (!inString && depth === 0) return complete(line, i);
        } else if (inString) continue;
        else if (character === "{" || character === "[") depth++;
        else if ((character === "}" || character === "]") && --depth === 0)
          return complete(line, i);
      }
      parts.push(line);
      return false;
    },
    text: () => parts.join(""),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.trim());
  } catch {
    return undefined;
  }
}

/** Turns every call in a value into edits. `false`: it holds none. */
function emitCalls(value: unknown, sink: EditSink, handlers: ToolCallHandlers, depth = 0): boolean {
  if (depth > maxDepth) return false;
  if (typeof value === "string") return emitText(value, sink, handlers, depth);
  if (Array.isArray(value)) {
    return value.map((item) => emitCalls(item, sink, handlers, depth + 1)).includes(true);
  }
  if (!isRecord(value)) return false;
  if (emitReplacements(value, sink)) return true;
  if (emitWholeFile(value, sink)) return true;
  const isRead = Object.values(value)
    .map((item) => emitCalls(item, sink, handlers, depth + 1))
    .includes(true);
  return isRead || refuseOtherChange(value, sink);
}

/** A change that is not understood must not get lost among others. `false`: the value asks for none. */
function refuseOtherChange(call: Readonly<Record<string, unknown>>, sink: EditSink): boolean {
  const isNamed = ["arguments", "args", "input", "parameters"].some((key) => key in call);
  const name = textField(call, isNamed ? ["name"] : "path" in call ? ["command"] : []);
  if (name === undefined || !changing.test(name)) return false;
  const message = `A call of "${name}" holds no change that can be read.`;
  sink.refuse({ kind: "malformed", message });
  return true;
}

const changing = /edit|write|replace|delete|remove|move|rename|copy|insert|append|undo|patch/i;

const maxDepth = 8;

function emitText(
  text: string,
  sink: EditSink,
  handlers: ToolCallHandlers,
  depth: number,
): boolean {
  if (text.includes("*** Begin Patch")) {
    handlers.readPatch(text);
    return true;
  }
  // Arguments are often JSON within JSON.
  return text.startsWith("{") && emitCalls(parseJson(text), sink, handlers, depth + 1);
}

function emitReplacements(call: Readonly<Record<string, unknown>>, sink: EditSink): boolean {
  const items = Array.isArray(call["edits"]) ? call["edits"] : [call];
  const pairs = items.flatMap((item: unknown) => {
    if (!isRecord(item)) return [];
    const search = textField(item, [
      "old_string",
      "oldString",
      "old_str",
      "old_text",
      "oldText",
      "search",
    ]);
    const replacement = textField(item, [
      "new_string",
      "newString",
      "new_str",
      "new_text",
      "newText",
      "replace",
    ]);
    if (search === undefined || replacement === undefined) return [];
    return [{ item, search, replacement }];
  });
  if (pairs.length === 0) return false;
  if (pairs.length < items.length) {
    const message = "One of the edits in a call lacks its old or its new text.";
    sink.refuse({ kind: "malformed", message });
  }
  for (const { item, search, replacement } of pairs) {
    const path = pathField(item, sink) ?? pathField(call, sink) ?? sink.hint.defaultPath;
    if (path === undefined) {
      sink.refuse({ kind: "no-path", message: "A replacement does not say which file it is for." });
      continue;
    }
    const all = item["replace_all"] === true || item["replaceAll"] === true;
    sink.add({ kind: "replace", path, search, replacement, ...(all && { all }) });
  }
  return true;
}

function emitWholeFile(call: Readonly<Record<string, unknown>>, sink: EditSink): boolean {
  const path = pathField(call, sink);
  const content = textField(call, ["content", "contents", "file_text"]);
  if (path === undefined || content === undefined) return false;
  sink.add({ kind: "write", path, content });
  return true;
}

function pathField(call: Readonly<Record<string, unknown>>, sink: EditSink): string | undefined {
  const raw = textField(call, ["path", "file_path", "filePath", "filepath", "filename", "file"]);
  return raw === undefined ? undefined : (resolvePath(raw, sink.hint, "any") ?? raw);
}

function textField(
  record: Readonly<Record<string, unknown>>,
  names: readonly string[],
): string | undefined {
  for (const name of names) {
    const value = record[name];
    if (typeof value === "string") return value;
  }
  return undefined;
}
