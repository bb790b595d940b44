import { describe, expect, it, vi } from "vitest";
import { renderContext } from "../../../src/core/context/renderContext";
import { CountingTokens } from "../../fakes/countingTokens";
import { fakeProject } from "../../fakes/fakeProject";
import { MemoryState } from "../../fakes/memoryState";
import { contextBench, eventually, gitThat, numbered, place, useBoard } from "./contextBench";

vi.mock("vscode", async (original) => {
  const { fakeProject: project } = await import("../../fakes/fakeProject");
  return project.editor(await original());
});

const bench = useBoard();
const { added, labels } = bench;

describe("what goes along by itself", () => {
  it("is the selection", async () => {
    fakeProject.show("src/a.ts", numbered(9), [2, 4]);
    await eventually(() =>
      expect(bench.board.chips()).toMatchObject([
        { id: "automatic", label: "src/a.ts:3-5", automatic: true, tokens: { exact: true } },
      ]),
    );
  });

  it("is what surrounds the cursor where nothing is selected", async () => {
    const document = fakeProject.show("src/a.ts", numbered(20));
    const range = (from: number, to: number) => ({ start: place(from), end: place(to, 3) });
    const method = { name: "add", kind: 5, range: range(4, 6), children: [] };
    const own = range(2, 2);
    const field = { name: "x", kind: 12, range: own, selectionRange: own, children: [] };
    fakeProject.symbols.set(document.uri.toString(), [
      { name: "Cart", kind: 4, range: range(1, 9), children: [field, method] },
      { name: "other", kind: 11, range: range(12, 14), children: [] },
    ]);
    const at = async (line: number) => {
      fakeProject.select(document, [line, line], true);
      const { items } = await bench.board.collect();
      return items.map((item) => (item.kind === "selection" ? item.symbol : item.kind));
    };
    expect(await at(5)).toEqual(["add"]);
    expect(await at(2)).toEqual(["Cart"]);
    expect(await at(8)).toEqual(["Cart"]);
    expect(await at(17)).toEqual([]);
    expect(await at(13)).toEqual(["other"]);
    expect(labels()).toEqual(["other in src/a.ts"]);
  });

  it("is at most 600 tokens of that, around the cursor", async () => {
    const document = fakeProject.show("src/a.ts", numbered(5000));
    const range = { start: place(0), end: place(4999, 3) };
    fakeProject.symbols.set(document.uri.toString(), [
      { name: "f", kind: 11, range, children: [] },
    ]);
    fakeProject.select(document, [2500, 2500], true);
    const { items } = await bench.board.collect();
    const [counted = 0] = (await new CountingTokens().count(items.map(renderContext))) ?? [];
    expect(counted).toBeLessThanOrEqual(600);
    expect(counted).toBeGreaterThan(300);
    expect(items.map(renderContext)[0]).toContain("\nline 2501;\n");
  });

  it("follows the user, and the text", async () => {
    const document = fakeProject.show("src/a.ts", numbered(9), [2, 4]);
    await eventually(() => expect(labels()).toEqual(["src/a.ts:3-5"]));
    fakeProject.select(document, [0, 1]);
    await eventually(() => expect(labels()).toEqual(["src/a.ts:1-2"]));
    fakeProject.edit(document, { start: place(0), end: place(0, 4) }, "LINE");
    await eventually(() =>
      expect(bench.board.items().map(renderContext).join("")).toContain("LINE 1"),
    );
  });

  it("is nothing of a file outside, and of one that Git ignores", async () => {
    fakeProject.write("../outside.ts", "");
    fakeProject.show("../outside.ts", "let a;", [0, 0]);
    expect((await bench.board.collect()).items).toEqual([]);
    fakeProject.show("dist/a.ts", "let a;", [0, 0]);
    expect((await bench.board.collect()).items).toHaveLength(1);
    gitThat({ isIgnored: (file) => Promise.resolve(file.includes("dist")) });
    expect((await bench.board.collect()).items).toEqual([]);
  });

  it("is not sent where Git cannot tell whether it is ignored", async () => {
    fakeProject.show("dist/a.ts", "let a;", [0, 0]);
    gitThat({ isIgnored: () => Promise.reject(new Error("fatal: bad object")) });
    expect((await bench.board.collect()).items).toEqual([]);
  });

  it("is sent as it was when the message was, whatever is read since", async () => {
    fakeProject.show("src/a.ts", numbered(9), [2, 4]);
    const asked: ((ignored: boolean) => void)[] = [];
    gitThat({ isIgnored: () => new Promise((resolve) => asked.push(resolve)) });
    const sending = bench.board.collect();
    await eventually(() => expect(asked).toHaveLength(1));
    const later = bench.board.collect();
    await eventually(() => expect(asked).toHaveLength(2));
    asked[0]?.(false);
    expect((await sending).items).toHaveLength(1);
    asked[1]?.(false);
    await later;
  });

  it("is not sent a second time when it was added", async () => {
    fakeProject.show("src/a.ts", numbered(9), [2, 4]);
    await added({ kind: "selection" });
    expect((await bench.board.collect()).items).toHaveLength(1);
    await added({ kind: "path", path: "src/a.ts" });
    expect(labels()).toEqual(["src/a.ts:3-5", "src/a.ts"]);
  });

  it("stays off where it was switched off, in this workspace", async () => {
    const state = new MemoryState();
    const first = contextBench({ state }).board;
    fakeProject.show("src/a.ts", numbered(9), [2, 4]);
    expect((await first.collect()).items).toHaveLength(1);
    await first.remove("automatic");
    expect(first.switches().automatic).toBe(false);
    first.dispose();
    const next = contextBench({ state }).board;
    expect((await next.collect()).items).toEqual([]);
    await next.setAutomatic(true);
    expect(next.chips()).toHaveLength(1);
    next.dispose();
    const elsewhere = contextBench().board;
    expect(elsewhere.switches().automatic).toBe(true);
    elsewhere.dispose();
  });

  it("is not read before anybody looks", () => {
    fakeProject.show("src/a.ts", numbered(9), [2, 4]);
    let told = 0;
    bench.board.onDidChange(() => told++);
    fakeProject.fire("window.onDidChangeActiveTextEditor", fakeProject.active);
    expect(vi.getTimerCount()).toBe(0);
    expect(told).toBe(0);
  });
});

describe("instructions", () => {
  const noted = (name: string) => fakeProject.write(name, `Notes of ${name}.\n`);

  it("are the user's wishes and the first notes that there are", async () => {
    bench.open({ wishes: "Be brief." });
    noted("CLAUDE.md");
    noted(".github/copilot-instructions.md");
    await bench.board.collect();
    expect(labels()).toEqual(["Custom instructions and CLAUDE.md"]);
    noted("AGENTS.md");
    const { items } = await bench.board.collect();
    expect(items.map(renderContext)[0]).toMatch(/Be brief\.[^]*Notes of AGENTS\.md/);
  });

  it("are capped", async () => {
    fakeProject.write("AGENTS.md", numbered(9000));
    const { items } = await bench.board.collect();
    const [counted = 0] = (await new CountingTokens().count(items.map(renderContext))) ?? [];
    expect(counted).toBeLessThan(1600);
    expect(items.map(renderContext)[0]).toContain("line 1;");
    expect(labels()[0]).toMatch(/^AGENTS\.md:1-\d{2,3}$/);
  });

  it("are read from their beginning if they are too large to be opened", async () => {
    fakeProject.write("AGENTS.md", numbered(90_000));
    const { items } = await bench.board.collect();
    expect(items.map(renderContext)[0]).toContain("line 1;");
    expect(labels()[0]).toMatch(/^AGENTS\.md:1-\d{2,3}$/);
  });

  it("can be taken off, and stay off", async () => {
    noted("AGENTS.md");
    await bench.board.collect();
    expect(bench.board.chips()[0]?.id).toBe("instructions");
    await bench.board.remove("instructions");
    expect((await bench.board.collect()).items).toEqual([]);
    expect(bench.board.switches().instructions).toBe(false);
    await bench.board.setInstructions(true);
    expect(labels()).toEqual(["AGENTS.md"]);
  });
});

describe("what was added", () => {
  it("moves with its lines, and keeps its id", async () => {
    const document = fakeProject.show("src/a.ts", numbered(9), [2, 4]);
    await bench.board.setAutomatic(false);
    await added({ kind: "selection" });
    const [before] = bench.board.chips();
    fakeProject.edit(document, { start: place(0), end: place(0) }, "new;\nnew;\n");
    await eventually(() =>
      expect(bench.board.chips()).toMatchObject([{ id: before?.id, label: "src/a.ts:5-7" }]),
    );
    expect(bench.board.items()[0]).toMatchObject({ text: "line 3;\nline 4;\nline 5;" });
    fakeProject.edit(document, { start: place(3), end: place(9) }, "");
    const { items, failures } = await bench.board.collect();
    expect(items).toEqual([]);
    expect(failures).toMatchObject([{ kind: "contextRefused", reason: "missing" }]);
  });

  it("is sent as it is now, unsaved text included", async () => {
    await bench.board.setAutomatic(false);
    const document = fakeProject.show("src/a.ts", "let a = 1;");
    await added({ kind: "path", path: "src/a.ts" });
    fakeProject.edit(document, { start: place(0), end: place(0, 10) }, "let a = 2;");
    const { items } = await bench.board.collect();
    expect(items).toMatchObject([{ kind: "file", text: "let a = 2;" }]);
  });

  it("is not replaced by a reading that began earlier and took longer", async () => {
    await bench.board.setAutomatic(false);
    const diffOf = (line: string) =>
      `diff --git a/a.ts b/a.ts\n--- a/a.ts\n+++ b/a.ts\n@@ -1 +1 @@\n-a\n+${line}\n`;
    gitThat({ diff: diffOf("first") });
    await added({ kind: "gitDiff", scope: "workingTree" });
    const asked: ((diff: string) => void)[] = [];
    gitThat({ diff: () => new Promise((resolve) => asked.push(resolve)) });
    const earlier = bench.board.collect();
    await eventually(() => expect(asked).toHaveLength(1));
    gitThat({ diff: diffOf("newest") });
    await bench.board.collect();
    asked[0]?.(diffOf("older"));
    await earlier;
    expect(bench.board.items().map(renderContext).join("")).toContain("+newest");
  });

  it("is on one chip, however often it is added", async () => {
    fakeProject.write("src/a.ts", "let a;");
    await added({ kind: "path", path: "src/a.ts" });
    await added({ kind: "drop", uriList: fakeProject.address("src/a.ts") });
    expect(labels()).toEqual(["src/a.ts"]);
  });

  it("can be taken off, and is gone once it was sent", async () => {
    fakeProject.write("src/a.ts", "let a;");
    fakeProject.write("src/b.ts", "let b;");
    await added({
      kind: "drop",
      uriList: [fakeProject.address("src/a.ts"), fakeProject.address("src/b.ts")].join("\r\n"),
    });
    const [first] = bench.board.chips();
    await bench.board.remove(first?.id ?? "");
    expect(labels()).toEqual(["src/b.ts"]);
    bench.board.clear();
    expect(labels()).toEqual([]);
  });

  it("says so when it can no longer be read, and is not sent in silence", async () => {
    await bench.board.setAutomatic(false);
    fakeProject.write("src/a.ts", "let a;");
    await added({ kind: "path", path: "src/a.ts" });
    fakeProject.documents.length = 0;
    fakeProject.write("src/a.ts", "");
    const { items, failures } = await bench.board.collect();
    expect(items).toEqual([]);
    expect(failures).toMatchObject([{ reason: "empty" }]);
    expect(bench.board.chips()[0]?.warning).toBe("src/a.ts is not attached");
  });

  it("tells of a change once, and not of a reading that changed nothing", async () => {
    fakeProject.write("src/a.ts", "let a;");
    await added({ kind: "path", path: "src/a.ts" });
    let told = 0;
    bench.board.onDidChange(() => told++);
    await bench.board.collect();
    await bench.board.collect();
    expect(told).toBe(0);
  });
});
