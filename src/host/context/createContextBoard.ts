import { EventEmitter, l10n, workspace } from "vscode";
import type { TextEditor, Uri } from "vscode";
import { contextKey, isCode } from "../../core/context/contextItem";
import type { CodeItem, ContextItem, InstructionsItem } from "../../core/context/contextItem";
import type { Failure } from "../../core/dispatch/failure";
import type { TokenCounter } from "../../core/tokens/tokenCounter";
import type { EditorState } from "../editorState";
import { explainFailure } from "../explainFailure";
import { readAutomatic } from "./automaticSource";
import { chipWarning } from "./chipWarning";
import type { ContextBoard, ContextChip } from "./contextBoard";
import { contextLabel } from "./contextLabel";
import type { ContextSource } from "./contextSource";
import { createSwitchStore } from "./contextSwitches";
import { followEditor } from "./editorChanges";
import { readInstructions } from "./instructionsSource";
import { keepChip, restoreChips } from "./keptChips";
import { readRequested } from "./requestedSources";
import type { RequestParts } from "./requestedSources";
import { createTokenCounts, hashOf } from "./tokenCounts";

export interface ContextBoardParts extends RequestParts {
  readonly tokens: TokenCounter;
  /** The workspace's. */
  readonly state: EditorState;
  /** `groqCoder.customInstructions`. */
  readonly wishes: () => string;
}

interface Shown {
  readonly id: string;
  readonly item: ContextItem;
  /** Why it could not be read the last time. */
  readonly failure?: Failure;
}

interface Entry extends Shown {
  readonly source: ContextSource;
  item: ContextItem;
  failure?: Failure;
  /** The number of the reading that the item or the failure is from. */
  reading: number;
}

/** What is sent without having been added. */
interface Standing {
  readonly automatic?: ContextItem;
  readonly instructions?: ContextItem;
}

const automaticId = "automatic";
const instructionsId = "instructions";
const addedKey = "context.added";

/** In milliseconds: events come in bursts, and reading waits for their end. */
const settleMs = 150;

/** The window's board. It reads nothing before its chips are first asked for, or what is to be sent. */
export function createContextBoard(parts: ContextBoardParts): ContextBoard {
  const changed = new EventEmitter<void>();
  const counts = createTokenCounts(parts.tokens, () => changed.fire());
  const switches = createSwitchStore(parts.state);
  const entries = new Map<string, Entry>();
  const outdated = new Set<Entry>();
  let standing: Standing = {};
  let standingOutdated = true;
  let lookedAt = false;
  let published = "";
  let kept = "[]";
  let lastNumber = 0;
  /** Numbers all readings: what one that began earlier has found does not replace what a later one has. */
  let lastReading = 0;
  let standingReading = 0;
  let timer: NodeJS.Timeout | undefined;

  async function instructionsFor(near: Uri | undefined): Promise<InstructionsItem | undefined> {
    return switches.isOn("instructions") ? readInstructions(parts.wishes(), near) : undefined;
  }

  /** Reads the automatic item and the instructions. */
  async function readStanding(): Promise<void> {
    const reading = ++lastReading;
    standingOutdated = false;
    const editor = parts.editor();
    const mayGo = switches.isOn("automatic") && workspace.isTrusted;
    const [automatic, instructions] = await Promise.all([
      mayGo ? readAutomatic(editor, parts.git) : undefined,
      instructionsFor(editor?.document.uri),
    ]);
    if (reading < standingReading) return;
    standingReading = reading;
    standing = { ...(automatic && { automatic }), ...(instructions && { instructions }) };
  }

  /** A chip whose source is gone stays, with the failure. */
  async function readEntry(entry: Entry): Promise<void> {
    outdated.delete(entry);
    const reading = ++lastReading;
    const read = await entry.source.read();
    if (reading < entry.reading) return;
    entry.reading = reading;
    if (read.ok) {
      entry.item = read.value;
      delete entry.failure;
    } else {
      entry.failure = read.failure;
    }
  }

  async function readOutdated(): Promise<void> {
    const reading = [...outdated].map(readEntry);
    if (standingOutdated) reading.push(readStanding());
    await Promise.all(reading);
    publish();
  }

  /** Fires only if something has changed, since a listener may read the board, which must not fire again. */
  function publish(): void {
    const now = shown()
      .map(
        ({ id, item, failure }) => `${id} ${failure?.kind ?? ""} ${hashOf(JSON.stringify(item))}`,
      )
      .join("\n");
    if (now === published) return;
    published = now;
    keep();
    changed.fire();
  }

  /** Saves the chips, so that they survive a reload. */
  function keep(): void {
    const chips = [...entries.values()].flatMap(({ item, source }) => keepChip(item, source) ?? []);
    const written = JSON.stringify(chips);
    if (written === kept) return;
    kept = written;
    void parts.state.update(addedKey, chips);
  }

  function schedule(): void {
    if (!lookedAt) return;
    clearTimeout(timer);
    timer = setTimeout(() => void readOutdated(), settleMs);
  }

  function outdate(...gone: readonly Entry[]): void {
    for (const entry of gone) outdated.add(entry);
    if (gone.length > 0) schedule();
  }

  function entriesAbout(address: string): readonly Entry[] {
    return [...entries.values()].filter(({ source }) => source.uri?.toString() === address);
  }

  function outdateStanding(): void {
    standingOutdated = true;
    schedule();
  }

  const following = followEditor(
    {
      moved: outdateStanding,
      edited(uri, changes) {
        const address = uri.toString();
        const about = entriesAbout(address);
        for (const { source } of about) for (const change of changes) source.shift?.(change);
        outdate(...about);
        if (parts.editor()?.document.uri.toString() === address) outdateStanding();
      },
      checked(uris) {
        const about = uris.flatMap((uri) => entriesAbout(uri.toString()));
        outdate(...about.filter(({ item }) => item.kind === "problems"));
      },
      saved: () => outdate(...[...entries.values()].filter(({ source }) => source.followsSaves)),
    },
    (editor: TextEditor) => editor === parts.editor(),
  );

  function put(source: ContextSource, item: ContextItem): string {
    const key = contextKey(item);
    const same = [...entries.values()].find((entry) => contextKey(entry.item) === key);
    const id = same?.id ?? `${item.kind}-${++lastNumber}`;
    entries.set(id, { id, source, item, reading: 0 });
    return id;
  }

  /** The automatic item, unless an added item covers it already. */
  function automaticItem(): ContextItem | undefined {
    const { automatic } = standing;
    const isThere = [...entries.values()].some(
      ({ item }) => automatic !== undefined && isCode(automatic) && covers(item, automatic),
    );
    return isThere ? undefined : automatic;
  }

  function chip({ id, item, failure }: Shown): ContextChip {
    const tokens = counts.of(item);
    const warning = failure === undefined ? chipWarning(item) : explainFailure(failure).title;
    return {
      id,
      kind: item.kind,
      label: contextLabel(item),
      automatic: id === automaticId,
      ...(tokens && { tokens }),
      ...(warning !== undefined && { warning }),
    };
  }

  async function turn(name: "automatic" | "instructions", on: boolean): Promise<void> {
    await switches.set(name, on);
    await readStanding();
    changed.fire();
  }

  /** In the order of sending. */
  function shown(): readonly Shown[] {
    const { instructions } = standing;
    const automatic = automaticItem();
    return [
      ...(instructions ? [{ id: instructionsId, item: instructions }] : []),
      ...(automatic ? [{ id: automaticId, item: automatic }] : []),
      ...entries.values(),
    ];
  }

  return {
    onDidChange: changed.event,
    chips() {
      if (!lookedAt) {
        lookedAt = true;
        schedule();
      }
      return shown().map(chip);
    },
    items: () => itemsOf(shown()),
    switches: () => ({
      automatic: switches.isOn("automatic"),
      instructions: switches.isOn("instructions"),
      ...(!workspace.isTrusted && { blocked: blockedWords() }),
    }),
    restore() {
      for (const { source, item } of restoreChips(parts.state.get(addedKey), parts.git)) {
        const entry = entries.get(put(source, item));
        if (entry !== undefined) outdate(entry);
      }
      publish();
    },
    async read(request) {
      const { found, failures } = await readRequested(parts, request);
      return { items: found.map(({ item }) => item), failures };
    },
    async add(request) {
      const { found, failures } = await readRequested(parts, request);
      const ids = found.map(({ source, item }) => put(source, item));
      publish();
      return { ids, failures };
    },
    async remove(id) {
      if (id === automaticId || id === instructionsId) return turn(id, false);
      entries.delete(id);
      publish();
    },
    setAutomatic: async (on) => turn("automatic", on),
    setInstructions: async (on) => turn("instructions", on),
    instructionsFor,
    async collect() {
      await Promise.all([readStanding(), ...[...entries.values()].map(readEntry)]);
      publish();
      const all = shown();
      return { items: itemsOf(all), failures: all.flatMap(({ failure }) => failure ?? []) };
    },
    clear() {
      entries.clear();
      outdated.clear();
      publish();
    },
    dispose() {
      clearTimeout(timer);
      following.dispose();
      counts.dispose();
      changed.dispose();
    },
  };
}

function itemsOf(shown: readonly Shown[]): readonly ContextItem[] {
  return shown.filter(({ failure }) => failure === undefined).map(({ item }) => item);
}

function covers(item: ContextItem, lines: CodeItem): boolean {
  return (
    isCode(item) &&
    item.uri === lines.uri &&
    item.startLine <= lines.startLine &&
    item.endLine >= lines.endLine
  );
}

function blockedWords(): string {
  return l10n.t(
    "Restricted Mode: only what you type, select or name yourself is sent. Automatic context, problems, Git, the terminal and the project's instructions are off.",
  );
}
