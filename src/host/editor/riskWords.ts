import { l10n } from "vscode";
import type { EditRisk } from "../../core/edits/editRisk";

/** What an edit could trigger, in a sentence. */
export function riskWords(risk: EditRisk): string {
  switch (risk) {
    case "editorFolder":
      return l10n.t("The editor reads this file and may act on it.");
    case "hook":
      return l10n.t("Hooks run automatically, for example with each commit.");
    case "continuousIntegration":
      return l10n.t("Continuous integration runs this, with the project's secrets.");
    case "container":
      return l10n.t("Containers are built and started from this.");
    case "agent":
      return l10n.t("It tells assistants and their tools what to do.");
    case "packageManifest":
      return l10n.t("Package managers install and run what this names.");
    case "lockFile":
      return l10n.t("It decides which packages are installed.");
    case "packageManager":
      return l10n.t("It decides where packages come from.");
    case "environment":
      return l10n.t("It sets the environment of programs, and may contain secrets.");
    case "build":
      return l10n.t("Builds and tests run this.");
    case "shell":
      return l10n.t("Shells and Git act on this automatically.");
    case "schemaAddress":
      return l10n.t("The editor fetches the address of a schema automatically.");
    case "remoteConfiguration":
      return l10n.t("It loads configuration from another place.");
    case "lifecycleScript":
      return l10n.t("It adds a script that runs automatically.");
    case "otherNames":
      return l10n.t(
        "The file has other names, in this workspace or elsewhere, and changes under all of them.",
      );
    case "hiddenCharacters":
      return l10n.t("It adds invisible characters.");
  }
}

/** The same in a word or two: the row above a file cuts longer ones. */
export function shortRiskWords(risk: EditRisk): string {
  switch (risk) {
    case "editorFolder":
      return l10n.t("read by the editor");
    case "hook":
      return l10n.t("a hook");
    case "continuousIntegration":
      return l10n.t("run by CI");
    case "container":
      return l10n.t("a container");
    case "agent":
      return l10n.t("read by assistants");
    case "packageManifest":
      return l10n.t("names packages");
    case "lockFile":
      return l10n.t("a lock file");
    case "packageManager":
      return l10n.t("a package source");
    case "environment":
      return l10n.t("an environment");
    case "build":
      return l10n.t("run by builds");
    case "shell":
      return l10n.t("read by shells");
    case "schemaAddress":
      return l10n.t("a fetched schema");
    case "remoteConfiguration":
      return l10n.t("remote settings");
    case "lifecycleScript":
      return l10n.t("a script that runs");
    case "otherNames":
      return l10n.t("a file with other names");
    case "hiddenCharacters":
      return l10n.t("hidden characters");
  }
}
