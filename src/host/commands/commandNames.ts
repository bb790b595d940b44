/** What the commands of a review are called after `groqCoder.`. */
const deskCommandNames = [
  "reviewAgain",
  "acceptAllEdits",
  "rejectAllEdits",
  "nextEdit",
  "previousEdit",
  "nextEditFile",
  "showEditDiff",
  "showAllEditDiffs",
  "repairEdit",
  "undoLastApply",
] as const;

/** What commands are called after `groqCoder.`, so that they can be registered before their code is loaded. */
export const commandNames = [
  "openChat",
  "openChatInEditor",
  "newChat",
  "sendMessage",
  "addSelectionToChat",
  "stop",
  "explainSelection",
  "editSelection",
  "refactorSelection",
  "fixSelection",
  "documentSelection",
  "generateTests",
  "applyEdit",
  "acceptEdit",
  "rejectEdit",
  ...deskCommandNames,
  "setApiKey",
  "clearApiKey",
  "setFallbackKey",
  "selectModel",
  "setBudget",
  "showLimits",
  "openHistory",
  "exportChat",
  "importChat",
  "openWalkthrough",
  "editSample",
  "copyDiagnostics",
  "deleteAllData",
] as const;

/** The same of the one whose code is loaded by itself. */
export const usageCommand = "showUsage";

export type DeskCommandName = (typeof deskCommandNames)[number];
export type CommandName = (typeof commandNames)[number];
