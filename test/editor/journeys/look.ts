import type { Locator } from "playwright-core";
import { expect } from "vitest";
import type { EditorWindow } from "../harness/launchEditor.ts";

/**
 * Takes a screenshot, and beside it asserts on the accessibility tree below `part`: each line of `expected`
 * stands in it, in YAML as `ariaSnapshot` writes it.
 */
export async function look(
  editor: EditorWindow,
  name: string,
  part: Locator,
  expected: readonly (string | RegExp)[],
): Promise<void> {
  await editor.screenshot(name);
  const tree = await part.ariaSnapshot();
  for (const line of expected) {
    if (typeof line === "string") expect(tree).toContain(line);
    else expect(tree).toMatch(line);
  }
}
