import { l10n } from "vscode";
import type { LimitFailure, WayFailure } from "../../core/dispatch/failure";
import { formatWait } from "../formatWait";
import { addressSetting, onlyOfGroq, say, serviceName } from "./explanation";
import type { Explanation } from "./explanation";
import { formatCount } from "../formatCount";

/** What a service's limits do not admit. */
export function explainLimitFailure(failure: LimitFailure): Explanation {
  switch (failure.kind) {
    case "tooLarge":
      return explainTooLarge(failure);
    case "rateLimited":
      return say(
        failure.provider === "fallback"
          ? l10n.t("The second provider's limit is used up for now")
          : l10n.t("Groq's limit is used up for now"),
        [
          l10n.t("It admits this request again in {0}.", formatWait(failure.retryAfterMs)),
          limitWords(failure),
        ].join(" "),
        "retry",
        ...onlyOfGroq(failure, "selectModel", "openLimitsPage"),
      );
    case "overCapacity":
      return say(
        l10n.t("{0} has no capacity for this request right now", serviceName(failure)),
        failure.detail,
        "retry",
        ...onlyOfGroq(failure, "selectModel"),
      );
  }
}

/** Which limit it is, and its numbers where the service gave them. */
function limitWords({ dimension, told }: Extract<LimitFailure, { kind: "rateLimited" }>): string {
  const limit = limitName(dimension);
  if (told === undefined) return limit === "" ? "" : l10n.t("It is the limit of {0}.", limit);
  const used = formatCount(told.used);
  const most = formatCount(told.limit);
  const requested = formatCount(told.requested);
  return limit === ""
    ? l10n.t("{0} of {1} are used, and it needs {2}.", used, most, requested)
    : l10n.t("Of {1} {3}, {0} are used, and it needs {2}.", used, most, requested, limit);
}

/** In the plural, after a number. */
function limitName(dimension: Extract<LimitFailure, { kind: "rateLimited" }>["dimension"]): string {
  switch (dimension) {
    case "rpm":
      return l10n.t("requests a minute");
    case "rpd":
      return l10n.t("requests a day");
    case "tpm":
      return l10n.t("tokens a minute");
    case "tpd":
      return l10n.t("tokens a day");
    case "itpm":
      return l10n.t("input tokens a minute");
    case "otpm":
      return l10n.t("output tokens a minute");
    case "unknown":
      return "";
  }
}

function explainTooLarge(failure: Extract<LimitFailure, { kind: "tooLarge" }>): Explanation {
  const { dimension, limit, needed } = failure;
  if (dimension === "body")
    return say(l10n.t("The request is too large"), l10n.t("Send less code with it."), "newChat");
  const title =
    dimension === "context"
      ? l10n.t("The request is too large for the model")
      : l10n.t("The request is too large for your limit");
  const detail =
    dimension === "itpm"
      ? l10n.t(
          "Its text has about {0} tokens; {1} are admitted at once. Select less code, or start a new chat.",
          formatCount(needed),
          formatCount(limit),
        )
      : l10n.t(
          "It needs about {0} tokens, answer included; {1} are admitted at once. Select less code, or start a new chat.",
          formatCount(needed),
          formatCount(limit),
        );
  return say(title, detail, "newChat", ...onlyOfGroq(failure, "selectModel", "openLimitsPage"));
}

/** What went wrong on the way to the service and back. */
export function explainWayFailure(failure: WayFailure): Explanation {
  switch (failure.kind) {
    case "blockedByNetwork":
      return explainBlocked(failure);
    case "serverError":
      return explainServerError(failure);
    case "unreachable":
      return say(
        l10n.t("{0} cannot be reached", failure.origin),
        failure.untrusted === true ? untrustedWords(failure.detail) : failure.detail,
        "retry",
        addressSetting(failure),
        "openProxySettings",
        "showLog",
      );
    case "timedOut":
      return say(
        l10n.t("No answer came for {0}", formatWait(failure.idleMs)),
        l10n.t("What came before is kept."),
        "retry",
        ...onlyOfGroq(failure, "openStatusPage"),
      );
    case "cutOff":
      return say(
        l10n.t("The connection broke before the answer was complete"),
        l10n.t("What came before is kept."),
        "retry",
      );
    case "brokenOff":
      return say(
        l10n.t("{0} broke off the answer", serviceName(failure)),
        l10n.t("What came before is kept. {0}", failure.detail),
        "retry",
        ...onlyOfGroq(failure, "openStatusPage"),
      );
    case "unreadableAnswer":
      return say(
        failure.provider === "fallback"
          ? l10n.t("The answer is not what an OpenAI-compatible API streams")
          : l10n.t("The answer is not what Groq's API sends"),
        l10n.t("A proxy in between may have changed it. {0}", failure.detail),
        "retry",
        addressSetting(failure),
        "showLog",
      );
  }
}

function untrustedWords(detail: string): string {
  return l10n.t(
    "Its certificate was issued by an authority that this machine does not trust, such as that of a proxy that inspects traffic. Install the authority's certificate in the system, then restart the editor. ({0})",
    detail,
  );
}

/** Cloudflare's 1010: the site's owner blocks clients with this name. */
const agentRefused = 1010;

function explainBlocked(failure: Extract<WayFailure, { kind: "blockedByNetwork" }>): Explanation {
  const { status, frontCode, detail } = failure;
  if (status === 407)
    return say(
      l10n.t("A proxy asks you to sign in (HTTP {0})", status),
      l10n.t("Its address and sign-in are in the editor's proxy settings. {0}", detail),
      "openProxySettings",
      "retry",
      "showLog",
    );
  const title = l10n.t("The request was blocked on its way (HTTP {0})", status);
  if (frontCode === undefined)
    return say(
      title,
      l10n.t(
        "A proxy, a firewall or the edge network of {0} refused it. {1}",
        failure.provider === "fallback" ? l10n.t("the second provider") : "Groq",
        detail,
      ),
      "retry",
      "showLog",
    );
  const words =
    frontCode === agentRefused
      ? l10n.t(
          "Cloudflare, in front of the service, does not let this program in (error {0}). An update of Groq Coder, or another network, may help.",
          frontCode,
        )
      : l10n.t(
          "Cloudflare, in front of the service, refused it (error {0}). Another network may help.",
          frontCode,
        );
  return say(title, words, "retry", "showLog");
}

function explainServerError(failure: Extract<WayFailure, { kind: "serverError" }>): Explanation {
  const { status, detail } = failure;
  const title =
    status === 503
      ? l10n.t("{0} is over capacity or under maintenance (HTTP {1})", serviceName(failure), status)
      : l10n.t("{0} had an internal error (HTTP {1})", serviceName(failure), status);
  return say(
    title,
    l10n.t("Nothing is charged for it. {0}", detail),
    "retry",
    ...onlyOfGroq(failure, "openStatusPage"),
  );
}
