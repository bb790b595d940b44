import { l10n } from "vscode";

/** Commands that can be typed instead of a question. */
export type SlashCommand =
  | "/explain"
  | "/fix"
  | "/refactor"
  | "/tests"
  | "/docs"
  | "/review"
  | "/commit"
  | "/clear"
  | "/help";

export const slashCommands: readonly SlashCommand[] = [
  "/explain",
  "/fix",
  "/refactor",
  "/tests",
  "/docs",
  "/review",
  "/commit",
  "/clear",
  "/help",
];

/** A command, and the words after it. */
export interface SlashMessage {
  readonly command: SlashCommand;
  readonly rest: string;
}

/** The command that a message begins with; undefined for a question. */
export function readSlashCommand(text: string): SlashMessage | undefined {
  const [, name, rest = ""] = /^\s*(\/[a-z]+)(?:\s+([\s\S]*))?$/.exec(text) ?? [];
  const command = slashCommands.find((known) => known === name);
  return command && { command, rest: rest.trim() };
}

export function describeSlashCommand(command: SlashCommand): string {
  switch (command) {
    case "/explain":
      return l10n.t("Explain the selected code");
    case "/fix":
      return l10n.t("Fix the problems of the selected code");
    case "/refactor":
      return l10n.t("Change the selected code as you describe");
    case "/tests":
      return l10n.t("Write tests for the selected code");
    case "/docs":
      return l10n.t("Document the selected code");
    case "/review":
      return l10n.t("Review the selected code, or the changes since the last commit");
    case "/commit":
      return l10n.t("Write a commit message for the changes");
    case "/clear":
      return l10n.t("Start a new chat; this one is kept");
    case "/help":
      return l10n.t("Show what can be typed here");
  }
}
