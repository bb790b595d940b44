import { expect, it } from "vitest";
import { useWindows } from "./windows";

const windows = useWindows();

it("one window is to tell a matter, whoever asks first", () => {
  const [here, there] = [windows.open(), windows.open()];
  expect(there.claimTelling("day 2026-11-20")).toBe(true);
  expect(here.claimTelling("day 2026-11-20")).toBe(false);
  expect(there.claimTelling("day 2026-11-20")).toBe(false);
  expect(here.claimTelling("day 2026-11-21")).toBe(true);
});

it("what was told is remembered in the next session, and gone with all data", () => {
  windows.open().claimTelling("day 2026-11-20");
  const next = windows.open();
  expect(next.claimTelling("day 2026-11-20")).toBe(false);
  next.deleteAll("2026-11-20");
  expect(next.claimTelling("day 2026-11-20")).toBe(true);
});

it("is forgotten after many others, so that the list stays short", () => {
  const store = windows.open();
  for (let day = 0; day < 30; day++) expect(store.claimTelling(`day ${day}`)).toBe(true);
  expect(store.claimTelling("day 29")).toBe(false);
  expect(store.claimTelling("day 0")).toBe(true);
});
