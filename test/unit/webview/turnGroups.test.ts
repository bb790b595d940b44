import { expect, it, vi } from "vitest";
import type { TurnView } from "../../../src/protocol/chatMessages";

// What the page gives its script, before any of it loads.
vi.stubGlobal("acquireVsCodeApi", () => ({
  postMessage: () => undefined,
}));
vi.stubGlobal("document", { body: { dataset: { words: "{}" } } });
const { groupTurns } = await import("../../../webview/turnGroup");

const turn = (id: number): TurnView => ({
  role: "user",
  id: String(id),
  text: "",
  attachments: [],
});

it("a new turn leaves the groups before it as they are", () => {
  const turns = Array.from({ length: 9 }, (_, id) => turn(id));
  const groups = groupTurns(turns);
  expect(groups.map(({ length }) => length)).toEqual([2, 2, 2, 2, 1]);
  expect(groupTurns([...turns, turn(9)]).slice(0, 4)).toEqual(groups.slice(0, 4));
  expect(groups.flat()).toEqual(turns);
});
