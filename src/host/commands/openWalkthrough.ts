import { commands, window } from "vscode";
import type { Clock } from "../../core/dispatch/clock";
import { done } from "./commandResult";
import type { CommandResult } from "./commandResult";

/** The extension's own id and that of the walkthrough in its manifest. */
const walkthrough = "groq-coder.groq-coder#firstSteps";
/** The extension's name, which is not translated, stands in the title of the page. */
const pageName = "Groq Coder";

/** The editor knows an extension's walkthrough up to five seconds after its start; before that it shows one of its own. */
const patienceMs = 8000;
const lookAgainMs = 500;

/** Shows the first steps, from a key to a budget, in a tab that stays. */
export async function openWalkthrough(clock: Clock): Promise<CommandResult> {
  const end = clock.monotonic() + patienceMs;
  let other: string | undefined;
  for (;;) {
    await commands.executeCommand("workbench.action.openWalkthrough", walkthrough, false);
    await clock.sleep(lookAgainMs, new AbortController().signal);
    const shown = window.tabGroups.activeTabGroup.activeTab?.label;
    if (shown?.includes(pageName) === true) {
      await commands.executeCommand("workbench.action.keepEditor");
      return done;
    }
    other ??= shown;
    // The user may have gone on to something else by now.
    if (shown !== other || clock.monotonic() >= end) return done;
  }
}
