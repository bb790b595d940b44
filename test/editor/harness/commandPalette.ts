import type { Locator, Page } from "playwright-core";

/** The palette shows the commands that are registered when it opens; extensions may come a moment later. */
const LOOKS = 20;
const LOOK_MILLISECONDS = 1_000;

/** Opens the command palette, types a command's title and takes the entry that is called exactly so, once. */
export async function runFromPalette(page: Page, title: string): Promise<void> {
  const palette = page.locator(".quick-input-widget");
  const entry = palette.getByRole("option", { name: entryNamed(title) });
  for (let look = 1; ; look++) {
    await page.keyboard.press("F1");
    await palette.getByRole("textbox").fill(`>${title}`);
    if (await appears(entry)) break;
    if (look === LOOKS) throw new Error(`The palette does not show "${title}".`);
    await page.keyboard.press("Escape");
    await palette.waitFor({ state: "hidden" });
  }
  // Not part of the looks: a click that is given up may have worked all the same, and would be the first of two.
  await entry.click();
}

async function appears(entry: Locator): Promise<boolean> {
  try {
    await entry.waitFor({ timeout: LOOK_MILLISECONDS });
    return true;
  } catch {
    return false;
  }
}

/** An entry's accessible name is the title, followed by its keybinding and group after commas. */
function entryNamed(title: string): RegExp {
  return new RegExp(`^${title.replaceAll(/[^\w ]/g, String.raw`\$&`)}(,|$)`);
}
