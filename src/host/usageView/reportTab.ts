import { l10n } from "vscode";
import type { Clock } from "../../core/dispatch/clock";
import type { Ledger } from "../../core/dispatch/ledger";
import { spendScopes } from "../../core/dispatch/spendScopes";
import { rangeOf } from "../../core/report/period";
import type { ReportPeriod } from "../../core/report/period";
import type { UsageHostMessage, UsageViewMessage } from "../../protocol/usageMessages";
import { explainFailure } from "../explainFailure";
import { spendWords } from "./reportWords";

export interface ReportParts {
  readonly ledger: Ledger;
  readonly clock: Clock;
}

/** What the report's tab does, on the host's side. */
export interface ReportTab {
  draw(): Promise<void>;
  hear(message: Extract<UsageViewMessage, { type: "period" | "export" }>): Promise<void>;
}

export function createReportTab(
  { ledger, clock }: ReportParts,
  post: (message: UsageHostMessage) => void,
  shown: ReportPeriod = { kind: "month" },
): ReportTab {
  let period = shown;
  return {
    async draw() {
      const today = clock.localDay(clock.now());
      const scopes = spendScopes("", today);
      const [day, month] = await Promise.all([
        ledger.spent(scopes.day),
        ledger.spent(scopes.month),
      ]);
      if (!day.ok || !month.ok) {
        const failure = day.ok ? month : day;
        if (!failure.ok) post({ type: "failed", ...wordsOf(explainFailure(failure.failure)) });
        return;
      }
      post({
        type: "report",
        report: {
          period,
          ...rangeOf(period, today, today),
          choices: [],
          tiles: [
            { label: l10n.t("Today"), ...spendWords(day.value) },
            { label: l10n.t("This month"), ...spendWords(month.value) },
          ],
          notes: [],
          sections: [],
        },
      });
    },
    hear(message) {
      if (message.type === "period") period = message.period;
      return this.draw();
    },
  };
}

function wordsOf({ title, detail }: { readonly title: string; readonly detail: string }) {
  return { title, detail };
}
