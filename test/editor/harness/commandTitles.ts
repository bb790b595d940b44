import { readFileSync } from "node:fs";
import path from "node:path";
import { rootFolder } from "../../../scripts/system/layout.mjs";

interface ContributedCommand {
  readonly command: string;
  readonly title: string;
  readonly category?: string;
}

interface Manifest {
  readonly contributes: { readonly commands: readonly ContributedCommand[] };
}

/** What the palette shows for one of our commands, such as "Groq Coder: New Chat". */
export function paletteTitle(command: string): string {
  const manifest = readJson("package.json") as Manifest;
  const words = readJson("package.nls.json") as Record<string, string>;
  const found = manifest.contributes.commands.find((candidate) => candidate.command === command);
  if (!found) throw new Error(`package.json contributes no command ${command}`);
  const title = found.title.replace(/^%(.+)%$/, (whole, key: string) => words[key] ?? whole);
  return found.category ? `${found.category}: ${title}` : title;
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(path.join(rootFolder, file), "utf8"));
}
