import { l10n } from "vscode";
import { contextNames } from "../../protocol/composerMessages";
import type { ComposerView, ContextName } from "../../protocol/composerMessages";
import type { ContextRequest } from "../context/contextBoard";

/** What can be added by its name after an at sign, beside files and folders. */
export function namedContext(): ComposerView["contexts"] {
  return contextNames.map((name) => ({ name, description: describe(name) }));
}

export function requestNamed(name: ContextName): ContextRequest {
  switch (name) {
    case "problems":
      return { kind: "problems" };
    case "changes":
      return { kind: "gitDiff", scope: "workingTree" };
    case "staged":
      return { kind: "gitDiff", scope: "staged" };
    case "terminal":
      return { kind: "terminal" };
  }
}

function describe(name: ContextName): string {
  switch (name) {
    case "problems":
      return l10n.t("Problems of the selected lines, or of the open file");
    case "changes":
      return l10n.t("Uncommitted changes");
    case "staged":
      return l10n.t("Staged changes");
    case "terminal":
      return l10n.t("The terminal's last command with its output");
  }
}
