import { window } from "vscode";
import type { Failure } from "../../core/dispatch/failure";
import { explainFailure } from "../explainFailure";
import type { FailureActionId } from "../failureAction";
import type { Log } from "../log";
import type { RecentFailures } from "../recentFailures";
import type { Secrets } from "../secrets";
import type { CommandResult } from "./commandResult";
import { runFailureAction } from "./failureActions";

/** Tells the user about failures, and runs the way out that they choose. */
export interface Reporter {
  /** Runs an act; a failure that the chat does not show appears in a notification. */
  report(act: () => Promise<CommandResult> | CommandResult): Promise<CommandResult>;
  /** Runs one way out of a failure. `retry` repeats what failed. */
  act(action: FailureActionId, failure: Failure, retry: () => Promise<unknown>): Promise<void>;
}

export function createReporter(parts: {
  readonly secrets: Secrets;
  readonly log: Log;
  readonly showLog: () => void;
  readonly failures: RecentFailures;
}): Reporter {
  const act: Reporter["act"] = (action, failure, retry) =>
    runFailureAction(action, { failure, retry, ...parts });

  async function notify(failure: Failure, retry: () => Promise<unknown>): Promise<void> {
    const { title, detail, actions } = explainFailure(failure);
    parts.log.warn(`${failure.kind}: ${title}`);
    parts.failures.note(failure);
    const labels = actions.map(({ label }) => label);
    const chosen = await window.showWarningMessage(`${title}. ${detail}`, ...labels);
    const action = actions.find(({ label }) => label === chosen);
    if (action !== undefined) await act(action.id, failure, retry);
  }

  const report: Reporter["report"] = async (run) => {
    const result = await run();
    if (!result.ok && result.shownInChat !== true && result.failure.kind !== "stopped") {
      // The notification stays until the user closes it; the command's caller does not wait for that.
      notify(result.failure, () => report(run)).catch((error: unknown) =>
        parts.log.error(String(error)),
      );
    }
    return result;
  };
  return { report, act };
}
