import { expect, it } from "vitest";
import { useWindows } from "./windows";

const windows = useWindows();

it("come back as they were, each window's by itself", () => {
  const here = windows.open();
  here.saveNote("file:///w", "draft", '"half a thought"');
  here.saveNote("file:///w", "draft", '"a whole thought"');
  here.saveNote("file:///other", "draft", '"another"');
  expect(windows.open().loadNotes("file:///w")).toEqual(new Map([["draft", '"a whole thought"']]));
  here.saveNote("file:///w", "draft", undefined);
  expect(here.loadNotes("file:///w")).toEqual(new Map());
});

it("are deleted with all data, but what was switched off stays off", () => {
  const store = windows.open();
  store.saveNote("w", "draft", '"private"');
  store.saveNote("w", "context.automatic", "false");
  store.saveNote("w", "context.instructions", "false");
  store.deleteAll("2026-11-21");
  expect([...store.loadNotes("w").keys()].toSorted()).toEqual([
    "context.automatic",
    "context.instructions",
  ]);
});

it("are forgotten with the day on which they were written", () => {
  const store = windows.open();
  store.saveNote("w", "draft", '"old"');
  store.forgetBefore("2000-01-01");
  expect(store.loadNotes("w").size).toBe(1);
  store.forgetBefore("2999-01-01");
  expect(store.loadNotes("w").size).toBe(0);
});
