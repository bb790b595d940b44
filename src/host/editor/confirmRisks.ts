import { l10n, window } from "vscode";
import type { AcceptedFile } from "./applyFiles";
import type { Desk } from "./reviewDesk";
import { riskWords } from "./riskWords";

/** Asks about each file whose edit could trigger something, naming it; never remembered. False: one was declined. */
export async function confirmRisks(
  { files }: Desk,
  accepted: readonly AcceptedFile[],
): Promise<boolean> {
  for (const { file } of accepted) {
    const risks = files.find(({ proposed }) => proposed === file)?.risks ?? [];
    if (risks.length === 0) continue;
    const apply = l10n.t("Apply to {0}", file.path);
    const chosen = await window.showWarningMessage(
      l10n.t("Apply the edit of {0}?", file.path),
      { modal: true, detail: risks.map(riskWords).join("\n") },
      apply,
    );
    if (chosen !== apply) return false;
  }
  return true;
}
