import { l10n, window } from "vscode";
import type { Uri } from "vscode";
import { sensitivityOf } from "../../core/context/sensitiveFile";
import type { Sensitivity } from "../../core/context/sensitiveFile";
import type { Git } from "./git";

/**
 * Whether a file may be attached. For files whose name suggests secrets, or that Git ignores, the user is asked, and told
 * what they are. The answer applies to this one attachment.
 */
export async function mayAttach(uri: Uri, path: string, git: Git): Promise<boolean> {
  const sensitivity =
    sensitivityOf(uri.path) ?? ((await git.isIgnored(uri)) ? "ignored" : undefined);
  if (sensitivity === undefined) return true;
  const attach = l10n.t("Attach");
  const answer = await window.showWarningMessage(
    l10n.t("Attach {0}?", path),
    { modal: true, detail: whatItIs(sensitivity) },
    attach,
  );
  return answer === attach;
}

function whatItIs(sensitivity: Sensitivity): string {
  switch (sensitivity) {
    case "environment":
      return l10n.t(
        "Environment files usually contain passwords and keys. All of it would be sent.",
      );
    case "key":
      return l10n.t("Its name suggests a private key. All of it would be sent.");
    case "credentials":
      return l10n.t("Files of this name usually contain credentials. All of it would be sent.");
    case "ignored":
      return l10n.t("Git ignores it, so it may contain things that are not meant for others.");
  }
}
