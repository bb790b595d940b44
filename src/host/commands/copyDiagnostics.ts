import { env, l10n, window, workspace } from "vscode";
import type { Clock } from "../../core/dispatch/clock";
import type { StoredData } from "../../core/dispatch/storedData";
import type { Model, RateLimits } from "../../core/models/model";
import { diagnosticsReport } from "../diagnostics/diagnosticsReport";
import type { DiagnosticsFacts, LimitEvidence } from "../diagnostics/diagnosticsReport";
import { readEditorFacts } from "../diagnostics/editorFacts";
import { settingRules } from "../diagnostics/settingReport";
import type { RecentFailures } from "../recentFailures";
import type { Secrets } from "../secrets";
import { section } from "../settings";
import type { Settings } from "../settings";
import type { CommandResult } from "./commandResult";

export interface DiagnosticsParts {
  readonly extensionVersion: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly secrets: Pick<Secrets, "credentials" | "baseUrl">;
  readonly settings: () => Pick<Settings, "model">;
  readonly limitsOf: (model: Model) => Promise<RateLimits>;
  readonly evidenceOf: (model: Model) => Promise<LimitEvidence | undefined>;
  readonly data: Pick<StoredData, "describe">;
  readonly failures: RecentFailures;
}

interface CopiedDiagnostics {
  readonly ok: true;
  readonly text: string;
}

/** Copies what helps to investigate a fault to the clipboard, and offers to show it before it is passed on. */
export async function copyDiagnostics(parts: DiagnosticsParts): Promise<CommandResult> {
  const text = diagnosticsReport(await gather(parts));
  await env.clipboard.writeText(text);
  // Not awaited: the caller gets the text at once.
  void offerToShow(text);
  const copied: CopiedDiagnostics = { ok: true, text };
  return copied;
}

async function gather(parts: DiagnosticsParts): Promise<DiagnosticsFacts> {
  const { model } = parts.settings();
  const address = parts.secrets.baseUrl();
  const [credentials, limits, evidence, store] = await Promise.all([
    parts.secrets.credentials(),
    parts.limitsOf(model),
    parts.evidenceOf(model),
    parts.data.describe(),
  ]);
  return {
    at: parts.clock.now(),
    extensionVersion: parts.extensionVersion,
    environment: readEditorFacts(parts.environment),
    key: credentials.ok ? "usable" : credentials.failure.kind,
    baseUrl: address.ok ? address.value : undefined,
    model,
    limits,
    ...(evidence !== undefined && { evidence }),
    changedSettings: changedSettings(),
    store: store.ok ? store.value : store.failure.kind,
    failures: parts.failures.all(),
  };
}

function changedSettings(): DiagnosticsFacts["changedSettings"] {
  const configuration = workspace.getConfiguration(section);
  return Object.entries(settingRules).flatMap(([name, inWords]) => {
    const value = configuration.inspect<unknown>(name)?.globalValue;
    return value === undefined ? [] : [[name, inWords(value)] as const];
  });
}

async function offerToShow(content: string): Promise<void> {
  const show = l10n.t("Show");
  const words = l10n.t(
    "Diagnostics were copied to the clipboard. They contain no key, no prompt and no path.",
  );
  if ((await window.showInformationMessage(words, show)) !== show) return;
  await window.showTextDocument(await workspace.openTextDocument({ content }));
}
