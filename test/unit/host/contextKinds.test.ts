import { describe, expect, it, vi } from "vitest";
import { renderContext } from "../../../src/core/context/renderContext";
import { CountingTokens } from "../../fakes/countingTokens";
import { fakeProject } from "../../fakes/fakeProject";
import { eventually, gitThat, numbered, place, unused, useBoard } from "./contextBench";

vi.mock("vscode", async (original) => {
  const { fakeProject: project } = await import("../../fakes/fakeProject");
  return project.editor(await original());
});

const bench = useBoard();
const { added, labels } = bench;

describe("what can be added", () => {
  it("a folder, with what there was room for", async () => {
    fakeProject.write("src/a.ts", "let a;");
    fakeProject.write("src/deep/b.ts", "let b;");
    fakeProject.write("src/long.ts", numbered(4000));
    await added({ kind: "path", path: "src" });
    const [item] = bench.board.items();
    expect(item).toMatchObject({ kind: "folder", filesLeftOut: 1 });
    expect(item && renderContext(item)).toContain("deep/\n  b.ts\nlong.ts");
    expect(labels()).toEqual(["src/ (2 of 3 files)"]);
  });

  it("problems, of the selected lines alone where there are any", async () => {
    const document = fakeProject.show("src/a.ts", numbered(20), [4, 5]);
    const problem = (line: number, severity: number) => ({
      severity,
      message: `wrong ${line}`,
      source: "ts",
      range: { start: place(line), end: place(line, 2) },
    });
    const address = document.uri.toString();
    fakeProject.problems.set(address, [problem(9, 1), problem(5, 1), problem(4, 0)]);
    await added({ kind: "problems" });
    expect(bench.board.items()[0]).toMatchObject({
      problems: [
        { line: 5, severity: "error", message: "wrong 4" },
        { line: 6, severity: "warning", message: "wrong 5" },
      ],
    });
    fakeProject.problems.set(address, []);
    const { failures } = await bench.board.collect();
    expect(failures).toMatchObject([{ reason: "noProblems" }]);
  });

  it("a diff, without files that hold secrets", async () => {
    expect((await bench.board.add({ kind: "gitDiff", scope: "staged" })).failures).toMatchObject([
      { reason: "noRepository" },
    ]);
    gitThat({
      diff: [
        "diff --git a/a.ts b/a.ts\n--- a/a.ts\n+++ b/a.ts\n@@ -1 +1 @@\n-a\n+b",
        "diff --git a/.env b/.env\n--- a/.env\n+++ b/.env\n@@ -1 +1 @@\n-KEY=hunter22",
        "",
      ].join("\n"),
    });
    await added({ kind: "gitDiff", scope: "workingTree" });
    expect(labels()).toEqual(["Uncommitted changes"]);
    expect(bench.board.items().map(renderContext).join("")).not.toContain("hunter22");
    gitThat({ diff: "" });
    expect((await bench.board.add({ kind: "gitDiff", scope: "staged" })).failures).toMatchObject([
      { reason: "noChanges" },
    ]);
  });

  it.each([
    {},
    { getAPI: () => ({}) },
    { getAPI: () => ({ getRepository: () => ({}), repositories: [7] }) },
  ])("a Git extension that is not what it was: %#", async (exports) => {
    fakeProject.extensions.set("vscode.git", { isActive: true, exports, activate: unused });
    expect((await bench.board.add({ kind: "gitDiff", scope: "staged" })).failures).toMatchObject([
      { reason: "noRepository" },
    ]);
  });

  it("a picture only for a model that takes pictures", async () => {
    const image = {
      kind: "image",
      name: "a.png",
      mediaType: "image/png",
      data: "iVBORw0KGgo=",
    } as const;
    fakeProject.write("docs/plan.PNG", Buffer.from(image.data, "base64"));
    for (const request of [image, { kind: "path", path: "docs/plan.PNG" } as const]) {
      const { failures } = await bench.board.add(request);
      expect(failures).toMatchObject([{ kind: "noImages", model: "openai/gpt-oss-120b" }]);
    }
    expect(bench.board.chips()).toEqual([]);
  });
});

describe("tokens", () => {
  it("are counted a moment later, all at once, and each text once", async () => {
    const tokens = new CountingTokens();
    const counted = vi.spyOn(tokens, "count");
    bench.open({ tokens });
    fakeProject.write("src/a.ts", "let a;");
    fakeProject.write("src/b.ts", "let b;");
    await added({ kind: "path", path: "src/a.ts" });
    await added({ kind: "path", path: "src/b.ts" });
    expect(bench.board.chips().map(({ tokens: shown }) => shown)).toEqual([undefined, undefined]);
    await eventually(() => expect(bench.board.chips()[0]?.tokens).toMatchObject({ exact: true }));
    bench.board.chips();
    await eventually(() => expect(vi.getTimerCount()).toBe(0));
    expect(counted.mock.calls.map(([texts]) => texts.length)).toEqual([2]);
  });

  it("are counted when the tokenizer was too slow the first time, and asked for no more than twice", async () => {
    const tokens = new CountingTokens();
    const counted = vi.spyOn(tokens, "count").mockResolvedValueOnce(undefined);
    bench.open({ tokens });
    fakeProject.write("src/a.ts", "let a;");
    await added({ kind: "path", path: "src/a.ts" });
    await eventually(() => expect(bench.board.chips()[0]?.tokens).toMatchObject({ exact: true }));
    await eventually(() => expect(vi.getTimerCount()).toBe(0));
    expect(counted).toHaveBeenCalledTimes(2);
  });

  it("are estimated, and said to be, without a tokenizer", async () => {
    bench.open({ tokens: new CountingTokens(false) });
    fakeProject.write("src/a.ts", "let a;");
    await added({ kind: "path", path: "src/a.ts" });
    await eventually(() => expect(bench.board.chips()[0]?.tokens).toMatchObject({ exact: false }));
  });
});
