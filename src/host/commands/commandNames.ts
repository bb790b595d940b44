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

/** What all commands are called after `groqCoder.`, so that they can be registered before their code is loaded. */
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
  "showUsage",
  "showLimits",
  "openHistory",
  "exportChat",
  "importChat",
  "openWalkthrough",
  "editSample",
  "copyDiagnostics",
  "deleteAllData",
] as const;

export type DeskCommandName = (typeof deskCommandNames)[number];
export type CommandName = (typeof commandNames)[number];
