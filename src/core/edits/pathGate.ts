import type { PathRefusal } from "../dispatch/failure";

const editorConfiguration = new Set(["settings.json", "tasks.json", "launch.json", "mcp.json"]);

/**
 * Whether an edit that a model wrote may touch a path at all, however the user answers. Compared as the
 * least strict file systems do: letter case and Unicode composition make no difference, and Windows drops
 * trailing dots and spaces and reads `name:stream` as `name`. Undefined = allowed.
 */
export function refusePath(path: string, offered: readonly string[]): PathRefusal | undefined {
  const parts = path.split(/[\\/]/).map(fold);
  if (parts.some(isGitFolder)) return "git";
  if (isEditorConfiguration(parts)) return "editorConfiguration";
  return offered.includes(path) ? undefined : "notOffered";
}

function fold(part: string): string {
  const [name = ""] = part.normalize("NFC").split(":");
  return name.replace(/[. ]+$/, "").toLowerCase();
}

/** `GIT~1` is the short name that Windows gives `.git`. */
function isGitFolder(part: string): boolean {
  return part === ".git" || part === "git~1";
}

function isEditorConfiguration(parts: readonly string[]): boolean {
  const name = parts.at(-1) ?? "";
  return (
    name.endsWith(".code-workspace") ||
    (parts.at(-2) === ".vscode" && editorConfiguration.has(name))
  );
}
