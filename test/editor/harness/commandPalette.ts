import type { Page } from "playwright-core";

/** Opens the command palette, types a command's title and takes the entry that is called exactly so. */
export async function runFromPalette(page: Page, title: string): Promise<void> {
  await page.keyboard.press("F1");
  const palette = page.locator(".quick-input-widget");
  await palette.getByRole("textbox").fill(`>${title}`);
  await palette.getByRole("option", { name: optionNamed(title) }).click();
}

/** An entry's accessible name is the title, followed by its keybinding and group after commas. */
function optionNamed(title: string): RegExp {
  return new RegExp(`^${title.replaceAll(/[^\w ]/g, String.raw`\$&`)}(,|$)`);
}
