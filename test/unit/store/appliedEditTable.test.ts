import { expect, it } from "vitest";
import type { AppliedEdit } from "../../../src/core/edits/appliedEdits";
import { useWindows } from "./windows";

const windows = useWindows();

function edit(id: string, given: Partial<AppliedEdit> = {}): AppliedEdit {
  const file = {
    uri: "file:///w/a.ts",
    path: "a.ts",
    before: "a\r\n",
    after: null,
    kept: { bytes: "YQ0K", encoding: "utf8" },
  };
  return { id, appliedAt: 1, workspace: "file:///w", answerId: "t1", files: [file], ...given };
}

it("the newest of a workspace comes back as it was, in every window", () => {
  const here = windows.open();
  here.addAppliedEdit(edit("1"));
  here.addAppliedEdit(edit("2", { appliedAt: 2 }));
  here.addAppliedEdit(edit("3", { appliedAt: 3, workspace: "file:///other" }));
  expect(windows.open().lastAppliedEdit("file:///w")).toEqual(edit("2", { appliedAt: 2 }));
  here.removeAppliedEdit("2");
  expect(here.lastAppliedEdit("file:///w")).toEqual(edit("1"));
  expect(here.lastAppliedEdit("file:///none")).toBeUndefined();
});

it("twenty are kept", () => {
  const store = windows.open();
  for (let at = 1; at <= 25; at++) store.addAppliedEdit(edit(String(at), { appliedAt: at }));
  for (let at = 25; at > 5; at--) {
    expect(store.lastAppliedEdit("file:///w")?.id).toBe(String(at));
    store.removeAppliedEdit(String(at));
  }
  expect(store.lastAppliedEdit("file:///w")).toBeUndefined();
});

it("large ones take the place of older ones, and the newest stays whatever its size", () => {
  const store = windows.open();
  const large = { uri: "file:///w/b", path: "b", before: "x".repeat(20_000_000), after: "" };
  store.addAppliedEdit(edit("1"));
  store.addAppliedEdit(edit("2", { appliedAt: 2, files: [large] }));
  store.addAppliedEdit(edit("3", { appliedAt: 3, files: [large] }));
  expect(store.lastAppliedEdit("file:///w")?.id).toBe("3");
  store.removeAppliedEdit("3");
  expect(store.lastAppliedEdit("file:///w")).toBeUndefined();
});

it("is deleted with all data, and forgotten with its day", () => {
  const store = windows.open();
  const day = new Date(2026, 10, 20, 12).getTime();
  store.addAppliedEdit(edit("1", { appliedAt: day }));
  store.forgetBefore("2026-11-20");
  expect(store.lastAppliedEdit("file:///w")?.id).toBe("1");
  store.forgetBefore("2026-11-21");
  expect(store.lastAppliedEdit("file:///w")).toBeUndefined();
  store.addAppliedEdit(edit("2"));
  store.deleteAll("2026-11-21");
  expect(store.lastAppliedEdit("file:///w")).toBeUndefined();
});
