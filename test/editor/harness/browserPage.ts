import { chromium, type BrowserContext, type ConsoleMessage, type Page } from "playwright-core";

/** Wide enough for a side bar, an editor and a panel beside each other, as on a laptop. */
const VIEWPORT = { width: 1400, height: 900 };

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  // Without a GPU, drawing needs no separate process.
  "--in-process-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** This editor lacks some files of its web page and two native modules, reaches no gallery, and says so at each start. */
const EDITORS_OWN_ERRORS =
  /Failed to load resource|Manifest fetch|bad HTTP response code|\[Service Worker\]|bindings file|native-watchdog|build\/Release\/watchdog|net::ERR_|[Gg]allery|marketplace|bundled tsserver/;

/** What the test driver of VS Code's workbench offers to a page. */
interface WorkbenchDriver {
  whenWorkbenchRestored(): Promise<void>;
}

declare global {
  interface Window {
    driver?: WorkbenchDriver;
  }
}

export interface BrowserPageRequest {
  /** The browser's executable. */
  readonly browser: string;
  /** An empty folder for the browser's data; the caller removes it after `close`. */
  readonly profile: string;
  readonly address: URL;
  /** The display language, as a language pack would set it; the editor's own words stay English. */
  readonly language: string;
  readonly onConsole: (line: string) => void;
}

/** One window of the editor. */
export interface BrowserPage {
  readonly page: Page;
  readonly consoleErrors: readonly string[];
  reload(): Promise<void>;
}

/** A browser with the windows of one editor, which share its storage. */
export interface EditorBrowser extends BrowserPage {
  readonly testsEnded: Promise<number>;
  /** Opens another window beside the first; resolves when its workbench is restored. */
  openWindow(address: URL): Promise<BrowserPage>;
  close(): Promise<void>;
}

/** How long a journey waits for what it looks for: a busy machine opens an editor in half a minute. */
const patienceMs = 60_000;

/** Opens the editor's address in a new browser; resolves when the workbench is restored. */
export async function openEditorBrowser(request: BrowserPageRequest): Promise<EditorBrowser> {
  const context = await chromium.launchPersistentContext(request.profile, {
    executablePath: request.browser,
    headless: true,
    args: FLAGS,
    viewport: VIEWPORT,
    artifactsDir: request.profile,
    // We handle signals; the browser ends when its pipe to us closes.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  context.setDefaultTimeout(patienceMs);
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    const tests = Promise.withResolvers<number>();
    // Not every caller waits for tests; one that does must not wait for a browser that is gone.
    tests.promise.catch(() => {});
    const gone = () => tests.reject(new Error("The browser ended before the tests did."));
    context.once("close", gone);
    page.once("crash", gone);
    await context.addInitScript((language) => {
      Object.assign(window, { _VSCODE_NLS_LANGUAGE: language });
    }, request.language);
    await exposeTestDriver(context, tests.resolve, request.onConsole);
    return {
      ...(await openWindow(page, request.address, request.onConsole)),
      testsEnded: tests.promise,
      openWindow: async (address) =>
        openWindow(await context.newPage(), address, request.onConsole),
      close: () => context.close(),
    };
  } catch (error) {
    await context.close();
    throw error;
  }
}

async function openWindow(
  page: Page,
  address: URL,
  onConsole: (line: string) => void,
): Promise<BrowserPage> {
  const consoleErrors = collectConsole(page, onConsole);
  await page.goto(address.href);
  await waitForWorkbench(page);
  const reload = async () => {
    await page.reload();
    await waitForWorkbench(page);
  };
  return { page, consoleErrors, reload };
}

async function waitForWorkbench(page: Page): Promise<void> {
  await page.waitForFunction(() => window.driver !== undefined);
  await page.evaluate(() => window.driver?.whenWorkbenchRestored());
}

function collectConsole(page: Page, onConsole: (line: string) => void): readonly string[] {
  const errors: string[] = [];
  page.on("console", (message: ConsoleMessage) => {
    const text = message.text();
    if (EDITORS_OWN_ERRORS.test(text)) return;
    onConsole(text);
    if (message.type() === "error") errors.push(text);
  });
  page.on("pageerror", (error) => errors.push(error.message));
  return errors;
}

/** The workbench calls these two when it was opened to run tests. */
async function exposeTestDriver(
  context: BrowserContext,
  onExit: (code: number) => void,
  onConsole: (line: string) => void,
): Promise<void> {
  await context.exposeFunction("codeAutomationExit", onExit);
  await context.exposeFunction("codeAutomationLog", (_type: string, args: unknown[]) =>
    onConsole(args.map(String).join(" ")),
  );
}
