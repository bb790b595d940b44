import type { Edit } from "./edit";
import { diffLanguages, type FencedText, languageOf } from "./fencedFile";
import { patchLine } from "./v4aPatch";

/**
 * What a fence for a file asks for: the lines of a diff are a change at a place that only they tell, commands are
 * nothing to write into a file of another kind, and all else is the file's whole text.
 */
export function editOfFence(path: string, { fence, source, lines }: FencedText): Edit | undefined {
  const language = languageOf(fence);
  if (diffLanguages.has(language) && !/\.(?:diff|patch)$/i.test(path)) {
    return { kind: "patch", path, hunks: [{ lines: lines.map(patchLine) }] };
  }
  const mayBeItsText = isScript(path) || (source === "stated" && isNameless(path));
  const isCommand = shellLanguages.has(language) && !mayBeItsText;
  const content = lines.map((text) => `${text}\n`).join("");
  return isCommand ? undefined : { kind: "write", path, content };
}

const shellLanguages = new Set("bash sh shell zsh console powershell cmd".split(" "));

function isScript(path: string): boolean {
  return /\.(?:sh|bash|zsh|ksh|fish|ps1|cmd|bat)$/i.test(path);
}

/** Whether a file's name does not tell what is in it (`configure`, `Dockerfile`, `.env.example`). */
function isNameless(path: string): boolean {
  const name = path.split("/").at(-1) ?? "";
  return name.startsWith(".") || !name.includes(".");
}
