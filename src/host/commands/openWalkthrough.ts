import { commands, window } from "vscode";
import type { Clock } from "../../core/dispatch/clock";
import { done } from "./commandResult";
import type { CommandResult } from "./commandResult";

/** The extension's own id and that of the walkthrough in its manifest. */
const walkthrough = "groq-coder.groq-coder#firstSteps";

/** How long the editor takes to know the walkthroughs of extensions, once it is asked for the first of them. */
const knownAfterMs = 1200;

/**
 * What shows the first steps, from a key to a budget. At its first time it asks twice: an editor that has shown no
 * walkthrough yet looks for those of extensions only then, and shows one of its own meanwhile.
 */
export function createWalkthroughOpener(clock: Clock): () => Promise<CommandResult> {
  let isKnown = false;
  return async () => {
    await open();
    if (isKnown) return done;
    isKnown = true;
    await clock.sleep(knownAfterMs, new AbortController().signal);
    if (!isElsewhere()) await open();
    return done;
  };
}

async function open(): Promise<void> {
  await commands.executeCommand("workbench.action.openWalkthrough", walkthrough, false);
}

/** Whoever has gone on to a file or a page meanwhile is not called back. The editor's own pages have no input to tell. */
function isElsewhere(): boolean {
  return window.tabGroups.activeTabGroup.activeTab?.input !== undefined;
}
