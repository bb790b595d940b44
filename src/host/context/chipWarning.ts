import { l10n } from "vscode";
import { warningsOf } from "../../core/context/contextWarnings";
import type { ContextItem } from "../../core/context/contextItem";
import type { SecretKind } from "../../core/context/secretScan";

/** Why the user may not want to send an item, in a sentence or two; undefined where nothing is suspected. */
export function chipWarning(item: ContextItem): string | undefined {
  const { secret, hidden } = warningsOf(item);
  const sentences: string[] = [];
  if (secret !== undefined)
    sentences.push(
      secret.line === undefined
        ? l10n.t("It seems to contain {0}.", secretWords(secret.kind))
        : l10n.t("Line {0} seems to contain {1}.", secret.line, secretWords(secret.kind)),
    );
  if (hidden) sentences.push(l10n.t("It contains hidden characters."));
  return sentences.length === 0 ? undefined : sentences.join(" ");
}

function secretWords(kind: SecretKind): string {
  switch (kind) {
    case "apiKey":
      return l10n.t("an access key");
    case "privateKey":
      return l10n.t("a private key");
    case "password":
      return l10n.t("a password or token");
    case "connectionString":
      return l10n.t("an address with a password");
  }
}
