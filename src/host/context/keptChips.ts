import { Uri, workspace } from "vscode";
import * as z from "zod/mini";
import type { ContextItem } from "../../core/context/contextItem";
import { fileSource, linesSource } from "./codeSources";
import { fixedSource } from "./contextSource";
import type { ContextSource } from "./contextSource";
import { folderSource } from "./folderSource";
import type { Git } from "./git";
import { gitDiffSource } from "./gitDiffSource";
import { problemsSource } from "./problemsSource";
import { refuse } from "./workspacePlace";

/**
 * A chip as it is saved for after a reload: where its text comes from, but not the text, which is read again. Only items
 * without another source are saved whole.
 */
const keptChipSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("selection"),
    uri: z.string(),
    path: z.string(),
    languageId: z.string(),
    startLine: z.int().check(z.positive()),
    endLine: z.int().check(z.positive()),
  }),
  z.object({
    kind: z.literal("file"),
    uri: z.string(),
    path: z.string(),
    languageId: z.string(),
  }),
  z.object({ kind: z.literal("folder"), uri: z.string(), path: z.string() }),
  z.object({
    kind: z.literal("problems"),
    uri: z.string(),
    path: z.string(),
    /** Zero-based. */
    lines: z.optional(z.object({ startLine: z.int(), endLine: z.int() })),
  }),
  z.object({
    kind: z.literal("gitDiff"),
    scope: z.enum(["staged", "workingTree"]),
    repository: z.string(),
    near: z.optional(z.string()),
  }),
  z.object({
    kind: z.literal("terminal"),
    command: z.string(),
    output: z.string(),
    exitCode: z.optional(z.number()),
    linesLeftOut: z.int(),
  }),
  z.object({
    kind: z.literal("image"),
    name: z.string(),
    mediaType: z.enum(["image/png", "image/jpeg", "image/webp", "image/gif"]),
    data: z.string(),
  }),
]);
type KeptChip = z.infer<typeof keptChipSchema>;

/** Undefined for items that nobody adds as chips. */
export function keepChip(item: ContextItem, { about }: ContextSource): KeptChip | undefined {
  switch (item.kind) {
    case "selection": {
      const { kind, uri, path, languageId, startLine, endLine } = item;
      return { kind, uri, path, languageId, startLine, endLine };
    }
    case "file": {
      const { kind, uri, path, languageId } = item;
      return { kind, uri, path, languageId };
    }
    case "folder":
      return { kind: "folder", uri: item.uri, path: item.path };
    case "problems":
      return { kind: "problems", uri: item.uri, path: item.path, ...about?.() };
    case "gitDiff":
      return { kind: "gitDiff", scope: item.scope, repository: item.repository, ...about?.() };
    case "terminal":
    case "image":
      return { ...item };
    case "related":
    case "instructions":
      return undefined;
  }
}

/** The chips that `keepChip` saved, with texts still to be read; invalid ones are left out. */
export function restoreChips(
  written: unknown,
  git: Git,
): readonly { readonly item: ContextItem; readonly source: ContextSource }[] {
  if (!Array.isArray(written)) return [];
  return written.flatMap((entry: unknown) => {
    const chip = keptChipSchema.safeParse(entry).data;
    return chip === undefined ? [] : [restoreChip(chip, git)];
  });
}

function restoreChip(
  chip: KeptChip,
  git: Git,
): { readonly item: ContextItem; readonly source: ContextSource } {
  switch (chip.kind) {
    case "selection": {
      const lines = { startLine: chip.startLine - 1, endLine: chip.endLine - 1 };
      return { item: { ...chip, text: "" }, source: linesSource(Uri.parse(chip.uri), lines) };
    }
    case "file":
      return {
        item: { ...chip, startLine: 1, endLine: 1, text: "" },
        source: fileSource(Uri.parse(chip.uri)),
      };
    case "folder":
      return {
        item: { ...chip, outline: "", files: [], filesLeftOut: 0 },
        source: folderSource(Uri.parse(chip.uri), git),
      };
    case "problems": {
      const { lines, ...item } = chip;
      return {
        item: { ...item, problems: [], problemsLeftOut: 0 },
        source: onlyTrusted(problemsSource(Uri.parse(chip.uri), lines), chip.path),
      };
    }
    case "gitDiff": {
      const { near, ...item } = chip;
      const place = near === undefined ? undefined : Uri.parse(near);
      return {
        item: { ...item, files: [], text: "", linesLeftOut: 0 },
        source: onlyTrusted(gitDiffSource(git, chip.scope, place), chip.repository),
      };
    }
    case "terminal": {
      const { exitCode, ...rest } = chip;
      const item = { ...rest, ...(exitCode !== undefined && { exitCode }) };
      return { item, source: onlyTrusted(fixedSource(item), item.command) };
    }
    case "image":
      return { item: chip, source: fixedSource(chip) };
  }
}

/** If the workspace has lost its trust since the chip was added, the chip says so, and nothing is sent. */
function onlyTrusted(source: ContextSource, name: string): ContextSource {
  return {
    ...source,
    read: async () => (workspace.isTrusted ? source.read() : refuse(name, "restrictedMode")),
  };
}
