import type { PathRefusal } from "../dispatch/failure";
import { foldName } from "./foldName";

const editorConfiguration = new Set(["settings.json", "tasks.json", "launch.json", "mcp.json"]);

/**
 * Whether an edit that a model wrote may touch a path at all, however the user answers. Compared as the
 * least strict file systems do: letter case and Unicode composition make no difference, invisible characters
 * do not count, and Windows drops trailing dots and spaces, reads `name:stream` as `name` and knows long
 * names by short ones. Undefined = allowed.
 */
export function refusePath(path: string, offered: readonly string[]): PathRefusal | undefined {
  return refuseSensitive(path) ?? (offered.includes(path) ? undefined : "notOffered");
}

/** The same for any way to write a file's place: relative, absolute, or what a link leads to. */
export function refuseSensitive(path: string): PathRefusal | undefined {
  const parts = resolve(path.split(/[\\/]/))
    .map(foldName)
    .filter((part) => part !== "");
  if (parts.some((part) => part === ".git" || isShortName(part, "git"))) return "git";
  return isEditorConfiguration(parts) ? "editorConfiguration" : undefined;
}

/**
 * The same for a file that is to be made. Its name must mean the same file everywhere: no stream, device, short
 * name, trailing dot or space, and no character that is not seen.
 */
export function refuseNew(path: string): PathRefusal | undefined {
  const sensitive = refuseSensitive(path);
  if (sensitive !== undefined) return sensitive;
  return path.split("/").every(isPlainName) ? undefined : "badName";
}

const deviceName = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;

function isPlainName(part: string): boolean {
  if (part === "" || part === "." || part === "..") return false;
  if (/[<>:"|?*\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|[. ]$|^ |~\d/u.test(part)) return false;
  return !deviceName.test(part) && part.normalize("NFC") === part;
}

/** Without empty parts and `.`, and with `..` taken back. */
function resolve(parts: readonly string[]): readonly string[] {
  const resolved: string[] = [];
  for (const part of parts) {
    if (part === "..") resolved.pop();
    else if (part !== "" && part !== ".") resolved.push(part);
  }
  return resolved;
}

/** Windows shortens names to six characters, `~` and a number, and extensions to three: `SETTIN~1.JSO`. */
function isShortName(part: string, start: string): boolean {
  return part.startsWith(start) && /^[^~.]+~\d+$/.test(part);
}

function isEditorConfiguration(parts: readonly string[]): boolean {
  const name = parts.at(-1) ?? "";
  const folder = parts.at(-2) ?? "";
  if (name.endsWith(".code-workspace") || /~\d+\.cod$/.test(name)) return true;
  if (folder !== ".vscode" && !isShortName(folder, "vscode")) return false;
  return editorConfiguration.has(name) || /~\d+\.jso$/.test(name);
}
