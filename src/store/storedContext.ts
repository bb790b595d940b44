import type {
  CodeProblem,
  ContextItem,
  ImageType,
  ProblemSeverity,
  RelatedCode,
} from "../core/context/contextItem";
import { isExcerpt, isListOf } from "./storedDetails";
import { isCount, isRecord, isText } from "../core/unchecked";
import type { Unchecked } from "../core/unchecked";

/** The attachments of a stored question; those that cannot be read, or are of a newer kind, are left out. */
export function readContext(value: unknown): readonly ContextItem[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) => {
    const item = withKind(entry);
    return isContextItem(item) ? [item] : [];
  });
}

/** Up to version 0.1 all attachments were selections, without a kind. */
function withKind(entry: unknown): unknown {
  return isExcerpt(entry) && !("kind" in entry) ? { kind: "selection", ...entry } : entry;
}

function isContextItem(value: unknown): value is ContextItem {
  if (!isRecord(value)) return false;
  switch (value["kind"]) {
    case "selection":
      return isExcerpt(value) && isOptional(value["symbol"], "string");
    case "file":
      return isExcerpt(value);
    case "folder":
      return (
        areTexts(value, "uri", "path", "outline") &&
        isListOf(value["files"], isExcerpt) &&
        isCount(value["filesLeftOut"])
      );
    case "related":
      return isListOf(value["parts"], isRelatedCode) && isCount(value["partsLeftOut"]);
    case "problems":
      return (
        areTexts(value, "uri", "path") &&
        isListOf(value["problems"], isProblem) &&
        isCount(value["problemsLeftOut"])
      );
    case "gitDiff":
      return (
        areTexts(value, "repository", "text") &&
        (value["scope"] === "staged" || value["scope"] === "workingTree") &&
        isListOf(value["files"], isText) &&
        isCount(value["linesLeftOut"])
      );
    case "terminal":
      return (
        areTexts(value, "command", "output") &&
        isOptional(value["exitCode"], "number") &&
        isCount(value["linesLeftOut"])
      );
    case "image":
      return areTexts(value, "name", "data") && imageTypes.has(value["mediaType"]);
    case "instructions":
      return (
        areTexts(value, "wishes") &&
        (value["notes"] === undefined || isExcerpt(value["notes"])) &&
        (value["notesCut"] === undefined || typeof value["notesCut"] === "boolean")
      );
    default:
      return false;
  }
}

const imageTypes: ReadonlySet<unknown> = new Set<ImageType>([
  "image/png",
  "image/jpeg",
  "image/webp",
  "image/gif",
]);

const severities: ReadonlySet<unknown> = new Set<ProblemSeverity>([
  "error",
  "warning",
  "information",
  "hint",
]);

function isRelatedCode(value: unknown): value is RelatedCode {
  return (
    isRecord(value) &&
    areTexts(value, "uri", "path", "text") &&
    isCount(value["line"]) &&
    isOptional(value["name"], "string")
  );
}

function isProblem(value: unknown): value is CodeProblem {
  return (
    isRecord(value) &&
    areTexts(value, "message") &&
    isCount(value["line"]) &&
    severities.has(value["severity"]) &&
    isOptional(value["source"], "string")
  );
}

function areTexts(value: Unchecked, ...names: readonly string[]): boolean {
  return names.every((name) => isText(value[name]));
}

function isOptional(value: unknown, type: "string" | "number"): boolean {
  return value === undefined || typeof value === type;
}
