import { commands, env, Uri } from "vscode";
import type { Failure } from "../../core/dispatch/failure";
import type { FailureActionId } from "../failureAction";
import type { Secrets } from "../secrets";
import { section, writeModel } from "../settings";

const pages = {
  getApiKey: "https://console.groq.com/keys",
  openLimitsPage: "https://console.groq.com/settings/limits",
  openBillingPage: "https://console.groq.com/settings/billing",
  openStatusPage: "https://groqstatus.com",
} as const;

/** Does what a failure offers as a way out. */
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
    case "selectModel":
    case "newChat":
      await commands.executeCommand(`groqCoder.${action}`);
      return;
    case "getApiKey":
    case "openLimitsPage":
    case "openBillingPage":
    case "openStatusPage":
      await env.openExternal(Uri.parse(pages[action]));
      return;
    case "confirmOrigin":
      await secrets.confirmOrigin();
      return;
    case "openBaseUrlSetting":
      await commands.executeCommand("workbench.action.openSettings", `${section}.baseUrl`);
      return;
    case "openBudgetSettings":
      await commands.executeCommand("workbench.action.openSettings", `${section}.budget`);
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
      await commands.executeCommand("groqCoder.applyEdit");
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
