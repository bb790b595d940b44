import type { Locator, Page } from "playwright-core";
import { STAND_IN_KEY } from "../../../scripts/editor/standIn.mjs";
import { inRoot } from "../../../scripts/system/layout.mjs";
import { paletteTitle } from "../../editor/harness/commandTitles.ts";
import { launchEditor } from "../../editor/harness/launchEditor.ts";
import { askQuickInput } from "../../editor/harness/quickInput.ts";
import { whenWritten } from "./streamingRuns.ts";

const CHART = ".plot rect.bar";
/** Nothing is asked here: the port of no server. */
const NOWHERE = "http://127.0.0.1:9";

declare global {
  interface Window {
    enterAt?: number;
    chartAt?: number;
  }
}

/** What one editor gives; milliseconds and megabytes. */
export interface UsageRound {
  /** From Enter on the command to the first chart, painted; nothing of ours but the status bar was used before. */
  readonly first: number;
  /** The longest that the extension host was held up by the first. */
  readonly block: number;
  /** What the first added to the extension host's memory, all its threads included. */
  readonly resident: number;
}

export interface UsageRoundRequest {
  readonly vsix: string;
  /** With the floor extension, which tells of the extension host. */
  readonly extensionsFolder: string;
  /** With the filled ledger. */
  readonly dataFolder: string;
  /** A file that does not exist yet, in a folder of its own. */
  readonly reportFile: string;
}

/** Starts an editor, opens the usage page, and closes the editor. */
export async function runUsageRound(request: UsageRoundRequest): Promise<UsageRound> {
  const { vsix, extensionsFolder, dataFolder, reportFile } = request;
  const written = whenWritten(reportFile);
  const editor = await launchEditor({
    workspace: inRoot("test", "fixtures", "sampleWorkspace"),
    vsix,
    extensionsFolder,
    dataFolder,
    env: { GROQ_API_KEY: STAND_IN_KEY, GROQ_BASE_URL: NOWHERE, BENCH_REPORT: reportFile },
    // The editor's own extensions share the host, and their hold-ups are not ours.
    bare: true,
  });
  try {
    const port = await written;
    const host = async (name: string) =>
      Number(await (await fetch(`http://127.0.0.1:${port}${name}`)).text());
    const { page } = editor;
    await page.context().addInitScript(noteFirstChart);
    await page.evaluate(noteEnter);
    // What the status bar shows is read: the editor is as a person finds it.
    await page.locator('[id="groq-coder.groq-coder.groqCoder.meter"]').getByText("$").waitFor();
    const resident = await host("/resident");
    await host("/block");
    const usage = paletteTitle("groqCoder.showUsage");
    const first = await openPage(page, usage);
    const block = await host("/block");
    const added = (await host("/resident")) - resident;
    return { first, block, resident: added / 1e6 };
  } finally {
    await editor.close();
  }
}

async function openPage(page: Page, title: string): Promise<number> {
  const widget = await askQuickInput(page, "F1", `>${title}`);
  await widget.getByRole("option", { name: title }).first().waitFor();
  await page.keyboard.press("Enter");
  const around = webviewEditor(page).contentFrame();
  await around.frameLocator("#active-frame").locator(CHART).first().waitFor();
  const chartAt = await around.locator("body").evaluate(async () => {
    while (window.chartAt === undefined) await new Promise(requestAnimationFrame);
    return window.chartAt;
  });
  return chartAt - (await page.evaluate(() => window.enterAt ?? Number.NaN));
}

function webviewEditor(page: Page): Locator {
  return page.locator("iframe.webview.ready:not([src*='purpose=webviewView'])");
}

function noteEnter(): void {
  const note = (event: KeyboardEvent) => {
    if (event.key === "Enter") window.enterAt = performance.timeOrigin + event.timeStamp;
  };
  addEventListener("keydown", note, { capture: true });
}

/** Runs in every new frame, and looks for a chart in the one that our content is loaded into. */
function noteFirstChart(): void {
  const look = () => {
    const content = document.querySelector<HTMLIFrameElement>("#active-frame");
    const bar = content?.contentDocument?.querySelector(".plot rect.bar");
    if (!bar?.checkVisibility() || !content?.checkVisibility()) return requestAnimationFrame(look);
    // A task that a frame queues runs when that frame has been painted.
    return setTimeout(() => {
      window.chartAt = performance.timeOrigin + performance.now();
    });
  };
  if (location.search.includes("extensionId=")) look();
}
