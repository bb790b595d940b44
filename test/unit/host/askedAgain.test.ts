import { beforeEach, expect, it, vi } from "vitest";
import type { AnswerTurn } from "../../../src/core/chat/conversation";
import { continueInChat, resendInChat, retryInChat } from "../../../src/host/commands/chatCommands";
import { editSelection } from "../../../src/host/commands/editSelection";
import { explainSelection } from "../../../src/host/commands/explainSelection";
import { offeredFiles } from "../../../src/host/commands/reviewCommands";
import { fakeProject } from "../../fakes/fakeProject";
import { useCodeBench } from "./codeBench";

vi.mock("vscode", async (original) => {
  const { fakeProject: project } = await import("../../fakes/fakeProject");
  return project.editor(await original());
});

const bench = useCodeBench();
beforeEach(() => fakeProject.show("a.ts", "const most = 3;\n", [0, 0]));

const patch =
  "*** Begin Patch\n*** Update File: a.ts\n@@\n-const most = 3;\n+const most = 4;\n*** End Patch";

const words = "That would be a mistake.";

function lastOf(role: "user" | "answer"): string {
  return (
    bench()
      .chat.conversation()
      .turns.findLast((turn) => turn.role === role)?.id ?? ""
  );
}

it.each([
  ["Retry", () => retryInChat(bench().parts, lastOf("answer"))],
  ["an edited question", () => resendInChat(bench().parts, lastOf("user"), "Make it 4, please")],
])(
  "%s: the edit that comes is shown for review, as the first one would have been",
  async (_name, act) => {
    const edit = editSelection(bench().parts, undefined, "Make it 4");
    await expect.poll(() => bench().dispatcher.runs.length).toBe(1);
    bench().dispatcher.last().emit({ kind: "text", text: words });
    bench().dispatcher.last().complete();
    expect(await edit).toMatchObject({ failure: { kind: "noEdit" } });
    expect(await bench().run(act, patch)).toMatchObject({ result: { ok: true } });
    expect(bench().review.edits).toMatchObject([{ kind: "patch", path: "a.ts" }]);
  },
);

it("an answer that was stopped and then continued is shown for review, too", async () => {
  const edit = editSelection(bench().parts, undefined, "Make it 4");
  await expect.poll(() => bench().dispatcher.runs.length).toBe(1);
  const half = patch.indexOf("+const");
  bench()
    .dispatcher.last()
    .emit({ kind: "text", text: patch.slice(0, half) });
  bench().chat.stop();
  expect(await edit).toMatchObject({ failure: { kind: "stopped" } });
  expect(bench().review.edits).toEqual([]);
  const { result } = await bench().run(
    () => continueInChat(bench().parts, lastOf("answer")),
    patch.slice(half),
  );
  expect(result).toMatchObject({ ok: true });
  expect(bench().review.edits).toMatchObject([{ kind: "patch", path: "a.ts" }]);
});

it("words that are asked for again open no review", async () => {
  await bench().run((parts) => explainSelection(parts, undefined, undefined), patch);
  await bench().run(() => retryInChat(bench().parts, lastOf("answer")), patch);
  expect(bench().review.edits).toEqual([]);
});

it("a name means the file that it was shown for last", () => {
  const shown = (path: string, uri: string) => ({
    kind: "selection" as const,
    path,
    uri,
    languageId: "",
    startLine: 1,
    endLine: 1,
    text: "",
  });
  const question = (id: string, ...attachments: readonly ReturnType<typeof shown>[]) => ({
    role: "user" as const,
    id,
    task: "edit" as const,
    text: "",
    attachments,
  });
  const answer = { role: "answer", id: "a" } as AnswerTurn;
  const turns = [
    question("1", shown("n.ipynb#1", "cell:first"), shown("b.ts", "file:///b.ts")),
    question("2", shown("n.ipynb#1", "cell:inserted")),
    answer,
    question("3", shown("late.ts", "file:///late.ts")),
  ];
  expect(offeredFiles(turns, answer).map(({ path, uri }) => [path, uri])).toEqual([
    ["b.ts", "file:///b.ts"],
    ["n.ipynb#1", "cell:inserted"],
  ]);
});
