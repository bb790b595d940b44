import { commands, l10n, ProgressLocation, window } from "vscode";
import type { Clock } from "../../core/dispatch/clock";
import { done } from "./commandResult";
import type { CommandResult } from "./commandResult";

/** The extension's own id and that of the walkthrough in its manifest. */
const walkthrough = "groq-coder.groq-coder#firstSteps";

/**
 * How long after an extension's start the editor may not know its walkthrough yet: it waits for up to five seconds for an
 * experiment of its own, and would show another walkthrough instead.
 */
const knownAfterMs = 5500;

export interface WalkthroughParts {
  readonly clock: Clock;
  /** When the extension was started, on the monotonic clock. */
  readonly startedAtMs: number;
}

/** Shows the first steps, from a key to a budget, as soon as the editor can. */
export async function openWalkthrough(parts: WalkthroughParts): Promise<CommandResult> {
  const { clock, startedAtMs } = parts;
  const waitMs = startedAtMs + knownAfterMs - clock.monotonic();
  if (waitMs > 0) {
    const title = l10n.t("Opening the walkthrough…");
    const options = { location: ProgressLocation.Notification, title };
    await window.withProgress(options, () => clock.sleep(waitMs, new AbortController().signal));
  }
  await commands.executeCommand("workbench.action.openWalkthrough", walkthrough, false);
  return done;
}
