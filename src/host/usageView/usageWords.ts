import { l10n } from "vscode";
import type { UsageWords } from "../../protocol/usageWords";

/** The texts of the usage page that do not depend on what it shows. */
export function usageWords(): UsageWords {
  return {
    usage: l10n.t("Usage"),
    report: l10n.t("Report"),
    projection: l10n.t("What would this cost?"),
    period: l10n.t("Period"),
    from: l10n.t("From"),
    to: l10n.t("To"),
    figures: l10n.t("Figures"),
    showTable: l10n.t("Table"),
    pickBar: l10n.t("{0}: choose a bar"),
    nothing: l10n.t("Nothing in this period."),
    loading: l10n.t("Adding up…"),
    exportAs: l10n.t("Export"),
    exportCsv: l10n.t("Export CSV"),
    exportJson: l10n.t("Export JSON"),
    exportMarkdown: l10n.t("Export budget report"),
  };
}
