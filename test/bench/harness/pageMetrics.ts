import type { CDPSession, Page } from "playwright-core";

/** What the browser counts of a page and its frames, which share one main thread here. */
export interface PageMetrics {
  /** Milliseconds of work on the main thread so far. */
  busy(): Promise<number>;
  /** Bytes of script objects, after a collection. */
  heap(): Promise<number>;
  nodes(): Promise<number>;
}

export async function pageMetrics(page: Page): Promise<PageMetrics> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  async function read(name: string): Promise<number> {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  }
  async function collected(name: string): Promise<number> {
    await session.send("HeapProfiler.collectGarbage");
    return read(name);
  }
  return {
    busy: async () => (await read("TaskDuration")) * 1000,
    heap: () => collected("JSHeapUsedSize"),
    nodes: () => collected("Nodes"),
  };
}
