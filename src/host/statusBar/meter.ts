import { l10n, MarkdownString, StatusBarAlignment, ThemeColor, window } from "vscode";
import type { Disposable, StatusBarItem } from "vscode";
import type { Failure } from "../../core/dispatch/failure";
import { explainFailure } from "../explainFailure";
import { budgetLevel, readMeterState } from "./meterState";
import type { MeterSources, MeterState } from "./meterState";
import { meterText, meterTooltip } from "./meterWords";

/** The status-bar item: today's spend on this machine, and what is left of the model's minute. */
export interface Meter extends Disposable {
  refresh(): Promise<void>;
}

export function createMeter(sources: MeterSources): Meter {
  const item = window.createStatusBarItem("groqCoder.meter", StatusBarAlignment.Right, 90);
  item.name = l10n.t("Groq Coder budget");
  item.command = "groqCoder.showLimits";
  let reading = 0;
  return {
    async refresh() {
      const turn = ++reading;
      const state = await readMeterState(sources);
      // Of looks that overtake each other the latest is drawn.
      if (turn !== reading) return;
      if (state.ok) drawState(item, state.value);
      else drawFailure(item, state.failure);
      item.show();
    },
    dispose: () => item.dispose(),
  };
}

function drawState(item: StatusBarItem, state: MeterState): void {
  const text = meterText(state);
  item.text = `${iconOf(state)} ${text}`;
  item.backgroundColor = colorOf(state);
  item.tooltip = new MarkdownString(meterTooltip(state));
  item.accessibilityInformation = {
    label: l10n.t("Groq Coder: {0} spent today in {1} requests", text, state.spends.day.calls),
  };
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
