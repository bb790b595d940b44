import type { Locator } from "playwright-core";
import { expect } from "vitest";
import type { EditorWindow } from "../harness/launchEditor.ts";

/**
 * Waits until each line of `expected` is in the accessibility tree below `part`, in YAML as `ariaSnapshot` writes it, and
 * takes a screenshot.
 */
export async function look(
  editor: EditorWindow,
  name: string,
  part: Locator,
  expected: readonly (string | RegExp)[],
): Promise<void> {
  await expect
    .poll(async () => {
      const tree = await part.ariaSnapshot();
      return { missing: expected.filter((line) => !stands(line, tree)), tree };
    })
    // The tree is there for whoever reads what failed.
    .toEqual({ missing: [], tree: expect.any(String) });
  await editor.screenshot(name);
}

function stands(line: string | RegExp, tree: string): boolean {
  return typeof line === "string" ? tree.includes(line) : line.test(tree);
}
