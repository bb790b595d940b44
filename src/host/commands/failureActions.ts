import { commands, env, Uri } from "vscode";
import type { Failure } from "../../core/dispatch/failure";
import type { FailureActionId } from "../failureAction";
import { openSettings } from "../openSettings";
import type { KeySlot, Secrets } from "../secrets";
import { section, writeModel } from "../settings";
import type { CommandResult } from "./commandResult";

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
      return run(`groqCoder.${action}`);
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
      return openSettings(`${section}.baseUrl`);
    case "openFallbackSetting":
      return openSettings(`${section}.fallback`);
    case "openProxySettings":
      return openSettings("http.proxy");
    case "openBudgetSettings":
      return openSettings(`${section}.budget`);
    case "raiseForToday":
      if (failure.kind === "overCap" && (await isRaised(failure))) await retry();
      return;
    case "openPriceSetting":
      return openSettings(`${section}.limits`);
    case "retry":
      await retry();
      return;
    case "useSuccessor":
      if (failure.kind !== "modelGone" || failure.successor === undefined) return;
      await writeModel(failure.successor);
      await retry();
      return;
    case "reviewAgain":
      return run("groqCoder.reviewAgain");
    case "copyEdit":
      if (failure.kind === "fileNotAllowed") await env.clipboard.writeText(failure.text ?? "");
      return;
    case "repairEdit":
      if (failure.kind === "editNotApplicable" && failure.repair !== undefined)
        await run("groqCoder.repairEdit", failure.repair.answerId);
      return;
    case "undoApply":
      return run("groqCoder.undoLastApply");
    case "undoOthers":
      return run("groqCoder.undoLastApply", "others");
    case "showConflict":
      return run("groqCoder.undoLastApply", "differences");
    case "manageTrust":
      return run("workbench.trust.manage");
    case "reloadWindow":
      return run("workbench.action.reloadWindow");
    case "showLog":
      context.showLog();
  }
}

async function run(command: string, argument?: string): Promise<void> {
  await commands.executeCommand(command, ...(argument === undefined ? [] : [argument]));
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
