import { commands, env, Uri } from "vscode";
import type { Failure } from "../../core/dispatch/failure";
import type { FailureActionId } from "../failureAction";
import type { CommandResult } from "./commandResult";
import type { KeySlot, Secrets } from "../secrets";
import { section, writeModel } from "../settings";

/** Groq's pages, as its documentation and its error messages name them (read 2026-10). */
const pages = {
  getApiKey: "https://console.groq.com/keys",
  openLimitsPage: "https://console.groq.com/settings/limits",
  openProjectLimitsPage: "https://console.groq.com/settings/project/limits",
  openBillingPage: "https://console.groq.com/settings/billing",
  openSpendLimitsPage: "https://console.groq.com/docs/spend-limits",
  openSupportPage: "https://groq.com/contact",
  openStatusPage: "https://groqstatus.com",
} as const;

/** Runs a way out of a failure. */
export async function runFailureAction(
  action: FailureActionId,
  context: {
    readonly failure: Failure;
    readonly retry: () => Promise<unknown>;
    readonly secrets: Secrets;
    readonly showLog: () => void;
  },
): Promise<void> {
  const { failure, retry, secrets } = context;
  switch (action) {
    case "setApiKey":
    case "setFallbackKey":
    case "openWalkthrough":
    case "selectModel":
    case "newChat":
      await commands.executeCommand(`groqCoder.${action}`);
      return;
    case "getApiKey":
    case "openLimitsPage":
    case "openProjectLimitsPage":
    case "openBillingPage":
    case "openSpendLimitsPage":
    case "openSupportPage":
    case "openStatusPage":
      await env.openExternal(Uri.parse(pages[action]));
      return;
    case "confirmOrigin":
      await slotOf(failure, secrets).confirmOrigin();
      return;
    case "openBaseUrlSetting":
      await commands.executeCommand("workbench.action.openSettings", `${section}.baseUrl`);
      return;
    case "openFallbackSetting":
      await commands.executeCommand("workbench.action.openSettings", `${section}.fallback`);
      return;
    case "openProxySettings":
      await commands.executeCommand("workbench.action.openSettings", "http.proxy");
      return;
    case "openBudgetSettings":
      await commands.executeCommand("workbench.action.openSettings", `${section}.budget`);
      return;
    case "raiseForToday":
      if (failure.kind === "overCap" && (await isRaised(failure))) await retry();
      return;
    case "openPriceSetting":
      await commands.executeCommand("workbench.action.openSettings", `${section}.limits`);
      return;
    case "retry":
      await retry();
      return;
    case "useSuccessor":
      if (failure.kind !== "modelGone" || failure.successor === undefined) return;
      await writeModel(failure.successor);
      await retry();
      return;
    case "reviewAgain":
      await commands.executeCommand("groqCoder.reviewAgain");
      return;
    case "copyEdit":
      if (failure.kind === "fileNotAllowed") await env.clipboard.writeText(failure.text ?? "");
      return;
    case "repairEdit":
      if (failure.kind !== "editNotApplicable" || failure.repair === undefined) return;
      await commands.executeCommand("groqCoder.repairEdit", failure.repair.answerId);
      return;
    case "undoApply":
      await commands.executeCommand("groqCoder.undoLastApply");
      return;
    case "undoOthers":
      await commands.executeCommand("groqCoder.undoLastApply", "others");
      return;
    case "showConflict":
      await commands.executeCommand("groqCoder.undoLastApply", "differences");
      return;
    case "manageTrust":
      await commands.executeCommand("workbench.trust.manage");
      return;
    case "reloadWindow":
      await commands.executeCommand("workbench.action.reloadWindow");
      return;
    case "showLog":
      context.showLog();
  }
}

/** Asks for a raise that the refused request fits into; false if the user cancels. */
async function isRaised(failure: Extract<Failure, { kind: "overCap" }>): Promise<boolean> {
  const needed = BigInt(failure.spent) + BigInt(failure.needed);
  const result = await commands.executeCommand<CommandResult | undefined>(`${section}.setBudget`, {
    raiseForToday: true,
    needed: needed.toString(),
  });
  return result?.ok === true;
}

/** The key that the failure is about. */
function slotOf(failure: Failure, secrets: Secrets): KeySlot {
  return "provider" in failure ? secrets.fallback : secrets;
}
