import type { Disposable, Webview } from "vscode";
import type {
  UsageHostMessage,
  UsagePageState,
  UsageViewMessage,
} from "../../protocol/usageMessages";
import type { Log } from "../log";
import { createProjectionTab } from "./projectionTab";
import type { ProjectionParts } from "./projectionTab";
import { createReportTab } from "./reportTab";
import type { ReportParts } from "./reportTab";

export interface UsageParts extends ReportParts, ProjectionParts {
  readonly log: Log;
}

/** One webview with the usage page, served until it is disposed of. */
export interface UsagePage extends Disposable {
  /** Takes what the page has sent; what is no message is dropped. */
  receive(raw: unknown): Promise<void>;
  /** Turns to the tab that a command's argument names, if it names one. */
  show(wanted: unknown): Promise<void>;
  refresh(): void;
}

/** Between two drawings, in milliseconds: a burst of requests in other windows is one change. */
const leastGapMs = 1000;

/**
 * Serves the page. What it shows first is read while it loads; the editor keeps posted messages until then. A page that
 * reports that nothing has come gets them again. `wanted` is what the editor kept for the page, or a command's argument: the
 * tab and the period that it names, if any, come first.
 */
export async function openUsagePage(
  parts: UsageParts,
  webview: Pick<Webview, "postMessage">,
  wanted: unknown,
): Promise<UsagePage> {
  const state = await readState(wanted);
  let tab = state?.tab ?? "report";
  let early: UsageHostMessage[] | undefined = [];
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  let drawnAt = Number.NEGATIVE_INFINITY;
  const post = (message: UsageHostMessage): void => {
    // Each is a whole snapshot: of two of a kind only the later one matters.
    if (early !== undefined)
      early = [...early.filter(({ type }) => type !== message.type), message];
    // A page that was closed meanwhile takes no messages.
    if (!isOver) void webview.postMessage(message);
  };
  const report = createReportTab(parts, post, state?.period);
  const projection = createProjectionTab(parts, post);
  const watched = (act: Promise<void>): Promise<void> =>
    act.catch((error: unknown) => parts.log.error(String(error)));

  function draw(): void {
    void watched(drawReport());
  }

  async function drawReport(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    drawnAt = parts.clock.monotonic();
    await report.draw();
  }

  /** The store does one thing after the other, so what is visible comes first. */
  async function drawAll(): Promise<void> {
    const steps = [drawReport, projection.draw];
    for (const step of tab === "report" ? steps : steps.toReversed()) await watched(step());
  }

  /** A page that reports a second time was reloaded: it may have received only a part. */
  function greet(isDrawn: boolean): void {
    const first = early;
    early = undefined;
    if (first === undefined) start();
    else if (!isDrawn) for (const message of first) post(message);
  }

  function start(): void {
    post({ type: "showTab", tab });
    void drawAll();
  }

  function hear(message: UsageViewMessage): void {
    switch (message.type) {
      case "ready":
        return greet(message.isDrawn === true);
      case "showTab":
        tab = message.tab;
        return;
      case "period":
      case "export":
        return void watched(report.hear(message));
      case "project":
        return void watched(projection.hear(message));
    }
  }

  start();

  return {
    async receive(raw) {
      const { decodeUsageViewMessage } = await loadChecks();
      const message = decodeUsageViewMessage(raw);
      if (message === undefined) parts.log.warn("a message of the usage page was dropped");
      else hear(message);
    },
    async show(again) {
      const turned = await readState(again);
      if (turned === undefined) return;
      ({ tab } = turned);
      post({ type: "showTab", tab });
    },
    refresh() {
      if (timer !== undefined) return;
      const gap = drawnAt + leastGapMs - parts.clock.monotonic();
      timer = setTimeout(draw, Math.max(0, gap));
    },
    dispose() {
      isOver = true;
      clearTimeout(timer);
    },
  };
}

/** The checks of messages, and the library behind them, are loaded with the first message: the report does not wait for them. */
const loadChecks = () => import("../../protocol/usageMessages");

async function readState(wanted: unknown): Promise<UsagePageState | undefined> {
  return wanted === undefined ? undefined : (await loadChecks()).decodeUsageState(wanted);
}
