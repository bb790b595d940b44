import type { Locator, Page } from "playwright-core";

/** How often a step is tried that the editor may not take, and how long each try has to succeed. */
const TRIES = 30;
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

/**
 * Opens the box, types into it and takes the first entry that is called so, once. All but that is done again as long
 * as there is no such entry: commands of extensions come a moment after the window, and a command before may take
 * the focus, which closes the box.
 */
export async function takeFromQuickInput(
  page: Page,
  key: string,
  text: string,
  name: string | RegExp,
): Promise<void> {
  for (let tries = 1; ; tries++) {
    const widget = await askQuickInput(page, key, text);
    const entry = widget.getByRole("option", { name }).first();
    if (await succeeds(clickOnce(entry))) return;
    if (tries === TRIES) throw new Error(`There is nothing called ${String(name)}.`);
    if (await widget.isVisible()) await page.keyboard.press("Escape");
    await widget.waitFor({ state: "hidden" });
  }
}

/** Rejects if nothing was clicked: a click that was given up after it was done may have worked. */
async function clickOnce(entry: Locator): Promise<void> {
  await entry.click({ timeout: TRY_MILLISECONDS }).catch((error: unknown) => {
    if (!String(error).includes("performing click action")) throw error;
  });
}

async function succeeds(act: Promise<unknown>): Promise<boolean> {
  try {
    await act;
    return true;
  } catch {
    return false;
  }
}
