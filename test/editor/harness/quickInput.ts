import type { Locator, Page } from "playwright-core";

/** How often a step that the editor may ignore is tried, and how long each try may take. */
const TRIES = 30;
const TRY_MILLISECONDS = 1_000;

/**
 * Opens the box for commands, files and lines with its key, and types into it. Both are repeated until a box has the
 * text: while the focus moves into or out of a webview, a key reaches nobody, and the previous command's box may still
 * be closing. Returns the element that contains the box and its list.
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
 * Opens the box, types into it and clicks the first matching entry, once. Everything before the click is repeated until
 * there is such an entry: extensions' commands appear a moment after the window, and a previous command may take the
 * focus, which closes the box.
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
