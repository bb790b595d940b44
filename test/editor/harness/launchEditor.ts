import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Page } from "playwright-core";
import { editorAddress } from "../../../scripts/editor/address.mjs";
import { startEditorServer } from "../../../scripts/editor/server.mjs";
import { provideBrowser } from "../../../scripts/provision/browser.mjs";
import { provisionEditor } from "../../../scripts/provision/provisionEditor.mjs";
import { makeTemporaryFolder, onLeave } from "../../../scripts/system/cleanup.mjs";
import { inCache, rootFolder } from "../../../scripts/system/layout.mjs";
import { openEditorBrowser } from "./browserPage.ts";
import type { BrowserPage } from "./browserPage.ts";
import { runFromPalette } from "./commandPalette.ts";
import { paletteTitle } from "./commandTitles.ts";
import { webviewOf, type WebviewPlace, type WebviewFrame } from "./webviewFrame.ts";

export interface LaunchRequest {
  /** The folder to open, by its absolute path; none opens an empty window. */
  readonly workspace?: string;
  /** A file that is shown from the start, by its path below the workspace. */
  readonly file?: string;
  /** The extension in development: the editor takes one only; the checkout by default, unless there is a VSIX. */
  readonly extensionPath?: string;
  /** A packed extension to install instead. */
  readonly vsix?: string;
  /** A folder of installed extensions, for more than the one in development. */
  readonly extensionsFolder?: string;
  /** True leaves out those of the editor's own extensions that ours never meets: windows start sooner. */
  readonly bare?: boolean;
  /** Added to the environment of the editor and its extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** The user's settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** False opens the folder in Restricted Mode. */
  readonly trusted?: boolean;
  /** The display language of the extension, such as "de"; English by default. */
  readonly language?: string;
  /** A bundled module whose `run()` the extension host calls; dialogs then answer by themselves. */
  readonly testsPath?: string;
  /** Where the editor keeps all its data, for a second launch to find; the caller removes it. */
  readonly dataFolder?: string;
  /** Called with each line that the page or the extension host logs. */
  readonly onConsole?: (line: string) => void;
}

/** One window of a running editor, and what a person does in it. */
export interface EditorWindow {
  readonly page: Page;
  /** Errors on the console of the window, with those of the extension host. */
  readonly consoleErrors: readonly string[];
  /** Runs one of our commands, such as "groqCoder.newChat", through the palette, as a person does. */
  runCommand(id: string): Promise<void>;
  /** The inside of our webview, always the current one: keep no locator of it across a reload. */
  webview(place: WebviewPlace): WebviewFrame;
  /** Writes a PNG of the window into the cache's folder of screenshots; returns the file. */
  screenshot(name: string): Promise<string>;
  /** Reloads the window: the extension host starts anew, the browser's storage stays. */
  reload(): Promise<void>;
}

/** A running editor with its first window. */
export interface Editor extends EditorWindow {
  /** The exit code of `testsPath`: resolves when its `run()` has ended. */
  readonly testsEnded: Promise<number>;
  /** Another window of the same editor on another folder, with an extension host of its own. */
  openWindow(workspace: string): Promise<EditorWindow>;
  /** All its windows, the first one first. */
  windows(): readonly EditorWindow[];
  /** Ends the browser and the editor, with all they started, and removes their folders. */
  close(): Promise<void>;
}

/** Starts the embedded editor and a Chromium with a window of it; resolves when the workbench is ready. */
export async function launchEditor(request: LaunchRequest = {}): Promise<Editor> {
  const browser = await provideBrowser();
  const installation = await provisionEditor();
  const developed = request.vsix === undefined ? { extensionPath: rootFolder } : {};
  const profile = makeTemporaryFolder("browser");
  // The server's guard also removes the profile if we are killed.
  const server = await startEditorServer({ installation, temporaryFolders: [profile], ...request });
  try {
    const opened = { ...developed, ...request };
    const browserWindows = await openEditorBrowser({
      browser,
      profile,
      address: editorAddress(server.url, opened),
      language: request.language ?? "en",
      onConsole: request.onConsole ?? (() => {}),
    });
    const close = onLeave(async () => {
      await browserWindows.close();
      await server.stop();
    });
    const first = editorWindow(browserWindows);
    const windows = [first];
    return {
      ...first,
      testsEnded: browserWindows.testsEnded,
      async openWindow(workspace) {
        const address = editorAddress(server.url, { ...opened, workspace });
        const next = editorWindow(await browserWindows.openWindow(address));
        windows.push(next);
        return next;
      },
      windows: () => windows,
      close,
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function editorWindow({ page, consoleErrors, reload }: BrowserPage): EditorWindow {
  return {
    page,
    consoleErrors,
    runCommand: (id) => runFromPalette(page, paletteTitle(id)),
    webview: (place) => webviewOf(page, place),
    screenshot: (name) => takeScreenshot(page, name),
    reload,
  };
}

async function takeScreenshot(page: Page, name: string): Promise<string> {
  const folder = inCache("screenshots");
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}.png`);
  await page.screenshot({ path: file });
  return file;
}
