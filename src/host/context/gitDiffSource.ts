import { l10n } from "vscode";
import type { Uri } from "vscode";
import type { DiffScope } from "../../core/context/contextItem";
import { cutDiff } from "../../core/context/diffText";
import { sensitivityOf } from "../../core/context/sensitiveFile";
import { succeed } from "../../core/dispatch/failure";
import type { ContextSource } from "./contextSource";
import type { Git } from "./git";
import { refuse } from "./workspacePlace";

/** The most characters of a diff that are sent: about 3,000 tokens. */
const mostSent = 12_000;

/** The changes of `near`'s repository, or of the first one. Files whose name suggests secrets are left out. */
export function gitDiffSource(git: Git, scope: DiffScope, near: Uri | undefined): ContextSource {
  const name = scope === "staged" ? l10n.t("Staged changes") : l10n.t("Uncommitted changes");
  return {
    followsSaves: true,
    about: () => (near === undefined ? {} : { near: near.toString() }),
    async read() {
      const repository = await git.repositoryOf(near);
      const diff = await repository?.diff(scope === "staged");
      if (repository === undefined || diff === undefined) return refuse(name, "noRepository");
      const cut = cutDiff(diff, { characters: mostSent, hides: isSensitive });
      if (cut.files.length === 0) return refuse(name, "noChanges");
      const folder = repository.rootUri.path.replace(/\/+$/, "");
      return succeed({
        kind: "gitDiff",
        scope,
        repository: folder.slice(folder.lastIndexOf("/") + 1),
        ...cut,
      });
    },
  };
}

function isSensitive(path: string): boolean {
  return sensitivityOf(path) !== undefined;
}
