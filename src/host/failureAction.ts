import { l10n } from "vscode";

/** What the user can do about a failure; `runFailureAction` does it. */
export type FailureActionId =
  | "setApiKey"
  | "setFallbackKey"
  | "getApiKey"
  | "openWalkthrough"
  | "confirmOrigin"
  | "openBaseUrlSetting"
  | "openFallbackSetting"
  | "openProxySettings"
  | "openBudgetSettings"
  | "raiseForToday"
  | "openPriceSetting"
  | "retry"
  | "useSuccessor"
  | "selectModel"
  | "newChat"
  | "openLimitsPage"
  | "openProjectLimitsPage"
  | "openBillingPage"
  | "openSpendLimitsPage"
  | "openSupportPage"
  | "openStatusPage"
  | "manageTrust"
  | "reviewAgain"
  | "copyEdit"
  | "repairEdit"
  | "undoApply"
  | "undoOthers"
  | "showConflict"
  | "reloadWindow"
  | "showLog";

export interface FailureAction {
  readonly id: FailureActionId;
  readonly label: string;
}

/** The way out with its label. */
export function failureAction(id: FailureActionId): FailureAction {
  return { id, label: actionLabel(id) };
}

function actionLabel(id: FailureActionId): string {
  switch (id) {
    case "setApiKey":
      return l10n.t("Set API Key");
    case "setFallbackKey":
      return l10n.t("Set Fallback Key");
    case "getApiKey":
      return l10n.t("Get a Key");
    case "openWalkthrough":
      return l10n.t("Open Walkthrough");
    case "confirmOrigin":
      return l10n.t("Use the Key There");
    case "openBaseUrlSetting":
    case "openFallbackSetting":
      return l10n.t("Open Setting");
    case "openProxySettings":
      return l10n.t("Proxy Settings");
    case "openBudgetSettings":
      return l10n.t("Change Budget");
    case "raiseForToday":
      return l10n.t("Raise for Today");
    case "openPriceSetting":
      return l10n.t("Set a Price");
    case "retry":
      return l10n.t("Retry");
    case "useSuccessor":
      return l10n.t("Use Successor");
    case "selectModel":
      return l10n.t("Select Model");
    case "newChat":
      return l10n.t("Start Over");
    case "openLimitsPage":
      return l10n.t("Your Limits at Groq");
    case "openProjectLimitsPage":
      return l10n.t("Your Project at Groq");
    case "openBillingPage":
      return l10n.t("Billing at Groq");
    case "openSpendLimitsPage":
      return l10n.t("About Spend Limits");
    case "openSupportPage":
      return l10n.t("Groq Support");
    case "openStatusPage":
      return l10n.t("Groq Status");
    case "manageTrust":
      return l10n.t("Manage Trust");
    case "reviewAgain":
      return l10n.t("Review Again");
    case "copyEdit":
      return l10n.t("Copy What It Wrote");
    case "repairEdit":
      return l10n.t("Repair");
    case "undoApply":
      return l10n.t("Undo the Edit");
    case "undoOthers":
      return l10n.t("Undo in the Other Files");
    case "showConflict":
      return l10n.t("Show Differences");
    case "reloadWindow":
      return l10n.t("Reload Window");
    case "showLog":
      return l10n.t("Show Log");
  }
}
