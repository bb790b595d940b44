import { l10n } from "vscode";
import type { AccountFailure } from "../../core/dispatch/failure";
import { addressSetting, onlyOfGroq, say, serviceName } from "./explanation";
import type { Explanation } from "./explanation";

/** Problems with a key, its address, or the account. */
export function explainAccountFailure(failure: AccountFailure): Explanation {
  switch (failure.kind) {
    case "noKey":
      return explainNoKey(failure);
    case "noFallback":
      return say(
        l10n.t("No second provider is set"),
        l10n.t("Set its address and model in groqCoder.fallback first, then its key."),
        "openFallbackSetting",
      );
    case "keyStoreUnavailable":
      return say(
        l10n.t("The editor's secret storage cannot be opened"),
        l10n.t("Unlock your keyring, or set the key in the environment. {0}", failure.detail),
        "retry",
      );
    case "foreignKey":
      return say(
        l10n.t("This is a key for {0}, not for Groq", failure.owner),
        failure.owner === "xAI"
          ? l10n.t("xAI makes Grok; Groq is another company. A Groq key starts with gsk_.")
          : l10n.t("A Groq key starts with gsk_."),
        "setApiKey",
        "getApiKey",
      );
    case "invalidKey":
      return say(
        l10n.t("{0} does not accept this API key", serviceName(failure)),
        l10n.t("It may be mistyped, revoked or expired. Replace it with a valid one."),
        failure.provider === "fallback" ? "setFallbackKey" : "setApiKey",
        ...onlyOfGroq(failure, "getApiKey"),
        "retry",
      );
    case "originNotConfirmed":
      return say(
        l10n.t("The base URL changed, and the key was not set for it"),
        l10n.t("Your key is not sent to {0} before you agree.", failure.origin),
        "confirmOrigin",
        addressSetting(failure),
        failure.provider === "fallback" ? "setFallbackKey" : "setApiKey",
      );
    case "invalidBaseUrl":
      return say(
        l10n.t("The base URL cannot be used"),
        l10n.t(
          "{0} must be an https address, or http on this machine, without a user name.",
          failure.url,
        ),
        addressSetting(failure),
      );
    case "permissionDenied":
      return explainPermission(failure);
    case "organizationRestricted":
      return say(
        l10n.t("Groq has restricted your organisation"),
        l10n.t(
          "No request is admitted until Groq lifts it; their support can. {0}",
          failure.detail,
        ),
        "openSupportPage",
        "setApiKey",
      );
    case "spendLimitReached":
      return explainSpendLimit(failure);
  }
}

function explainNoKey({ provider }: AccountFailure): Explanation {
  if (provider === "fallback")
    return say(
      l10n.t("No key is set for the second provider"),
      l10n.t("It has a key of its own, which is sent to no other address."),
      "setFallbackKey",
      "openFallbackSetting",
      "retry",
    );
  return say(
    l10n.t("No Groq API key is set"),
    l10n.t("Groq Coder talks to Groq with your own key. The free plan needs no card."),
    "setApiKey",
    "getApiKey",
    "openWalkthrough",
    "retry",
  );
}

function explainPermission(failure: Extract<AccountFailure, { kind: "permissionDenied" }>) {
  if (failure.provider === "fallback")
    return say(
      l10n.t("The second provider does not allow this request"),
      failure.detail,
      "setFallbackKey",
      "openFallbackSetting",
    );
  if (failure.scope === "organization")
    return say(
      l10n.t("Your organisation does not allow this model"),
      l10n.t("An owner of the organisation can allow it at Groq. {0}", failure.detail),
      "selectModel",
      "openLimitsPage",
      "retry",
    );
  if (failure.scope === "project")
    return say(
      l10n.t("Your project does not allow this model"),
      l10n.t("It can be allowed in the project's limits at Groq. {0}", failure.detail),
      "openProjectLimitsPage",
      "selectModel",
      "retry",
    );
  return say(
    l10n.t("Your organisation or project does not allow this model"),
    failure.detail,
    "selectModel",
    "openLimitsPage",
    "retry",
  );
}

function explainSpendLimit(failure: Extract<AccountFailure, { kind: "spendLimitReached" }>) {
  if (failure.provider === "fallback")
    return say(
      l10n.t("The second provider's credit or spend limit is used up"),
      failure.detail,
      "openFallbackSetting",
      "retry",
    );
  return say(
    l10n.t("Groq has blocked your organisation at its spend limit"),
    l10n.t(
      "An owner can raise it under Billing, Limits; otherwise the block ends with the month. {0}",
      failure.detail,
    ),
    "openBillingPage",
    "openSpendLimitsPage",
    "retry",
  );
}
