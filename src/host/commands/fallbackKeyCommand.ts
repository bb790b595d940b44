import { l10n, window } from "vscode";
import { fail } from "../../core/dispatch/failure";
import { toCommandResult } from "./commandResult";
import type { CommandResult } from "./commandResult";
import type { KeyCommandParts } from "./keyCommands";

/**
 * Stores the second provider's key for the address that `groqCoder.fallback` names; an empty one removes
 * it. The key is not tried: not every service lists its models, and a completion would cost money.
 */
export async function setFallbackKey(
  { secrets: { fallback }, log }: Pick<KeyCommandParts, "secrets" | "log">,
  argument: unknown,
): Promise<CommandResult> {
  const address = fallback.baseUrl();
  if (!address.ok) return toCommandResult(address);
  const { host } = new URL(address.value);
  const typed = typeof argument === "string" ? argument : await askForKey(host);
  if (typed === undefined) return fail({ kind: "stopped" });
  const apiKey = typed.trim();
  const stored =
    apiKey === ""
      ? await fallback.clear()
      : await fallback.store({ apiKey, baseUrl: address.value });
  if (stored.ok) log.info(`The second provider's key was ${apiKey === "" ? "removed" : "stored"}`);
  return toCommandResult(stored);
}

async function askForKey(host: string): Promise<string | undefined> {
  return window.showInputBox({
    title: l10n.t("Key of the Second Provider"),
    prompt: l10n.t("It is stored safely and sent only to {0}. Leave it empty to remove it.", host),
    password: true,
    ignoreFocusOut: true,
  });
}
