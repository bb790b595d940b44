import { l10n } from "vscode";
import type { CapPeriod } from "../core/budget/caps";
import { formatDollars } from "../core/budget/money";
import type { Failure, PathRefusal } from "../core/dispatch/failure";
import { failureAction } from "./failureAction";
import type { FailureAction, FailureActionId } from "./failureAction";
import { formatWait } from "./formatWait";

/** A failure in words: what happened, what it means, and the ways out. */
export interface Explanation {
  readonly title: string;
  readonly detail: string;
  readonly actions: readonly FailureAction[];
}

/** A stored failure may be of another version's making: what this one cannot explain is told as such. */
export function explainFailure(failure: Failure): Explanation {
  const unknown = say(
    l10n.t("The answer failed"),
    l10n.t("Another version of Groq Coder recorded why: {0}.", failure.kind),
    "retry",
  );
  try {
    return explainKnown(failure) ?? unknown;
  } catch {
    return unknown;
  }
}

function explainKnown(failure: Failure): Explanation | undefined {
  switch (failure.kind) {
    case "noKey":
      return say(
        l10n.t("No Groq API key is set"),
        l10n.t("Groq Coder talks to Groq with your own key. The free plan needs no card."),
        "setApiKey",
        "getApiKey",
        "retry",
      );
    case "keyStoreUnavailable":
      return say(
        l10n.t("The editor's secret storage does not open"),
        l10n
          .t("Unlock your keyring, or set the key in the environment. {0}", failure.detail)
          .trim(),
        "retry",
      );
    case "foreignKey":
      return say(
        l10n.t("This is a key of {0}, not of Groq", failure.owner),
        failure.owner === "xAI"
          ? l10n.t("xAI makes Grok; Groq is another company. A Groq key starts with gsk_.")
          : l10n.t("A Groq key starts with gsk_."),
        "setApiKey",
        "getApiKey",
      );
    case "invalidKey":
      return say(
        l10n.t("Groq does not accept this API key"),
        l10n.t("It may be mistyped, revoked or expired. Replace it with a valid one."),
        "setApiKey",
        "getApiKey",
        "retry",
      );
    case "originNotConfirmed":
      return say(
        l10n.t("The base URL changed, and the key was not set for it"),
        l10n.t("Your key is not sent to {0} before you agree.", failure.origin),
        "confirmOrigin",
        "openBaseUrlSetting",
        "setApiKey",
      );
    case "invalidBaseUrl":
      return say(
        l10n.t("The base URL cannot be used"),
        l10n.t(
          "{0} must be an https address, or http on this machine, without a user name.",
          failure.url,
        ),
        "openBaseUrlSetting",
      );
    case "permissionDenied":
      return say(
        l10n.t("Your organisation or project does not allow this model"),
        failure.detail,
        "selectModel",
        "openLimitsPage",
      );
    case "blockedByNetwork":
      return say(
        l10n.t("The request was blocked on its way (HTTP {0})", failure.status),
        l10n.t("A proxy, a firewall or Groq's front door refused it. {0}", failure.detail).trim(),
        "retry",
        "showLog",
      );
    case "spendLimitReached":
      return say(
        l10n.t("Groq has blocked your organisation at its spend limit"),
        failure.detail,
        "openBillingPage",
      );
    case "modelGone":
      return explainModelGone(failure.model, failure.successor);
    case "overCap":
      return say(
        overCapTitle(failure.period, dollars(failure.cap)),
        l10n.t(
          "{0} are spent or reserved, and this request could cost {1}. Nothing was sent.",
          dollars(failure.spent),
          dollars(failure.needed),
        ),
        "openBudgetSettings",
        "selectModel",
        "newChat",
      );
    case "noPrice":
      return say(
        l10n.t(
          "The price of {0} is not known, so your budget cannot be kept with it",
          failure.model,
        ),
        l10n.t("Choose a model with a known price, or lift the budget."),
        "selectModel",
        "openBudgetSettings",
      );
    case "contextTooLong":
      return say(
        l10n.t("The conversation is too long for this model"),
        failure.detail,
        "newChat",
        "selectModel",
      );
    case "toolUseFailed":
      return say(l10n.t("The model's answer could not be read"), failure.detail, "retry");
    case "badRequest":
      return say(
        l10n.t("Groq refused the request (HTTP {0})", failure.status),
        failure.detail,
        "selectModel",
        "showLog",
      );
    case "tooLarge":
      return explainTooLarge(failure);
    case "rateLimited":
      return say(
        l10n.t("Groq's limit is used up for now"),
        l10n.t("It admits this request again in {0}.", formatWait(failure.retryAfterMs)),
        "retry",
        "selectModel",
        "openLimitsPage",
      );
    case "overCapacity":
      return say(
        l10n.t("Groq has no capacity for this request right now"),
        failure.detail,
        "retry",
        "selectModel",
      );
    case "serverError":
      return say(
        l10n.t("Groq had an internal error (HTTP {0})", failure.status),
        l10n.t("Nothing is charged for it. {0}", failure.detail).trim(),
        "retry",
        "openStatusPage",
      );
    case "unreachable":
      return say(
        l10n.t("{0} cannot be reached", failure.origin),
        failure.detail,
        "retry",
        "openBaseUrlSetting",
        "showLog",
      );
    case "timedOut":
      return say(
        l10n.t("No answer came for {0}", formatWait(failure.idleMs)),
        l10n.t("What came before is kept."),
        "retry",
        "openStatusPage",
      );
    case "cutOff":
      return say(
        l10n.t("The connection broke before the answer was complete"),
        l10n.t("What came before is kept."),
        "retry",
      );
    case "brokenOff":
      return say(
        l10n.t("Groq broke off the answer"),
        l10n.t("What came before is kept. {0}", failure.detail).trim(),
        "retry",
        "openStatusPage",
      );
    case "unreadableAnswer":
      return say(
        l10n.t("The answer is not what Groq's API sends"),
        l10n.t("A proxy in between may have changed it. {0}", failure.detail).trim(),
        "retry",
        "openBaseUrlSetting",
        "showLog",
      );
    case "stopped":
      return say(l10n.t("Stopped"), l10n.t("What came before is kept."), "retry");
    case "interrupted":
      return say(
        l10n.t("The window was closed in mid-answer"),
        l10n.t("What came before is kept."),
        "retry",
      );
    case "busy":
      return say(
        l10n.t("An answer is still under way"),
        l10n.t("Stop it first, or wait for its end."),
      );
    case "emptyMessage":
      return say(l10n.t("There is nothing to send"), l10n.t("Type a message first."));
    case "noEditor":
      return say(
        l10n.t("No file is open in an editor"),
        l10n.t("Open a file and select the code that you mean."),
      );
    case "emptySelection":
      return say(
        l10n.t("Nothing is selected"),
        l10n.t("Select the code that you mean, then run the command again."),
      );
    case "untrustedWorkspace":
      return say(
        l10n.t("Edits are off in Restricted Mode"),
        l10n.t("This workspace is not trusted, so Groq Coder changes no files in it. Chat works."),
        "manageTrust",
      );
    case "noProposal":
      return say(
        l10n.t("No edit is under review"),
        l10n.t("Open an answer's edit with Review first."),
      );
    case "noEdit":
      return say(
        l10n.t("The answer contains no edit"),
        l10n.t("Ask for the change once more, or more precisely."),
        "retry",
      );
    case "answerIncomplete":
      return say(
        l10n.t("The answer is not complete, so its edit is not applied"),
        l10n.t(
          "A part of an edit could damage the file. Ask again, for a smaller change if possible.",
        ),
        "retry",
      );
    case "editNotApplicable":
      return say(
        l10n.t("The edit does not fit the file"),
        failure.problems.map((problem) => problem.message).join("\n"),
        "retry",
      );
    case "readOnly":
      return say(
        l10n.t("{0} is read-only", failure.path),
        l10n.t("Make the file writable, then try again."),
        "reviewAgain",
      );
    case "fileMissing":
      return say(
        l10n.t("{0} cannot be opened", failure.path),
        l10n.t("It may have been moved, closed or deleted since."),
      );
    case "fileNotAllowed":
      return say(
        l10n.t("The edit of {0} is refused", failure.path),
        explainPathRefusal(failure.reason),
      );
    case "documentChanged":
      return say(
        l10n.t("{0} has changed since the edit was shown", failure.path),
        l10n.t("Nothing was applied. Review the edit again against the file as it is now."),
        "reviewAgain",
      );
    case "applyRefused":
      return say(
        l10n.t("The editor did not take the edit of {0}", failure.path),
        l10n.t("Nothing was changed."),
        "reviewAgain",
      );
    case "storeUnavailable":
      return say(
        l10n.t("Groq Coder's ledger cannot be written"),
        l10n.t("No request is sent that could not be counted. {0}", failure.detail).trim(),
        "retry",
        "showLog",
      );
    case "extensionChanged":
      return say(
        l10n.t("Groq Coder was updated while it ran"),
        l10n.t("Nothing was sent. Reload the window to go on."),
        "reloadWindow",
      );
    case "storeTooNew":
      return say(
        l10n.t("The ledger was written by a newer version of Groq Coder"),
        l10n.t("Reload the window to run that version."),
        "reloadWindow",
      );
  }
}

function overCapTitle(period: CapPeriod, cap: string): string {
  switch (period) {
    case "session":
      return l10n.t("The budget of {0} for this chat is reached", cap);
    case "day":
      return l10n.t("Today's budget of {0} is reached", cap);
    case "month":
      return l10n.t("This month's budget of {0} is reached", cap);
  }
}

/** Failures carry amounts as decimal picodollars. */
function dollars(amount: string): string {
  return formatDollars(BigInt(amount));
}

function explainModelGone(model: string, successor: string | undefined): Explanation {
  const title = l10n.t("Groq does not offer {0} any more", model);
  if (successor === undefined)
    return say(
      title,
      l10n.t("It is retired, mistyped, or not open to your account."),
      "selectModel",
    );
  const detail = l10n.t("Its successor is {0}.", successor);
  const use = { id: "useSuccessor", label: l10n.t("Use {0}", successor) } as const;
  return { title, detail, actions: [use, failureAction("selectModel")] };
}

function explainTooLarge(failure: Extract<Failure, { kind: "tooLarge" }>): Explanation {
  const { dimension, limit, needed } = failure;
  if (dimension === "body")
    return say(l10n.t("The request is too large"), l10n.t("Send less code with it."), "newChat");
  const title =
    dimension === "context"
      ? l10n.t("The request is too large for the model")
      : l10n.t("The request is too large for your limit");
  const detail = l10n.t(
    "It needs about {0} tokens, answer included; {1} are admitted at once. Select less code, or start a new chat.",
    needed.toLocaleString(),
    limit.toLocaleString(),
  );
  return say(title, detail, "newChat", "selectModel", "openLimitsPage");
}

function explainPathRefusal(reason: PathRefusal): string {
  switch (reason) {
    case "outsideWorkspace":
      return l10n.t("It is outside the workspace.");
    case "notOffered":
      return l10n.t("It was not part of your request.");
    case "git":
      return l10n.t("Git's own files are never changed.");
    case "editorConfiguration":
      return l10n.t("The editor's configuration is never changed for a model.");
  }
}

function say(title: string, detail: string, ...actions: FailureActionId[]): Explanation {
  return { title, detail, actions: actions.map(failureAction) };
}
