import { l10n } from "vscode";
import type { OfService } from "../../core/dispatch/failure";
import { failureAction } from "../failureAction";
import type { FailureAction, FailureActionId } from "../failureAction";

/** A failure in words: what happened, what it means, and the ways out. */
export interface Explanation {
  readonly title: string;
  readonly detail: string;
  readonly actions: readonly FailureAction[];
}

export function say(
  title: string,
  detail: string,
  ...actions: readonly FailureActionId[]
): Explanation {
  return { title, detail: detail.trim(), actions: actions.map(failureAction) };
}

/** The service's name at the beginning of a sentence. */
export function serviceName({ provider }: OfService): string {
  return provider === "fallback" ? l10n.t("The second provider") : "Groq";
}

/** Ways out that only make sense for Groq. */
export function onlyOfGroq(
  { provider }: OfService,
  ...actions: readonly FailureActionId[]
): readonly FailureActionId[] {
  return provider === "fallback" ? [] : actions;
}

/** Where the service's address is set. */
export function addressSetting({ provider }: OfService): FailureActionId {
  return provider === "fallback" ? "openFallbackSetting" : "openBaseUrlSetting";
}
