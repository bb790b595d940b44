import { l10n } from "vscode";
import type { Failure } from "../core/dispatch/failure";
import { explainAccountFailure } from "./failures/accountFailures";
import { explainContextFailure } from "./failures/contextFailures";
import { explainEditorFailure, explainEnd, explainStoreFailure } from "./failures/editorFailures";
import { say } from "./failures/explanation";
import type { Explanation } from "./failures/explanation";
import { explainHistoryFailure } from "./failures/historyFailures";
import { explainBudgetFailure, explainRequestFailure } from "./failures/requestFailures";
import { explainLimitFailure, explainWayFailure } from "./failures/serviceFailures";

/** A stored failure may come from another version of the extension: one that cannot be explained is named by its kind. */
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

/** Every kind, by its topic. */
function explainKnown(failure: Failure): Explanation | undefined {
  switch (failure.kind) {
    case "noKey":
    case "noFallback":
    case "keyStoreUnavailable":
    case "foreignKey":
    case "invalidKey":
    case "originNotConfirmed":
    case "invalidBaseUrl":
    case "permissionDenied":
    case "organizationRestricted":
    case "spendLimitReached":
      return explainAccountFailure(failure);
    case "modelGone":
    case "contextTooLong":
    case "toolUseFailed":
    case "jsonInvalid":
    case "badRequest":
      return explainRequestFailure(failure);
    case "tooLarge":
    case "rateLimited":
    case "overCapacity":
      return explainLimitFailure(failure);
    case "blockedByNetwork":
    case "serverError":
    case "unreachable":
    case "timedOut":
    case "cutOff":
    case "brokenOff":
    case "unreadableAnswer":
      return explainWayFailure(failure);
    case "overCap":
    case "noPrice":
    case "invalidBudget":
    case "raiseRefused":
      return explainBudgetFailure(failure);
    case "stopped":
    case "interrupted":
    case "extensionChanged":
      return explainEnd(failure);
    case "busy":
    case "emptyMessage":
    case "noEditor":
    case "emptySelection":
    case "untrustedWorkspace":
    case "noProposal":
    case "noEdit":
    case "answerIncomplete":
    case "editNotApplicable":
    case "alreadyApplied":
    case "readOnly":
    case "fileMissing":
    case "fileNotAllowed":
    case "documentChanged":
    case "applyRefused":
    case "notRestored":
    case "noChangeAtCursor":
    case "guardedLeft":
    case "nothingToUndo":
    case "undoConflict":
      return explainEditorFailure(failure);
    case "contextRefused":
    case "noImages":
      return explainContextFailure(failure);
    case "conversationGone":
    case "turnGone":
    case "emptyConversation":
    case "fileExists":
    case "fileNotWritten":
    case "fileNotRead":
    case "notImported":
      return explainHistoryFailure(failure);
    case "storeUnavailable":
    case "storeTooNew":
      return explainStoreFailure(failure);
  }
}
