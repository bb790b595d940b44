import { createAlternatives } from "./alternatives";
import type { BlockReader, EditSink, OpenEdit } from "./blockReader";
import {
  badPath,
  otherFolder,
  opensConflict,
  patchesOtherFolder,
  severalWays,
  unreadableBlock,
  wholeAnswerProblems,
} from "./answerProblems";
import type { Edit, EditProblem } from "./edit";
import { type EditHint, resolvePath } from "./editPath";
import { editOfFence } from "./fencedEdit";
import {
  closesFence,
  createFenceReader,
  deepestEnd,
  diffLanguages,
  type Fence,
  type FencedText,
  type FenceReader,
  languageOf,
  openingFence,
  withoutFenceIndent,
} from "./fencedFile";
import { knownPathInProse, pathInFenceInfo, pathOnLine } from "./pathMention";
import {
  closesSearchBlock,
  createSearchReader,
  opensSearchBlock,
  pathOnSearchMarker,
} from "./searchBlock";
import { createToolCallReader, opensToolCall, readToolCall } from "./toolCall";
import { createUnifiedReader, opensUnifiedDiff } from "./unifiedDiff";
import { createV4aReader, isStrayV4aMarker, opensV4aPatch } from "./v4aPatch";

/** Everything an answer asks for, and what is wrong with it. */
export interface ReadAnswer {
  edits: Edit[];
  problems: EditProblem[];
}

/** Reads an answer line by line and hands each block in it to its reader. */
export interface AnswerReader {
  readLine(line: string): void;
  /** The edits are complete and stay; later lines may still add problems. */
  readonly soFar: Readonly<ReadAnswer>;
  readonly open: OpenEdit | undefined;
  finish(): ReadAnswer;
}

export function createAnswerReader(hint: EditHint): AnswerReader {
  const edits: Edit[] = [];
  const problems: EditProblem[] = [];
  const implied: Edit[] = [];
  const alternatives = createAlternatives();
  let returned: readonly string[] = [];
  let reader: BlockReader | undefined;
  let fenceReader: FenceReader | undefined;
  let fence: Fence | undefined;
  let nearby: string[] = [];
  let lastPath: string | undefined;
  let unnamedFences = 0;
  let hasMarkdown = false;
  let fileJustEnded = false;
  let textBelowFile = false;
  let mayBeCut = false;
  let carriageReturns = false;
  let thinking = false;

  const sink: EditSink = {
    hint,
    get carriageReturns() {
      return carriageReturns;
    },
    add(edit) {
      edits.push(edit);
      alternatives.add(edit.path);
      lastPath = edit.path;
    },
    refuse: (problem) => problems.push(problem),
  };

  function readLine(raw: string): void {
    carriageReturns = raw.endsWith("\r");
    const line = carriageReturns ? raw.slice(0, -1) : raw;
    if (!isThought(line)) readOne(line, true);
    readReturned();
  }

  /** What a model writes between `<think>` and `</think>` is not its answer. */
  function isThought(line: string): boolean {
    const begins = reader === undefined && fence === undefined && /^\s*<think(?:ing)?>/.test(line);
    const isInside = thinking || begins;
    thinking = isInside && !/<\/think(?:ing)?>/.test(line);
    return isInside;
  }

  function readReturned(): void {
    const lines = returned;
    returned = [];
    for (const line of lines) readOne(line, false);
  }

  function readOne(raw: string, mayBeCall: boolean): void {
    const line = fence === undefined ? raw : withoutFenceIndent(raw, fence);
    const isBelowFile = fileJustEnded;
    fileJustEnded = false;
    if (fenceReader !== undefined && turnsIntoBlock(fenceReader, line)) return;
    if (reader !== undefined) {
      if (fence !== undefined && !reader.holdsFences && closesFence(line, fence, 0)) {
        endBlock("fence");
        fence = undefined;
        return;
      }
      const verdict = reader.read(line);
      if (verdict === "taken") return;
      if (verdict === "last") {
        closeBlock();
        return;
      }
      endBlock("text");
    }
    if (fence !== undefined && closesFence(line, fence, deepestEnd)) fence = undefined;
    else if (!opensBlock(line, mayBeCall)) readProse(line, isBelowFile);
  }

  /** A fence that begins with a block's mark (after at most a path) is only the wrapping of that block. */
  function turnsIntoBlock(file: FenceReader, line: string): boolean {
    const preamble = file.preamble();
    if (preamble === undefined || !opensFencedBlock(line, fence, preamble)) return false;
    const above = [...nearby, ...preamble.filter((text) => text.trim() !== "")];
    const around = fence;
    if (preamble.some(patchesOtherFolder)) problems.push(otherFolder);
    closeBlock();
    fence = around;
    nearby = above;
    opensBlock(line, false);
    return true;
  }

  /** Starts the block that a line opens. */
  function opensBlock(line: string, mayBeCall: boolean): boolean {
    if (opensV4aPatch(line)) start(createV4aReader(sink), line);
    else if (opensSearchBlock(line)) {
      start(createSearchReader(line, pathForBlock(pathOnSearchMarker(line)), sink));
    } else if (closesSearchBlock(line) || isStrayV4aMarker(line)) {
      const message = `"${line.trim()}" closes nothing: the block has no beginning that can be read.`;
      problems.push({ kind: "malformed", message });
    } else if (opensUnifiedDiff(line)) start(createUnifiedReader(pathForBlock(), sink), line);
    else if (mayBeCall && fence === undefined && opensToolCall(line)) {
      start(createToolCallReader(sink, { readPatch, giveBack }), line);
    } else return opensFence(line);
    return true;
  }

  function start(block: BlockReader, firstLine?: string): void {
    reader = block;
    if (firstLine !== undefined && block.read(firstLine) === "last") closeBlock();
  }

  function opensFence(line: string): boolean {
    const opened = fence === undefined ? openingFence(line) : undefined;
    if (opened === undefined) return false;
    fence = opened;
    fenceReader = createFenceReader(opened, nearby.at(-1) ?? "", sink, readFencedText);
    reader = fenceReader;
    return true;
  }

  function readProse(line: string, isBelowFile: boolean): void {
    if (line.trim() === "") return;
    // Models put a blank line or a path below a file: other text may be the file's own, behind a fence in it.
    textBelowFile ||= isBelowFile && pathOnLine(line, hint) === undefined;
    if (patchesOtherFolder(line)) problems.push(otherFolder);
    alternatives.readProse(line);
    nearby.push(line);
    if (nearby.length > rememberedLines) nearby.shift();
  }

  function endBlock(at: "fence" | "text" | "answer"): void {
    reader?.end(at);
    closeBlock();
  }

  function closeBlock(): void {
    if (fenceReader !== undefined) fence = undefined;
    reader = undefined;
    fenceReader = undefined;
    nearby = [];
  }

  /** The file that a block is for; `stated` is the path within its own marks. */
  function pathForBlock(stated?: string): string | undefined {
    const inInfo = fence === undefined ? undefined : pathInFenceInfo(fence.info, hint);
    const above = nearby.toReversed();
    const named =
      stated ??
      firstOf(above, (line) => pathOnLine(line, hint)) ??
      inInfo ??
      firstOf(above, (line) => knownPathInProse(line, hint));
    if (named === undefined) return lastPath ?? hint.defaultPath;
    const path = resolvePath(named, hint, "existing");
    if (path === undefined) problems.push(badPath(named));
    return path ?? named;
  }

  function readFencedText(text: FencedText): void {
    const { path: named, source, lines } = text;
    if (source !== "stated" && readToolCall(lines.join("\n"), sink, { readPatch, giveBack }))
      return;
    if (named === undefined) {
      unnamedFences++;
      mayBeCut ||= hasMarkdown || (textBelowFile && text.fence.info === "");
      return;
    }
    const path = resolvePath(named, hint, "any");
    if (path === undefined) problems.push(badPath(named));
    else if (opensConflict(lines)) problems.push(unreadableBlock(path));
    else {
      const edit = editOfFence(path, text);
      if (edit === undefined) unnamedFences++;
      else if (source === "stated") sink.add(edit);
      else implied.push(edit);
      fileJustEnded = edit?.kind === "write";
      hasMarkdown ||= fileJustEnded && isMarkdown(path);
    }
  }

  function readPatch(text: string): void {
    const inner = createAnswerReader(hint);
    for (const line of text.split("\n")) inner.readLine(line);
    const read = inner.finish();
    for (const edit of read.edits) edits.push(edit);
    for (const problem of read.problems) problems.push(problem);
  }

  function giveBack(lines: readonly string[]): void {
    returned = lines;
  }

  return {
    readLine,
    soFar: { edits, problems },
    get open() {
      return reader?.open;
    },
    finish() {
      endBlock("answer");
      readReturned();
      // Lines that a tool call gave back may have opened one more block, which can give none back.
      endBlock("answer");
      if (edits.length === 0 && problems.length === 0) implied.forEach(sink.add);
      problems.push(...wholeAnswerProblems(edits, problems, unnamedFences));
      problems.push(...alternatives.rivalPaths.map(severalWays));
      if (mayBeCut) {
        const message = "A file that holds code blocks needs a longer fence around it.";
        problems.push({ kind: "malformed", message });
      }
      return { edits: problems.length > 0 ? [] : edits, problems };
    },
  };
}

/** How far above a block its path may stand, in lines that are not blank. */
const rememberedLines = 3;

/** Within a fence `--- text` opens a diff only where the fence is one, or feeds one to a command; elsewhere it is a file's own text. */
function opensFencedBlock(
  line: string,
  fence: Fence | undefined,
  preamble: readonly string[],
): boolean {
  if (opensV4aPatch(line) || opensSearchBlock(line)) return true;
  const language = fence === undefined ? "" : languageOf(fence);
  const mayBeRule = line.startsWith("--- ") && language !== "" && !diffLanguages.has(language);
  const isFedToPatch = /\b(?:patch|git apply)\b.*<</.test(preamble.at(-1) ?? "");
  return (!mayBeRule || isFedToPatch) && opensUnifiedDiff(line);
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isMarkdown(path: string): boolean {
  return /\.(?:md|mdx|markdown)$/i.test(path);
}
