import { l10n, MarkdownString, StatusBarAlignment, ThemeColor, window } from "vscode";
import type { Disposable } from "vscode";
import { formatDollars } from "../../core/budget/money";
import type { Clock } from "../../core/dispatch/clock";
import type { Failure, Result } from "../../core/dispatch/failure";
import type { Ledger, Spend } from "../../core/dispatch/ledger";
import { explainFailure } from "../explainFailure";

/** The status-bar item: today's spend on this machine. */
export interface Meter extends Disposable {
  refresh(): Promise<void>;
}

export function createMeter(ledger: Ledger, clock: Clock): Meter {
  const item = window.createStatusBarItem("groqCoder.meter", StatusBarAlignment.Right, 90);
  item.name = l10n.t("Groq Coder budget");
  item.command = "groqCoder.openChat";
  return {
    async refresh() {
      draw(await ledger.spent({ kind: "day", day: clock.localDay(clock.now()) }));
    },
    dispose: () => item.dispose(),
  };

  function draw(today: Result<Spend>): void {
    if (today.ok) drawSpend(today.value);
    else drawFailure(today.failure);
    item.show();
  }

  function drawSpend(spend: Spend): void {
    const cost = `${spend.estimated ? "~" : ""}${formatDollars(spend.cost)}`;
    item.text = `$(pulse) ${cost}`;
    item.backgroundColor = undefined;
    const lines = [
      l10n.t("**Groq Coder** — today: {0} in {1} requests", cost, spend.calls),
      ...(spend.estimated ? [l10n.t("~ holds estimates at the most that they can cost.")] : []),
      ...(spend.unpriced > 0 ? [l10n.t("{0} requests have no known price.", spend.unpriced)] : []),
    ];
    item.tooltip = new MarkdownString(lines.join("\n\n"));
    item.accessibilityInformation = {
      label: l10n.t("Groq Coder: {0} spent today in {1} requests", cost, spend.calls),
    };
  }

  function drawFailure(failure: Failure): void {
    const { title, detail } = explainFailure(failure);
    item.text = "$(warning) Groq Coder";
    item.backgroundColor = new ThemeColor("statusBarItem.warningBackground");
    item.tooltip = `${title}\n${detail}`;
    item.accessibilityInformation = { label: `Groq Coder: ${title}` };
  }
}
