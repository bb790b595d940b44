import { commands, window } from "vscode";
import type { Clock } from "../../core/dispatch/clock";
import { done } from "./commandResult";
import type { CommandResult } from "./commandResult";

/** The extension's id and the walkthrough's id in the manifest. */
const walkthrough = "groq-coder.groq-coder#firstSteps";

/**
 * A step that was done before the editor knew of it would never be ticked off: the manifest's completion events also wait
 * for this key, which is set afterwards.
 */
const knownKey = "groqCoder.walkthroughKnown";

/** How long the editor takes to load the walkthroughs of extensions when it is first asked for one. */
const knownAfterMs = 1200;

/**
 * Makes the command that shows the first steps, from a key to a budget. The first time it asks the editor twice: an editor
 * that has shown no walkthrough yet only then looks for those of extensions, and shows one of its own meanwhile.
 */
export function createWalkthroughOpener(clock: Clock): () => Promise<CommandResult> {
  let isKnown = false;
  return async () => {
    await open();
    if (isKnown) return done;
    isKnown = true;
    await clock.sleep(knownAfterMs, new AbortController().signal);
    if (!isElsewhere()) await open();
    await commands.executeCommand("setContext", knownKey, true);
    return done;
  };
}

async function open(): Promise<void> {
  await commands.executeCommand("workbench.action.openWalkthrough", walkthrough, false);
}

/** Whether the user has gone on to a file or a page meanwhile, and is left there. The editor's own pages have no input. */
function isElsewhere(): boolean {
  return window.tabGroups.activeTabGroup.activeTab?.input !== undefined;
}
