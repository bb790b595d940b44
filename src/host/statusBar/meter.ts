import { l10n, MarkdownString, StatusBarAlignment, ThemeColor, window } from "vscode";
import type { Disposable, StatusBarItem } from "vscode";
import type { Failure } from "../../core/dispatch/failure";
import { explainFailure } from "../explainFailure";
import type { Log } from "../log";
import { createSoon } from "../soon";
import { budgetLevel, readMeterState } from "./meterState";
import type { MeterSources, MeterState } from "./meterState";
import { linkedCommands, meterLabel, meterText, meterTooltip } from "./meterWords";

/** The status-bar item: today's spend on this machine, and what is left of the model's minute. */
export interface Meter extends Disposable {
  refresh(): Promise<void>;
}

/** How long a drawing is valid, in milliseconds, if nothing is written: limits refill, and days end. */
const refillingMs = 2000;
const calmMs = 30_000;

/** From the first `refresh` on it redraws itself as time passes. */
export function createMeter(sources: MeterSources, log: Pick<Log, "error">): Meter {
  const item = window.createStatusBarItem("groqCoder.meter", StatusBarAlignment.Right, 90);
  item.name = l10n.t("Groq Coder budget");
  item.command = "groqCoder.showLimits";
  // The editor gets its Markdown rules ready with the first text of all: half of that goes with the short one.
  item.tooltip = new MarkdownString(item.name);
  let reading = 0;
  let pause = new AbortController();
  let shown: MeterState | undefined;
  const details = createSoon(sources.clock, () => {
    if (shown !== undefined) drawDetails(item, shown);
  });

  async function refresh(): Promise<void> {
    const turn = ++reading;
    const state = await readMeterState(sources);
    // Of overlapping reads only the last one is drawn.
    if (turn !== reading) return;
    shown = state.ok ? state.value : undefined;
    if (state.ok) drawState(item, state.value);
    else drawFailure(item, state.failure);
    item.show();
    details.call();
    lookAgainIn(state.ok && isRefilling(state.value) ? refillingMs : calmMs);
  }

  function lookAgainIn(ms: number): void {
    pause.abort();
    const { signal } = (pause = new AbortController());
    void sources.clock
      .sleep(ms, signal)
      .then(() => (signal.aborted ? undefined : refresh()))
      .catch((error: unknown) => log.error(String(error)));
  }

  return {
    refresh,
    dispose() {
      // A read that is still under way is not drawn any more.
      reading++;
      pause.abort();
      details.dispose();
      item.dispose();
    },
  };
}

function isRefilling({ room }: MeterState): boolean {
  const minute = room?.room.tpm;
  return minute !== undefined && minute.free < minute.limit;
}

/** The text says everything that the colour does, so it alone decides whether to redraw. */
function drawState(item: StatusBarItem, state: MeterState): void {
  const text = `${iconOf(state)} ${meterText(state)}`;
  if (item.text === text) return;
  item.text = text;
  item.backgroundColor = colorOf(state);
}

/**
 * Drawn later, because it is not in sight: at the editor's start the first formatted number and the first Markdown take
 * 10 ms each. The editor parses the tooltip again with each change of an item, so unchanged parts are not set.
 */
function drawDetails(item: StatusBarItem, state: MeterState): void {
  const tooltip = new MarkdownString(meterTooltip(state));
  tooltip.isTrusted = { enabledCommands: linkedCommands };
  const { tooltip: before } = item;
  if (!(before instanceof MarkdownString) || before.value !== tooltip.value) item.tooltip = tooltip;
  const label = meterLabel(state);
  if (item.accessibilityInformation?.label !== label) item.accessibilityInformation = { label };
}

function iconOf({ activity }: MeterState): string {
  switch (activity) {
    case "calm":
      return "$(pulse)";
    case "waiting":
      return "$(watch)";
    case "offline":
      return "$(debug-disconnect)";
  }
}

function colorOf(state: MeterState): ThemeColor | undefined {
  switch (budgetLevel(state)) {
    case "calm":
      return state.activity === "offline"
        ? new ThemeColor("statusBarItem.warningBackground")
        : undefined;
    case "warning":
      return new ThemeColor("statusBarItem.warningBackground");
    case "over":
      return new ThemeColor("statusBarItem.errorBackground");
  }
}

function drawFailure(item: StatusBarItem, failure: Failure): void {
  const { title, detail } = explainFailure(failure);
  item.text = "$(warning) Groq Coder";
  item.backgroundColor = new ThemeColor("statusBarItem.warningBackground");
  item.tooltip = `${title}\n${detail}`;
  item.accessibilityInformation = { label: `Groq Coder: ${title}` };
}
