import type { Page } from "playwright-core";
import { appears, askQuickInput, TRIES } from "./quickInput.ts";

/**
 * Opens the command palette, types a command's title and takes the entry that is called exactly so, once. The
 * palette shows the commands that are registered when it opens; extensions may come a moment later.
 */
export async function runFromPalette(page: Page, title: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    const widget = await askQuickInput(page, "F1", `>${title}`);
    const entry = widget.getByRole("option", { name: entryNamed(title) });
    // A click is not tried twice: one that is given up may have worked all the same.
    if (await appears(entry)) return entry.click();
    if (tries === TRIES) throw new Error(`The palette does not show "${title}".`);
    await page.keyboard.press("Escape");
    await widget.waitFor({ state: "hidden" });
  }
}

/** An entry's accessible name is the title, followed by its keybinding and group after commas. */
function entryNamed(title: string): RegExp {
  return new RegExp(`^${title.replaceAll(/[^\w ]/g, String.raw`\$&`)}(,|$)`);
}
