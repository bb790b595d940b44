import type { Locator, Page } from "playwright-core";

/** How often a step is tried that the editor may not take, and how long each try has to succeed. */
export const TRIES = 30;
const TRY_MILLISECONDS = 1_000;

/**
 * Opens the box for commands, files and lines with its key, and types into it. Both are done again as long as no box
 * takes the text: while the focus moves into a webview, or out of it, a key reaches nobody, and the box of the
 * command before may still be closing. Returns what the box stands in, its list included.
 */
export async function askQuickInput(page: Page, key: string, text: string): Promise<Locator> {
  const widget = page.locator(".quick-input-widget");
  for (let tries = 1; ; tries++) {
    await page.keyboard.press(key);
    if (await succeeds(widget.getByRole("textbox").fill(text, { timeout: TRY_MILLISECONDS })))
      return widget;
    if (tries === TRIES) throw new Error(`No box opens by ${key}.`);
  }
}

/** Whether it can be seen soon. */
export function appears(part: Locator): Promise<boolean> {
  return succeeds(part.waitFor({ timeout: TRY_MILLISECONDS }));
}

async function succeeds(act: Promise<unknown>): Promise<boolean> {
  try {
    await act;
    return true;
  } catch {
    return false;
  }
}
