import { beforeEach, describe, expect, it } from "vitest";
import type { WindowNotes } from "../../../src/core/chat/windowNotes";
import { fail, succeed } from "../../../src/core/dispatch/failure";
import type { Result } from "../../../src/core/dispatch/failure";
import { createKeptState, windowName } from "../../../src/host/keptState";
import { fakeEditor } from "../../fakes/fakeEditor";
import { MemoryState } from "../../fakes/memoryState";

/** Notes in memory; each save takes until the test lets it go on. */
class HeldNotes implements WindowNotes {
  readonly kept = new Map<string, string>();
  readonly saved: string[] = [];
  isDown = false;
  #held: (() => void)[] = [];

  load(): Promise<Result<ReadonlyMap<string, string>>> {
    return Promise.resolve(this.isDown ? down : succeed(new Map(this.kept)));
  }

  async save(_window: string, name: string, json: string | undefined): Promise<Result<void>> {
    await new Promise<void>((resolve) => this.#held.push(resolve));
    if (this.isDown) return down;
    this.saved.push(`${name} ${json}`);
    if (json === undefined) this.kept.delete(name);
    else this.kept.set(name, json);
    return succeed(undefined);
  }

  letGo(): void {
    for (const go of this.#held.splice(0)) go();
  }
}

const down = fail({ kind: "storeUnavailable", detail: "locked" });

let notes: HeldNotes;
const warned: string[] = [];
const opened = () => createKeptState(notes, "w", { warn: (line) => warned.push(line) });
beforeEach(() => {
  notes = new HeldNotes();
  warned.length = 0;
  fakeEditor.reset();
});

it("is there again in the next session", async () => {
  const first = opened();
  const saved = first.update("draft", "half a thought");
  notes.letGo();
  await saved;
  const next = opened();
  expect(next.get("draft")).toBeUndefined();
  expect(await next.restore()).toBe(true);
  expect(next.get("draft")).toBe("half a thought");
});

it("writes the first letter and the last, not those that come while it writes", async () => {
  const writing = opened();
  const all = ["h", "he", "hel", "hell", "hello"].map((text) => writing.update("draft", text));
  expect(writing.get("draft")).toBe("hello");
  notes.letGo();
  await Promise.resolve();
  await Promise.resolve();
  notes.letGo();
  await Promise.all(all);
  expect(notes.saved).toEqual(['draft "h"', 'draft "hello"']);
});

it("what was set before the store could be read wins over what it had", async () => {
  notes.kept.set("draft", '"old"');
  notes.kept.set("queued", '"other"');
  notes.isDown = true;
  const late = opened();
  expect(await late.restore()).toBe(false);
  void late.update("draft", "new");
  notes.isDown = false;
  expect(await late.restore()).toBe(true);
  expect([late.get("draft"), late.get("queued")]).toEqual(["new", "other"]);
});

it("what could not be saved is saved with the next change", async () => {
  const writing = opened();
  notes.isDown = true;
  const first = writing.update("draft", "one");
  notes.letGo();
  await first;
  expect(warned).toHaveLength(1);
  notes.isDown = false;
  const second = writing.update("answerLength", "long");
  for (let turn = 0; turn < 4; turn++) {
    notes.letGo();
    await Promise.resolve();
    await Promise.resolve();
  }
  await second;
  expect(notes.kept.get("draft")).toBe('"one"');
});

it("a note that is no JSON is as if it was not there", async () => {
  notes.kept.set("draft", "{");
  const damaged = opened();
  await damaged.restore();
  expect(damaged.get("draft")).toBeUndefined();
});

describe("a window's name", () => {
  it("is its folder's, whatever the editor remembers", () => {
    fakeEditor.folder = "/home/somebody/project";
    const state = new MemoryState();
    expect(windowName(state, () => "new")).toBe("file:///home/somebody/project");
    expect(windowName(new MemoryState(), () => "other")).toBe("file:///home/somebody/project");
  });

  it("is its own where no folder is open, and the same after a reload", () => {
    const state = new MemoryState();
    expect(windowName(state, () => "first")).toBe("first");
    expect(windowName(state, () => "second")).toBe("first");
    expect(windowName(new MemoryState(), () => "third")).toBe("third");
  });
});
