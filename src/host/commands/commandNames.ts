/** The names of the review commands, without `groqCoder.`. */
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

/** The names of commands, without `groqCoder.`, so that they can be registered before their code is loaded. */
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

/** The one command whose code is loaded separately. */
export const usageCommand = "showUsage";

export type DeskCommandName = (typeof deskCommandNames)[number];
export type CommandName = (typeof commandNames)[number];
