import type { Page } from "playwright-core";
import { takeFromQuickInput } from "./quickInput.ts";

/** Opens the command palette, types a command's title and runs the entry with exactly that title, once. */
export function runFromPalette(page: Page, title: string): Promise<void> {
  return takeFromQuickInput(page, "F1", `>${title}`, entryNamed(title));
}

/** An entry's accessible name is the title, followed by its keybinding and group after commas. */
function entryNamed(title: string): RegExp {
  return new RegExp(`^${title.replaceAll(/[^\w ]/g, String.raw`\$&`)}(,|$)`);
}
