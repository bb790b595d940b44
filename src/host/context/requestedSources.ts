import { l10n, workspace } from "vscode";
import type { TextEditor } from "vscode";
import type { ContextItem } from "../../core/context/contextItem";
import { fail, succeed } from "../../core/dispatch/failure";
import type { Failure, Result } from "../../core/dispatch/failure";
import type { Model } from "../../core/models/model";
import { displayPath, resolveCodeTarget, wholeLines } from "../editor/codeTarget";
import { mayAttach } from "./askAboutFile";
import { fileSource, selectionSource } from "./codeSources";
import type { ContextRequest } from "./contextBoard";
import { fixedSource } from "./contextSource";
import type { ContextSource } from "./contextSource";
import { folderSource } from "./folderSource";
import type { Git } from "./git";
import { gitDiffSource } from "./gitDiffSource";
import { problemsSource } from "./problemsSource";
import { base64Of, imageTypeOf, readImage } from "./readImage";
import type { TerminalWatch } from "./terminalWatch";
import { findPlace, placeOf, readUriList, refuse } from "./workspacePlace";
import type { WorkspacePlace } from "./workspacePlace";

export interface RequestParts {
  readonly git: Git;
  readonly terminal: TerminalWatch;
  /** The editor that the user is or was in. */
  readonly editor: () => TextEditor | undefined;
  readonly model: () => Model;
  /** Models that could be asked instead. */
  readonly offered: () => readonly Model[];
}

export interface Requested {
  readonly found: readonly { readonly source: ContextSource; readonly item: ContextItem }[];
  readonly failures: readonly Failure[];
}

/** Reads what was asked for, and tells why parts of it are missing. */
export async function readRequested(
  parts: RequestParts,
  request: ContextRequest,
): Promise<Requested> {
  const found: Requested["found"][number][] = [];
  const failures: Failure[] = [];
  for (const source of await requestedSources(parts, request)) {
    const read = source.ok ? await source.value.read() : source;
    if (source.ok && read.ok) found.push({ source: source.value, item: read.value });
    else if (!read.ok) failures.push(read.failure);
  }
  return { found, failures };
}

/** The sources of a request, after checks and questions to the user; a drop may have several, and fail in part. */
async function requestedSources(
  parts: RequestParts,
  request: ContextRequest,
): Promise<readonly Result<ContextSource>[]> {
  switch (request.kind) {
    case "selection":
      return [await selection(parts, request.target)];
    case "path": {
      const place = await findPlace(request.path);
      return [place.ok ? await placeSource(parts, place.value) : place];
    }
    case "drop":
      return dropped(parts, request.uriList);
    case "problems":
      return [problems(parts)];
    case "gitDiff": {
      const near = parts.editor()?.document.uri;
      return [whenTrusted(l10n.t("The diff"), () => gitDiffSource(parts.git, request.scope, near))];
    }
    case "terminal":
      return [lastCommand(parts)];
    case "image":
      return [imageSource(parts, request)];
  }
}

async function selection(
  { git, editor }: RequestParts,
  target: unknown,
): Promise<Result<ContextSource>> {
  const active = editor();
  const selected =
    target === undefined && active !== undefined
      ? wholeLines(active.document, active.selection)
      : await resolveCodeTarget(target);
  if (!selected.ok) return selected;
  const { uri } = selected.value.document;
  const path = displayPath(uri);
  return (await mayAttach(uri, path, git))
    ? succeed(selectionSource(selected.value))
    : refuse(path, "declined");
}

async function dropped(
  parts: RequestParts,
  uriList: string,
): Promise<readonly Result<ContextSource>[]> {
  const sources: Result<ContextSource>[] = [];
  // One after the other, because each may ask the user.
  for (const uri of readUriList(uriList)) {
    const place = await placeOf(uri);
    sources.push(place.ok ? await placeSource(parts, place.value) : place);
  }
  return sources.length === 0 ? [refuse(l10n.t("What was dropped"), "missing")] : sources;
}

async function placeSource(
  parts: RequestParts,
  { uri, path, isFolder, size }: WorkspacePlace,
): Promise<Result<ContextSource>> {
  if (!(await mayAttach(uri, path, parts.git))) return refuse(path, "declined");
  const mediaType = isFolder ? undefined : imageTypeOf(path);
  if (mediaType !== undefined) {
    const data = await base64Of(uri, size);
    return imageSource(parts, { kind: "image", name: path, mediaType, data });
  }
  return succeed(isFolder ? folderSource(uri, parts.git) : fileSource(uri));
}

function imageSource(
  { model, offered }: RequestParts,
  request: Extract<ContextRequest, { kind: "image" }>,
): Result<ContextSource> {
  const image = readImage(request, model(), offered());
  return image.ok ? succeed(fixedSource(image.value)) : image;
}

function problems({ editor }: RequestParts): Result<ContextSource> {
  const active = editor();
  if (active === undefined) return fail({ kind: "noEditor" });
  const { document, selection: selected } = active;
  const lines = { startLine: selected.start.line, endLine: selected.end.line };
  return whenTrusted(l10n.t("Problems in {0}", displayPath(document.uri)), () =>
    problemsSource(document.uri, selected.isEmpty ? undefined : lines),
  );
}

function lastCommand({ terminal }: RequestParts): Result<ContextSource> {
  const name = l10n.t("The terminal's last command");
  if (!workspace.isTrusted) return refuse(name, "restrictedMode");
  const item = terminal.lastCommand();
  return item === undefined ? refuse(name, "noCommand") : succeed(fixedSource(item));
}

/** Keeps out content of a workspace that is not trusted, unless the user selects or types it. */
function whenTrusted(name: string, source: () => ContextSource): Result<ContextSource> {
  return workspace.isTrusted ? succeed(source()) : refuse(name, "restrictedMode");
}
