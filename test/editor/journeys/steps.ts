import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Locator, Page } from "playwright-core";
import type { EditorWindow } from "../harness/launchEditor";
import { askQuickInput, takeFromQuickInput } from "../harness/quickInput";
import type { WebviewFrame } from "../harness/webviewFrame";

/** Opens a file by its path in the quick-open box, as a person does: looking at what has opened. */
export async function openFile({ page }: EditorWindow, path: string): Promise<void> {
  const name = basename(path);
  // The tab of an edit under review starts with its file's name.
  const called = new RegExp(`^${name.replaceAll(".", String.raw`\.`)}(?!:)`);
  const tab = page.getByRole("tab", { name: called, selected: true }).first();
  while (!(await enterFile(page, path, name)) || !(await appears(tab, 10_000)))
    await page.keyboard.press("Escape");
  await textArea({ page }).waitFor();
}

/** By key, not with the mouse: the list is re-sorted under the pointer while the files are searched. */
async function enterFile(page: Page, path: string, name: string): Promise<boolean> {
  const box = await askQuickInput(page, "Control+P", path);
  const chosen = box.locator(".monaco-list-row.focused").and(box.getByRole("option", { name }));
  if (!(await appears(chosen, 5_000))) return false;
  await box.getByRole("textbox").press("Enter");
  return true;
}

async function appears(what: Locator, withinMs: number): Promise<boolean> {
  try {
    await what.waitFor({ timeout: withinMs });
    return true;
  } catch {
    return false;
  }
}

/** Selects whole lines, one-based and inclusive, in the active text editor. */
export async function selectLines(
  editor: EditorWindow,
  first: number,
  last: number,
): Promise<void> {
  const { page } = editor;
  await focusCode(editor);
  await takeFromQuickInput(page, "Control+G", `:${first}`, new RegExp(String.raw`\b${first}\b`));
  await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  await page.keyboard.press("Home");
  for (let line = first; line < last; line++) await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+End");
}

/** Selects a function of a file that is open, from its first line to the line that closes it. */
export async function selectFunction(
  editor: EditorWindow,
  file: string,
  name: string,
): Promise<void> {
  const lines = readFileSync(file, "utf8").split("\n");
  const first = lines.findIndex((line) => line.includes(`function ${name}(`));
  const last = lines.findIndex((line, index) => index > first && line === "}");
  await selectLines(editor, first + 1, last + 1);
}

/** Fills in the input box that a command has opened. */
export async function answerInputBox({ page }: EditorWindow, text: string): Promise<void> {
  const box = page.locator(".quick-input-widget").getByRole("textbox");
  await box.fill(text);
  await box.press("Enter");
}

/** Puts the focus into the first editor group, by its key. */
export async function focusCode({ page }: EditorWindow): Promise<void> {
  await page.keyboard.press("Control+1");
  // From inside a webview the key takes a detour: what is typed next must not overtake it.
  await codeHasFocus({ page });
}

/** Waits until the focus is in a text editor, where what is done last brings it. */
export async function codeHasFocus({ page }: Pick<EditorWindow, "page">): Promise<void> {
  await page.locator(".editor-group-container .monaco-editor.focused").first().waitFor();
}

/** What is visible of the active text editor; lines that are scrolled away are not in it. */
export function textArea({ page }: Pick<EditorWindow, "page">): Locator {
  return page.locator(".editor-instance .monaco-editor .view-lines").first();
}

/**
 * A notification with this text, and its buttons. The editor shows no toasts while it is driven, so that
 * they do not cover what is clicked: it is looked up in the notification centre.
 */
export async function notification({ page }: EditorWindow, text: string): Promise<Locator> {
  const center = page.locator(".notifications-center");
  const found = center.locator(".notification-list-item").filter({ hasText: text });
  // A notification centre that was opened before the notification came may close again.
  while (!(await found.isVisible())) {
    if (!(await center.isVisible())) await page.locator('[id="status.notifications"]').click();
    await Promise.race([found.waitFor(), center.waitFor({ state: "hidden" })]);
  }
  return found;
}

/** How many notifications of a window have this text. */
export async function notificationsWith(window: EditorWindow, text: string): Promise<number> {
  await window.page.bringToFront();
  const center = window.page.locator(".notifications-center");
  if (!(await center.isVisible())) await window.page.locator('[id="status.notifications"]').click();
  await center.waitFor();
  return center.locator(".notification-list-item").filter({ hasText: text }).count();
}

/** Resolves with the first of the windows that has a notification with this text. */
export async function windowWith(
  windows: readonly EditorWindow[],
  text: string,
): Promise<EditorWindow> {
  for (;;)
    for (const window of windows) if ((await notificationsWith(window, text)) > 0) return window;
}

/** The status-bar item with today's spend. */
export function meter({ page }: EditorWindow): Locator {
  return page.locator('[id="groq-coder.groq-coder.groqCoder.meter"]');
}

/**
 * Begins a conversation in the side bar, and waits until it is shown and has the focus: otherwise it would take the focus
 * from the next step. `answers` are those of the conversation that is shown before.
 */
export async function newChat(
  editor: EditorWindow,
): Promise<{ readonly chat: WebviewFrame; readonly answers: Locator }> {
  await editor.runCommand("groqCoder.newChat");
  const chat = editor.webview("view");
  // When the palette closes, the focus returns to its previous place for a moment.
  await chat.getByRole("article").first().waitFor({ state: "detached" });
  await chat.locator("textarea:focus").waitFor();
  return { chat, answers: chat.getByRole("article", { name: "Groq Coder" }) };
}

/** Types a message into the chat and sends it. */
export async function sendMessage(chat: WebviewFrame, text: string): Promise<void> {
  const box = chat.getByRole("textbox", { name: "Message" });
  await box.fill(text);
  await box.press("Enter");
}
