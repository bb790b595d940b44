import type { Uri } from "vscode";
import { showUsage } from "../host/commands/showUsage";
import type { CommandResult } from "../host/commands/commandResult";
import type { MeterSources } from "../host/statusBar/meterState";
import { createUsagePanel } from "../host/usageView/usagePanel";
import type { UsagePanel } from "../host/usageView/usagePanel";
import type { Services } from "./services";

/** The usage page and its command. */
export interface Usage {
  readonly panel: UsagePanel;
  show(request: unknown): Promise<CommandResult>;
}

/** Loaded separately, when the page is first shown: it needs nothing of the chat. */
export function createUsage(extensionUri: Uri, services: Services, meter: MeterSources): Usage {
  const { clock, limits, log, reporter, settings, store } = services;
  const panel = createUsagePanel(extensionUri, {
    ledger: store.ledger,
    usage: store.usage,
    reports: store.usageReports,
    calls: store.usageExport,
    caps: meter.caps,
    clock,
    settings,
    limitsOf: (model) => limits.limitsOf(model),
    reporter,
    log,
  });
  return {
    panel,
    show: (request) =>
      reporter.report(() => showUsage({ ledger: store.ledger, clock, panel }, request)),
  };
}
