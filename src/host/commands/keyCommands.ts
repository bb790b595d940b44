import { l10n, ProgressLocation, window } from "vscode";
import { fail } from "../../core/dispatch/failure";
import type { Failure } from "../../core/dispatch/failure";
import type { ModelList } from "../../core/dispatch/modelList";
import { explainFailure } from "../explainFailure";
import type { Log } from "../log";
import type { ModelListings } from "../modelListings";
import { foreignKey, pastedKey } from "../secrets";
import type { Secrets } from "../secrets";
import { done, toCommandResult } from "./commandResult";
import type { CommandResult } from "./commandResult";

export interface KeyCommandParts {
  readonly secrets: Secrets;
  readonly models: ModelList;
  readonly listings: ModelListings;
  readonly log: Log;
}

/**
 * Stores a key after Groq has accepted it (`GET /models`, free of charge). Without an argument it asks,
 * and asks again as long as another key could be accepted.
 */
export async function setApiKey(parts: KeyCommandParts, argument: unknown): Promise<CommandResult> {
  if (typeof argument === "string") return tryKey(parts, pastedKey(argument));
  let problem = "";
  for (;;) {
    const typed = await askForKey(parts.secrets, problem);
    if (typed === undefined) return fail({ kind: "stopped" });
    const tried = await tryKey(parts, pastedKey(typed));
    if (tried.ok) {
      void window.showInformationMessage(l10n.t("Groq accepted the API key. It is stored safely."));
      return tried;
    }
    if (!wantsAnotherKey(tried.failure)) return tried;
    const { title, detail } = explainFailure(tried.failure);
    problem = `${title}. ${detail}`;
  }
}

/** Of what else can fail, such as the way to Groq, the user is told with its own ways out. */
function wantsAnotherKey({ kind }: Failure): boolean {
  return kind === "noKey" || kind === "foreignKey" || kind === "invalidKey";
}

/** Removes the stored key, and says what applies now: only the user can remove a key from the environment. */
export async function clearApiKey({
  secrets,
  listings,
}: Pick<KeyCommandParts, "secrets" | "listings">): Promise<CommandResult> {
  const cleared = await secrets.clear();
  if (!cleared.ok) return toCommandResult(cleared);
  await listings.forget();
  const left = await secrets.credentials();
  void window.showInformationMessage(
    !left.ok && left.failure.kind === "noKey"
      ? l10n.t("The API key was removed from this machine.")
      : l10n.t("The stored API key was removed. The one in the environment is used now."),
  );
  return done;
}

async function askForKey(secrets: Secrets, problem: string): Promise<string | undefined> {
  const address = secrets.baseUrl();
  const host = address.ok ? new URL(address.value).host : "";
  const hint = l10n.t("Paste your key from console.groq.com/keys. It is sent only to {0}.", host);
  return window.showInputBox({
    title: l10n.t("Groq API Key"),
    prompt: problem === "" ? hint : problem,
    placeHolder: "gsk_…",
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === "" ? l10n.t("Paste a key, or press Escape.") : undefined,
  });
}

async function tryKey(
  { secrets, models, listings, log }: KeyCommandParts,
  apiKey: string,
): Promise<CommandResult> {
  if (apiKey === "") return fail({ kind: "noKey" });
  const address = secrets.baseUrl();
  if (!address.ok) return address;
  const foreign = foreignKey(apiKey, address.value);
  if (foreign !== undefined) return fail(foreign);
  const candidate = { apiKey, baseUrl: address.value };
  const options = {
    location: ProgressLocation.Notification,
    title: l10n.t("Checking the key with Groq…"),
    cancellable: true,
  };
  const listed = await window.withProgress(options, (_progress, cancellation) => {
    const abort = new AbortController();
    cancellation.onCancellationRequested(() => abort.abort());
    return models.list(candidate, abort.signal);
  });
  if (!listed.ok) return toCommandResult(listed);
  const stored = await secrets.store(candidate);
  if (!stored.ok) return stored;
  await listings.remember(address.value, listed.value);
  log.info(`A key was accepted; it may use ${listed.value.length} models`);
  return done;
}
