import { commands } from "vscode";
import { done } from "./commandResult";
import type { CommandResult } from "./commandResult";

/** The extension's own id and that of the walkthrough in its manifest. */
const walkthrough = "groq-coder.groq-coder#firstSteps";

/** Shows the first steps: a key, a question, an edit, a budget. */
export async function openWalkthrough(): Promise<CommandResult> {
  await commands.executeCommand("workbench.action.openWalkthrough", walkthrough, false);
  return done;
}
