import { l10n } from "vscode";
import type { ContextFailure, ContextRefusal } from "../../core/dispatch/failure";
import { say } from "./explanation";
import type { Explanation } from "./explanation";

/** Why something cannot be attached to a message. */
export function explainContextFailure(failure: ContextFailure): Explanation {
  switch (failure.kind) {
    case "contextRefused": {
      const title = l10n.t("{0} is not attached", failure.name);
      const detail = explainRefusal(failure.reason);
      return failure.reason === "restrictedMode"
        ? say(title, detail, "manageTrust")
        : say(title, detail);
    }
    case "noImages": {
      const { name, model, able } = failure;
      return say(
        l10n.t("{0} is not attached", name),
        able === undefined
          ? l10n.t("{0} does not accept images, and neither does any other available model.", model)
          : l10n.t("{0} does not accept images; {1} does.", model, able),
        ...(able === undefined ? [] : (["selectModel"] as const)),
      );
    }
  }
}

function explainRefusal(reason: ContextRefusal): string {
  switch (reason) {
    case "outsideWorkspace":
      return l10n.t("It lies outside the workspace, or leads out of it.");
    case "git":
      return l10n.t("Git's own files are never sent.");
    case "missing":
      return l10n.t("It cannot be read. It may have been moved, closed or deleted.");
    case "notText":
      return l10n.t("It is not a text file.");
    case "empty":
      return l10n.t("There is nothing in it.");
    case "tooLarge":
      return l10n.t("It is larger than any model can read. Select the part that you mean.");
    case "restrictedMode":
      return l10n.t(
        "In Restricted Mode only what you select, name or type is sent. Trust the workspace to use this.",
      );
    case "noProblems":
      return l10n.t("The editor reports no problems there.");
    case "noRepository":
      return l10n.t(
        "There is no Git repository in this workspace, or VS Code's Git support is off.",
      );
    case "noChanges":
      return l10n.t("There are no changes.");
    case "noCommand":
      return l10n.t(
        "No command has run in a terminal of this window yet, or the terminal has no shell integration.",
      );
    case "notAnImage":
      return l10n.t("It is not a PNG, JPEG, WebP or GIF image of at most 3 MB.");
    case "declined":
      return l10n.t("You chose not to attach it.");
  }
}
