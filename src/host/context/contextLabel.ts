import { l10n } from "vscode";
import { excerptLabel } from "../../core/context/codeExcerpt";
import type {
  ContextItem,
  DiffScope,
  FolderItem,
  InstructionsItem,
  RelatedItem,
} from "../../core/context/contextItem";

/** A chip's text, and the NAME in its button's `Remove NAME`: short, and on one line. */
export function contextLabel(item: ContextItem): string {
  return labelOf(item).replace(/[\p{Cc}\u2028\u2029]/gu, "\ufffd");
}

function labelOf(item: ContextItem): string {
  switch (item.kind) {
    case "selection":
      return item.symbol === undefined
        ? excerptLabel(item)
        : l10n.t("{0} in {1}", item.symbol, item.path);
    case "file":
      return item.path;
    case "folder":
      return folderLabel(item);
    case "related":
      return relatedLabel(item);
    case "problems":
      return l10n.t("Problems in {0}", item.path);
    case "gitDiff":
      return scopeLabel(item.scope);
    case "terminal":
      return l10n.t("Terminal: {0}", shortened(item.command));
    case "image":
      return item.name;
    case "instructions":
      return instructionsLabel(item);
  }
}

function relatedLabel({ parts }: RelatedItem): string {
  const names = parts.flatMap(({ name }) => name ?? []);
  return names.length === 0
    ? l10n.t("Imports")
    : l10n.t("Related: {0}", shortened(names.join(", ")));
}

function folderLabel({ path, files, filesLeftOut }: FolderItem): string {
  return filesLeftOut === 0
    ? `${path}/`
    : l10n.t("{0}/ ({1} of {2} files)", path, files.length, files.length + filesLeftOut);
}

function scopeLabel(scope: DiffScope): string {
  return scope === "staged" ? l10n.t("Staged changes") : l10n.t("Uncommitted changes");
}

function instructionsLabel({ wishes, notes, notesCut }: InstructionsItem): string {
  if (notes === undefined) return l10n.t("Custom instructions");
  const name = notesCut === true ? excerptLabel(notes) : notes.path;
  return wishes === "" ? name : l10n.t("Custom instructions and {0}", name);
}

/** A command may be as long as a script. */
const longestCommand = 40;

function shortened(command: string): string {
  // Not within a pair of surrogates.
  return command.length <= longestCommand
    ? command
    : `${command.slice(0, longestCommand - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
