import { l10n } from "vscode";
import type {
  EditorFailure,
  EndFailure,
  PathRefusal,
  RepairOffer,
  StoreFailure,
} from "../../core/dispatch/failure";
import { formatDollars } from "../../core/budget/money";
import { say } from "./explanation";
import type { Explanation } from "./explanation";
import { formatCount } from "../formatCount";

/** What the editor, the workspace or the files do not allow. */
export function explainEditorFailure(failure: EditorFailure): Explanation {
  switch (failure.kind) {
    case "busy":
      return say(
        l10n.t("An answer is still under way"),
        l10n.t("Stop it first, or wait until it ends."),
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
        l10n.t("Ask for the change again, or more precisely."),
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
      return explainMisfit(failure);
    case "alreadyApplied":
      return say(
        l10n.t("The edit is already in the files"),
        l10n.t("There is nothing to change. An applied edit can be undone."),
        "undoApply",
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
        ...(failure.text === undefined ? [] : (["copyEdit"] as const)),
      );
    case "documentChanged":
      return say(
        l10n.t("{0} has changed since the edit was shown", failure.path),
        l10n.t("Nothing was applied. Review the edit again against the file as it is now."),
        "reviewAgain",
      );
    case "applyRefused":
      return say(
        l10n.t("The editor did not apply the edit of {0}", failure.path),
        l10n.t("Nothing was changed."),
        "reviewAgain",
      );
    case "notRestored":
      return say(
        l10n.t("The edit was only partly applied"),
        l10n.t(
          "These files could not be restored automatically, please check them: {0}. Everything else is as it was.",
          failure.paths.join(", "),
        ),
        "undoApply",
      );
    case "noChangeAtCursor":
      return say(
        l10n.t("The cursor is not in any of the changes"),
        l10n.t("Place it in the change that you mean, or decide on all of them."),
      );
    case "guardedLeft":
      return say(
        l10n.t("{0} must be accepted separately", failure.paths.join(", ")),
        l10n.t(
          "Such an edit can trigger more than it shows. Nothing is applied before you decide.",
        ),
      );
    case "nothingToUndo":
      return say(
        l10n.t("There is no applied edit to undo"),
        l10n.t("Only the last edits of this workspace are kept, and none is left."),
      );
    case "undoConflict":
      return say(
        l10n.t("{0} has changed since the edit was applied", failure.paths.join(", ")),
        l10n.t("Nothing was undone, so none of your later work is lost."),
        "showConflict",
        "undoOthers",
      );
  }
}

type Misfit = Extract<EditorFailure, { readonly kind: "editNotApplicable" }>;

function explainMisfit({ problems, repair }: Misfit): Explanation {
  const said = say(
    l10n.t("The edit does not fit the file"),
    problems.map((problem) => problem.message).join("\n"),
    "retry",
  );
  if (repair === undefined) return said;
  return { ...said, actions: [{ id: "repairEdit", label: repairWords(repair) }, ...said.actions] };
}

/** `Repair (~620 tokens, ~$0.00012)`. */
function repairWords({ tokens, cost }: RepairOffer): string {
  if (tokens === undefined) return l10n.t("Repair");
  const about = formatCount(tokens);
  return cost === undefined
    ? l10n.t("Repair (~{0} tokens, no price known)", about)
    : l10n.t("Repair (~{0} tokens, ~{1})", about, formatDollars(BigInt(cost)));
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
    case "badName":
      return l10n.t("Its name would not mean the same file on every system.");
    case "exists":
      return l10n.t("Such a file already exists, and it was not part of your request.");
    case "ambiguous":
      return l10n.t(
        "More than one file has this name, and the answer does not say which one it means.",
      );
  }
}

/** How an answer was ended on this side. */
export function explainEnd(failure: EndFailure): Explanation {
  switch (failure.kind) {
    case "stopped":
      return say(l10n.t("Stopped"), l10n.t("What came before is kept."), "retry");
    case "interrupted":
      return say(
        l10n.t("The window was closed during the answer"),
        l10n.t("What came before is kept."),
        "retry",
      );
    case "extensionChanged":
      return say(
        l10n.t("Groq Coder was updated while it ran"),
        l10n.t("Nothing was sent. Reload the window to go on."),
        "reloadWindow",
      );
  }
}

/** Problems with the ledger. */
export function explainStoreFailure(failure: StoreFailure): Explanation {
  switch (failure.kind) {
    case "storeUnavailable":
      return say(
        l10n.t("Groq Coder's ledger cannot be written"),
        l10n.t("Requests that cannot be counted are not sent. {0}", failure.detail),
        "retry",
        "showLog",
      );
    case "storeTooNew":
      return say(
        l10n.t("The ledger was written by a newer version of Groq Coder"),
        l10n.t("Reload the window to run that version."),
        "reloadWindow",
      );
  }
}
