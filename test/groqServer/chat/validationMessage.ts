import type { z } from "zod";
import { chatRequestSchema } from "./chatRequest";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** A complaint and the place it is about; the empty place is the body itself. */
interface Complaint {
  readonly path: Path;
  readonly text: string;
}

/**
 * Says what is wrong with a chat body in the words of Groq's validator. Quoted from public threads
 * (read 2026-10): unsupported properties, the frame around a message's role, and `tool_choice`. The
 * other sentences follow their form.
 */
export function validationMessage(issue: Issue, body: unknown): string {
  const { path, text } = complaint(issue, body);
  const sentence = path.length === 0 ? text : `'${path.join(".")}' : ${text}`;
  const [first, index] = issue.path;
  if (first !== "messages" || typeof index !== "number") return sentence;
  const place = `'messages.${index}'`;
  const role = valueAt(body, ["messages", index, "role"]);
  if (issue.code === "invalid_union" && issue.path.length <= 3) {
    return `${place} : discriminator property 'role' has invalid value`;
  }
  return `${place} : for 'role:${String(role)}' the following must be satisfied[(${sentence})]`;
}

function complaint(issue: Issue, body: unknown): Complaint {
  const { path } = issue;
  const parent = path.slice(0, -1);
  const name = String(path.at(-1));
  switch (issue.code) {
    case "unrecognized_keys":
      return { path, text: unsupported(issue.keys[0] ?? "", path) };
    case "invalid_type":
      if (issue.expected === "null") return { path: parent, text: unsupported(name, parent) };
      if (valueAt(body, path) === undefined) {
        return { path: parent, text: `property '${name}' is missing` };
      }
      return { path, text: `value must be ${withArticle(issue.expected)}` };
    case "too_big":
      return { path, text: bound(issue.origin, "most", "maximum", issue.maximum) };
    case "too_small":
      return { path, text: bound(issue.origin, "least", "minimum", issue.minimum) };
    case "invalid_value":
      return { path, text: `value must be one of ${issue.values.map(quoted).join(", ")}` };
    case "invalid_union":
      return unionComplaint(issue, body);
    case "invalid_format":
    case "not_multiple_of":
    case "invalid_key":
    case "invalid_element":
    case "custom":
      return { path, text: "value does not have the required format" };
  }
}

function unionComplaint(issue: Issue & { code: "invalid_union" }, body: unknown): Complaint {
  const { path } = issue;
  const value = valueAt(body, path);
  if (path[0] === "tool_choice" && typeof value === "string") {
    const text = "Only allowed string values for 'tool_choice' are none, auto, and required";
    return { path: [], text };
  }
  if (value === undefined) {
    return { path: path.slice(0, -1), text: `property '${String(path.at(-1))}' is missing` };
  }
  const options = issue.errors.flatMap(([first]) => {
    if (first === undefined) return [];
    const inner = complaint({ ...first, path: [...path, ...first.path] }, body);
    return [`('${inner.path.join(".")}' : ${inner.text})`];
  });
  return { path, text: `one of the following must be satisfied[${options.join(" OR ")}]` };
}

function unsupported(name: string, parent: Path): string {
  const close = parent.length === 0 ? nearestField(name) : undefined;
  const hint = close === undefined ? "" : `, did you mean '${close}'?`;
  return `property '${name}' is unsupported${hint}`;
}

function nearestField(name: string): string | undefined {
  return Object.keys(chatRequestSchema.shape)
    .filter((field) => field !== name && editDistance(field, name) <= 2)
    .toSorted((a, b) => editDistance(a, name) - editDistance(b, name))[0];
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [index, letter] of a.split("").entries()) {
    const next = [index + 1];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (row[column - 1] ?? 0) + (letter === b[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

function bound(
  origin: string,
  degree: "most" | "least",
  extreme: "maximum" | "minimum",
  limit: number | bigint,
): string {
  return origin === "array"
    ? `${extreme} number of items is ${limit}`
    : `number must be at ${degree} ${limit}`;
}

function withArticle(type: string): string {
  const name = type === "int" ? "integer" : type;
  return `${/^[aeiou]/.test(name) ? "an" : "a"} ${name}`;
}

function quoted(value: unknown): string {
  return `"${String(value)}"`;
}

function valueAt(body: unknown, path: Path): unknown {
  let value = body;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}
