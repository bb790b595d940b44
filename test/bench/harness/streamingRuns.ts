import { readFileSync } from "node:fs";
import { watch } from "node:fs/promises";
import path from "node:path";
import type { Page } from "playwright-core";
import { chatWindow, type ChatWindow } from "./chatWindow.ts";
import { queueAnswer } from "./editorRound.ts";
import type { PageMetrics } from "./pageMetrics.ts";
import { streamingAnswer, streamingEnding } from "./streamingAnswer.ts";
import type { WireTap } from "./wireTap.ts";

/** What one answer cost. */
export interface StreamedAnswer {
  readonly lag: number;
  /** Milliseconds of the page's main thread, from Enter to the last paint. */
  readonly mainThread: number;
  readonly longestTask: number;
  /** Milliseconds of the extension host, all threads. */
  readonly hostCpu: number;
}

export interface StreamingParts {
  readonly page: Page;
  readonly metrics: PageMetrics;
  readonly tap: WireTap;
  readonly server: URL;
  readonly host: (path: string) => Promise<string>;
}

let answers = 0;

/** Streams one answer in the view and watches what it costs. */
export async function streamOne(view: ChatWindow, parts: StreamingParts): Promise<StreamedAnswer> {
  const { page, metrics, tap, host } = parts;
  const number = ++answers;
  await queueAnswer(parts.server, streamingAnswer(number));
  await page.evaluate(watchTasks);
  const [busy, cpu] = [await metrics.busy(), Number(await host("/cpu"))];
  const { lastPaintAt } = await view.ask("Go on, please", streamingEnding(number));
  const mainThread = (await metrics.busy()) - busy;
  const hostCpu = Number(await host("/cpu")) - cpu;
  const longestTask = await page.evaluate(() => window.longestTask ?? Number.NaN);
  return { lag: lastPaintAt - tap.lastTokenAt(), mainThread, longestTask, hostCpu };
}

/** Lets our chat have so many answers, as fast as they come. */
export async function fill(
  count: number,
  content: (number: number) => string,
  { server, host }: Pick<StreamingParts, "server" | "host">,
): Promise<void> {
  for (let done = 0; done < count; done++) {
    await queueAnswer(server, content(++answers));
    await host("/send");
  }
}

export function viewOf(page: Page, title: string, extension: string): ChatWindow {
  return chatWindow(page, { title, extension });
}

declare global {
  interface Window {
    longestTask?: number;
    watchingTasks?: boolean;
  }
}

/** The window, and the views in it, share one thread: its tasks of more than 50 ms are told to all of them. */
function watchTasks(): void {
  window.longestTask = 0;
  if (window.watchingTasks === true) return;
  window.watchingTasks = true;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries())
      window.longestTask = Math.max(window.longestTask ?? 0, duration);
  }).observe({ type: "longtask" });
}

/** What a file that does not exist yet will hold. */
export async function whenWritten(file: string): Promise<string> {
  for await (const { filename } of watch(path.dirname(file), {
    signal: AbortSignal.timeout(90_000),
  })) {
    if (filename !== path.basename(file)) continue;
    const text = readFileSync(file, "utf8");
    if (text !== "") return text;
  }
  throw new Error("The folder of the report went away.");
}
