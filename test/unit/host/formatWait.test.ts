import { expect, it } from "vitest";
import { formatWait } from "../../../src/host/formatWait";

it.each([
  [0, "0 s"],
  [1, "1 s"],
  [1985, "2 s"],
  [59_000, "59 s"],
  [59_001, "1 min 0 s"],
  [60_000, "1 min 0 s"],
  [578_016, "9 min 39 s"],
  [3_599_000, "59 min 59 s"],
  [3_600_000, "1 h 0 min"],
  [86_400_000, "24 h 0 min"],
])("%i ms is %s, never announced too short", (ms, expected) => {
  expect(formatWait(ms)).toBe(expected);
});
