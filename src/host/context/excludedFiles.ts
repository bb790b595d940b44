import { workspace } from "vscode";
import type { Uri } from "vscode";
import * as z from "zod/mini";

const rules = z.record(z.string(), z.unknown());

/** `files.exclude` and `search.exclude`, and `also`, as one pattern. */
export function excludedFiles(scope?: Uri, also: readonly string[] = []): string | undefined {
  const patterns = ["files", "search"].flatMap((section) => {
    const set = rules.safeParse(workspace.getConfiguration(section, scope).get<unknown>("exclude"));
    // A rule may also be a condition on sibling files, which a pattern cannot express.
    return Object.entries(set.data ?? {}).flatMap(([pattern, on]) =>
      on === true ? [pattern] : [],
    );
  });
  // Braces do not nest in VS Code's patterns.
  const flat = [...patterns, ...also].filter((pattern) => !/[{},]/.test(pattern));
  return flat.length === 0 ? undefined : `{${flat.join(",")}}`;
}
