import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach } from "vitest";
import type { Result } from "../../src/core/dispatch/failure";
import { createReview } from "../../src/host/editor/createReview";
import type { ReviewDesk } from "../../src/host/editor/review";
import { fakeEditor } from "../fakes/fakeEditor";
import type { FakeDocument } from "../fakes/fakeEditor";
import { MemoryAppliedEdits } from "../fakes/memoryAppliedEdits";
import { MemoryState } from "../fakes/memoryState";
import { TemporaryFolder } from "../fakes/temporaryFolder";
import { answerTurn } from "../unit/store/storeSamples";

/** Nine lines, `l0` to `l8`. */
export const nine = Array.from({ length: 9 }, (_, at) => `l${at}\n`).join("");

/** Two changes of a file that has nine lines. */
export function update(path: string): string {
  return `*** Update File: ${path}\n@@\n l0\n-l1\n+A1\n l2\n@@\n l6\n-l7\n+A7\n l8`;
}

/** What both changes make of them. */
export const updated = nine.replace("l1", "A1").replace("l7", "A7");

/** Everything at once: two hunks, a new file, one that goes, one that moves and changes. */
export const everything = [
  update("a.ts"),
  "*** Add File: new.ts\n+made",
  "*** Delete File: gone.ts",
  "*** Update File: old.ts\n*** Move to: moved.ts\n@@\n l0\n-l1\n+M1\n l2",
].join("\n");

/** A review over real files, in the fake editor. */
export interface ReviewBench {
  readonly folder: TemporaryFolder;
  readonly store: MemoryAppliedEdits;
  readonly review: ReviewDesk;
  address(path: string): string;
  /** Puts a file on the disk and into the editor. */
  given(path: string, text?: string): FakeDocument;
  /** The files that `everything` is about, with their paths. */
  givenAll(): readonly string[];
  onDisk(path: string): string | undefined;
  textOf(path: string): string | undefined;
  /** As after a reload of the window: what was open is closed. */
  reload(): void;
  /** Opens the review of a patch; only these files were shown to the model. */
  open(
    operations: string,
    paths: readonly string[],
  ): Promise<{ readonly id: string; readonly result: Result<void> }>;
}

/** A new one for each test of the file. */
export function useReview(): ReviewBench {
  let folder: TemporaryFolder;
  let store: MemoryAppliedEdits;
  let review: ReviewDesk;
  let start: () => void;
  beforeEach(() => {
    fakeEditor.reset();
    folder = new TemporaryFolder();
    fakeEditor.folder = folder.path;
    store = new MemoryAppliedEdits();
    let id = 0;
    const state = new MemoryState();
    start = () => {
      review = createReview({
        store,
        state,
        clock: { now: () => ++id },
        newId: () => String(++id),
      });
    };
    start();
  });
  afterEach(() => {
    review.dispose();
    folder[Symbol.dispose]();
  });
  const address = (path: string) => `file://${folder.file(path)}`;
  const given: ReviewBench["given"] = (path, text = nine) => {
    writeFileSync(folder.file(path), text);
    return fakeEditor.show(address(path), text);
  };
  return {
    get folder() {
      return folder;
    },
    get store() {
      return store;
    },
    get review() {
      return review;
    },
    address,
    reload() {
      review.dispose();
      start();
    },
    given,
    givenAll() {
      const paths = ["a.ts", "gone.ts", "old.ts"];
      for (const path of paths) given(path);
      return paths;
    },
    onDisk: (path) =>
      existsSync(folder.file(path)) ? readFileSync(folder.file(path), "utf8") : undefined,
    textOf: (path) => fakeEditor.documents.get(address(path))?.getText(),
    async open(operations, paths) {
      const text = `*** Begin Patch\n${operations}\n*** End Patch`;
      const answer = answerTurn({ task: "edit", text });
      const offered = paths.map((path) => ({
        uri: address(path),
        path,
        languageId: "",
        startLine: 1,
        endLine: 1,
        text: "",
      }));
      return { id: answer.id, result: await review.open(answer, offered) };
    },
  };
}
