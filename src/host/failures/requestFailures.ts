import { l10n } from "vscode";
import type { CapPeriod } from "../../core/budget/caps";
import { formatDollars } from "../../core/budget/money";
import type { BudgetFailure, RequestFailure } from "../../core/dispatch/failure";
import { failureAction } from "../failureAction";
import type { FailureActionId } from "../failureAction";
import { addressSetting, say, serviceName } from "./explanation";
import type { Explanation } from "./explanation";

type OfKind<K extends RequestFailure["kind"]> = Extract<RequestFailure, { kind: K }>;

/** Problems with the model or the request. */
export function explainRequestFailure(failure: RequestFailure): Explanation {
  switch (failure.kind) {
    case "modelGone":
      return explainModelGone(failure);
    case "contextTooLong":
      return say(
        l10n.t("The conversation is too long for this model"),
        failure.detail,
        "newChat",
        "selectModel",
      );
    case "toolUseFailed":
      return say(
        l10n.t("The model tried to call a tool and failed"),
        l10n.t("What could be read is kept. {0}", failure.detail),
        "retry",
        "selectModel",
      );
    case "jsonInvalid":
      return say(
        l10n.t("The model's answer is not the JSON that was asked for"),
        l10n.t("What it wrote is kept. {0}", failure.detail),
        "retry",
        "selectModel",
      );
    case "badRequest":
      return explainBadRequest(failure);
  }
}

function explainModelGone(failure: OfKind<"modelGone">): Explanation {
  const { model, successor } = failure;
  const title = l10n.t("{0} no longer offers {1}", serviceName(failure), model);
  if (successor === undefined)
    return say(
      title,
      l10n.t("It is retired, mistyped, or not open to your account."),
      failure.provider === "fallback" ? "openFallbackSetting" : "selectModel",
    );
  const detail = l10n.t("Its successor is {0}.", successor);
  const use = { id: "useSuccessor", label: l10n.t("Use {0}", successor) } as const;
  return { title, detail, actions: [use, failureAction("selectModel")] };
}

function explainBadRequest(failure: OfKind<"badRequest">): Explanation {
  const { status, detail } = failure;
  switch (status) {
    case 404:
      return say(
        l10n.t("{0} has nothing at this address (HTTP {1})", serviceName(failure), status),
        l10n.t("The base URL may be wrong. {0}", detail),
        addressSetting(failure),
        "showLog",
      );
    case 422:
      return say(
        l10n.t("{0} could not process the request (HTTP {1})", serviceName(failure), status),
        l10n.t("It was repeated once. Another wording, or another model, may help. {0}", detail),
        "retry",
        "selectModel",
      );
    case 424:
      return say(
        l10n.t("{0} could not reach a tool server (HTTP {1})", serviceName(failure), status),
        l10n.t("Its sign-in failed. {0}", detail),
        "retry",
        "showLog",
      );
    default:
      return say(
        l10n.t("{0} refused the request (HTTP {1})", serviceName(failure), status),
        detail,
        failure.provider === "fallback" ? "openFallbackSetting" : "selectModel",
        "showLog",
      );
  }
}

/** What the user's budget does not allow. */
export function explainBudgetFailure(failure: BudgetFailure): Explanation {
  switch (failure.kind) {
    case "overCap":
      return say(
        overCapTitle(failure.period, dollars(failure.cap)),
        l10n.t(
          "{0} are spent or reserved, and this request could cost {1}. Nothing was sent.",
          dollars(failure.spent),
          dollars(failure.needed),
        ),
        ...waysOverCap(failure.period),
        "selectModel",
      );
    case "noPrice":
      return say(
        l10n.t(
          "The price of {0} is not known, so your budget cannot be enforced with it",
          failure.model,
        ),
        l10n.t(
          "Set its price in the settings, choose a model with a known price, or remove the budget.",
        ),
        "openPriceSetting",
        "selectModel",
        "openBudgetSettings",
      );
    case "invalidBudget":
      return say(
        l10n.t("This is not a budget"),
        l10n.t(
          "It takes session, daily, monthly and today, each from 0 to 1,000,000 US dollars, and nothing else. No budget was changed.",
        ),
        "openBudgetSettings",
      );
    case "raiseRefused":
      return explainRaise(failure);
  }
}

/** A new chat has a budget of its own; those of a day and a month can only be raised. */
function waysOverCap(period: CapPeriod): readonly FailureActionId[] {
  switch (period) {
    case "session":
      return ["newChat", "openBudgetSettings"];
    case "day":
      return ["raiseForToday", "openBudgetSettings"];
    case "month":
      return ["openBudgetSettings"];
  }
}

function explainRaise(failure: Extract<BudgetFailure, { kind: "raiseRefused" }>): Explanation {
  const title = l10n.t("Today's budget was not raised");
  switch (failure.reason) {
    case "noDailyCap":
      return say(title, l10n.t("No daily budget is set."), "openBudgetSettings");
    case "outOfBounds":
      return say(
        title,
        l10n.t(
          "It can be raised to more than {0} and at most {1}: ten days' budgets, or what the month may cost.",
          dollars(failure.least),
          dollars(failure.most),
        ),
        "openBudgetSettings",
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
