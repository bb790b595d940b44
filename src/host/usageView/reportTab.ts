import { commands, l10n, window } from "vscode";
import type { Caps } from "../../core/budget/caps";
import type { UsageExport } from "../../core/budget/usageExport";
import type { Failure } from "../../core/dispatch/failure";
import type { ReportPeriod } from "../../core/report/period";
import type { ExportChoice } from "../../protocol/reportMessages";
import type { UsageHostMessage, UsageViewMessage } from "../../protocol/usageMessages";
import type { Reporter } from "../commands/reporter";
import { done } from "../commands/commandResult";
import type { CommandResult } from "../commands/commandResult";
import { explainFailure } from "../explainFailure";
import { shortName } from "../shortName";
import { writeText } from "../writeText";
import { budgetReport } from "./budgetReport";
import { askForFile, writeCalls } from "./exportUsage";
import { readFacts } from "./reportFacts";
import type { FactSources, ReportFacts } from "./reportFacts";
import { viewReport } from "./reportView";

export interface ReportParts extends FactSources {
  readonly calls: UsageExport;
  readonly caps: () => Caps;
  readonly reporter: Reporter;
}

/** What the report's tab does, on the host's side. */
export interface ReportTab {
  draw(): Promise<void>;
  hear(message: Extract<UsageViewMessage, { type: "period" | "export" }>): Promise<void>;
}

export function createReportTab(
  parts: ReportParts,
  post: (message: UsageHostMessage) => void,
  shown: ReportPeriod = { kind: "month" },
): ReportTab {
  let period = shown;
  let drawing = 0;

  /** Of calls that overlap, only the latest draws; the others return undefined. */
  async function draw(): Promise<ReportFacts | undefined> {
    const turn = ++drawing;
    const facts = await readFacts(parts, period);
    if (turn !== drawing) return undefined;
    if (!facts.ok) {
      post({ type: "failed", ...wordsOf(facts.failure) });
      return undefined;
    }
    const report = await viewReport(facts.value);
    if (turn !== drawing) return undefined;
    post({ type: "report", report });
    return facts.value;
  }

  async function exportAs(format: ExportChoice): Promise<CommandResult> {
    const facts = await readFacts(parts, period);
    if (!facts.ok) return facts;
    const { range } = facts.value.report;
    const place = await askForFile(format, range);
    if (!place.ok) return place;
    const result =
      format === "markdown"
        ? await writeText(place.value, budgetReport(facts.value, parts.caps()))
        : await writeCalls(parts.calls, format, place.value, range);
    if (!result.ok) return result;
    const told = l10n.t("Usage was exported to {0}.", shortName(place.value));
    post({ type: "announce", text: told });
    const open = l10n.t("Open");
    // Not awaited: the notification stays until the user closes it.
    void window
      .showInformationMessage(told, open)
      .then((chosen) => chosen === open && commands.executeCommand("vscode.open", place.value));
    return done;
  }

  return {
    async draw() {
      await draw();
    },
    async hear(message) {
      if (message.type === "export") {
        await parts.reporter.report(() => exportAs(message.format));
        return;
      }
      ({ period } = message);
      const facts = await draw();
      if (facts !== undefined) {
        const { from, to } = facts.report.range;
        post({ type: "announce", text: l10n.t("Usage from {0} to {1}", from, to) });
      }
    },
  };
}

function wordsOf(failure: Failure): { readonly title: string; readonly detail: string } {
  const { title, detail } = explainFailure(failure);
  return { title, detail };
}
