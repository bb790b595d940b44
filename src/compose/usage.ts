import { tellSpend } from "../host/commands/tellSpend";
import type { CommandResult } from "../host/commands/commandResult";
import type { MeterSources } from "../host/statusBar/meterState";
import { openUsagePage } from "../host/usageView/usagePage";
import type { UsageParts } from "../host/usageView/usagePage";
import type { ServeUsagePage } from "../host/usageView/usagePanel";
import type { Services } from "./services";

/** What serves the usage page, and what its command returns. */
export interface Usage {
  readonly servePage: ServeUsagePage;
  tellSpend(): Promise<CommandResult>;
}

/** Loaded separately, when the page is first shown: it needs nothing of the chat. */
export function createUsage(services: Services, meter: MeterSources): Usage {
  const { clock, limits, log, reporter, settings, store } = services;
  const parts: UsageParts = {
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
  };
  return {
    servePage: (webview, wanted) => openUsagePage(parts, webview, wanted),
    tellSpend: () => reporter.report(() => tellSpend(store.ledger, clock)),
  };
}
