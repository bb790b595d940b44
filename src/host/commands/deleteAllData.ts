import { l10n, window } from "vscode";
import type { Chat } from "../../core/chat/chat";
import type { Clock } from "../../core/dispatch/clock";
import { fail } from "../../core/dispatch/failure";
import type { StoredData } from "../../core/dispatch/storedData";
import type { Log } from "../log";
import type { ModelListings } from "../modelListings";
import type { Secrets } from "../secrets";
import { done } from "./commandResult";
import type { CommandResult } from "./commandResult";

export interface DeleteAllDataParts {
  readonly chat: Pick<Chat, "stop" | "idle" | "startNew">;
  readonly data: Pick<StoredData, "deleteAll">;
  readonly secrets: Pick<Secrets, "clearAll">;
  readonly listings: Pick<ModelListings, "forget">;
  readonly clock: Clock;
  readonly log: Log;
}

/** Deletes everything that the extension keeps on this machine. Asks first, unless the argument is `{ confirmed: true }`. */
export async function deleteAllData(
  parts: DeleteAllDataParts,
  argument: unknown,
): Promise<CommandResult> {
  const { chat, data, secrets, listings, clock, log } = parts;
  if (!isConfirmed(argument) && !(await confirm())) return fail({ kind: "stopped" });
  chat.stop();
  await chat.idle();
  const deleted = await data.deleteAll(clock.localDay(clock.now()));
  if (!deleted.ok) return deleted;
  chat.startNew();
  const cleared = await secrets.clearAll();
  await listings.forget();
  if (!cleared.ok) return cleared;
  log.info("All data were deleted");
  return done;
}

function isConfirmed(argument: unknown): boolean {
  return (
    typeof argument === "object" &&
    argument !== null &&
    "confirmed" in argument &&
    argument.confirmed === true
  );
}

async function confirm(): Promise<boolean> {
  const go = l10n.t("Delete All Data");
  const chosen = await window.showWarningMessage(
    l10n.t("Delete all data of Groq Coder on this machine?"),
    {
      modal: true,
      detail: [
        l10n.t(
          "Deleted for all windows: conversations, unsent messages, the list of requests, the usage history, what was learnt about your limits, damaged files that were kept, and your API keys.",
        ),
        l10n.t(
          "Kept: your settings, exported files, and what this month has cost so far, as two sums without any details, so that your budgets still apply.",
        ),
        l10n.t("This cannot be undone."),
      ].join("\n\n"),
    },
    go,
  );
  return chosen === go;
}
