import { chmodSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { Uri } from "vscode";
import { editSelection } from "../../../src/host/commands/editSelection";
import { explainSelection } from "../../../src/host/commands/explainSelection";
import { fakeProject } from "../../fakes/fakeProject";
import { Uri as FakeUri } from "../../fakes/vscode";
import { cart, cartPatch, range, showCart } from "./cartProject";
import { useCodeBench } from "./codeBench";

vi.mock("vscode", async (original) => {
  const { fakeProject: project } = await import("../../fakes/fakeProject");
  return project.editor(await original());
});

const bench = useCodeBench();

describe("what a command is about", () => {
  it("given as plain data, by other extensions", async () => {
    fakeProject.write("src/other.ts", "let a;\nlet b;\n");
    const target = { uri: fakeProject.address("src/other.ts"), range: range(1, 1) };
    const { sent, result } = await bench().run((parts) =>
      explainSelection(parts, target, undefined),
    );
    expect(sent).toContain("File: src/other.ts (lines 2-2)");
    expect(result).toEqual({
      ok: true,
      answerId: bench().chat.conversation().turns.at(-1)?.id,
      model: "openai/gpt-oss-20b",
      text: "Nothing to say.",
      costUsd: expect.stringMatching(/^0\.\d{12}$/),
    });
  });

  it("an instruction inside the target counts", async () => {
    showCart(4);
    const target = {
      uri: fakeProject.address("src/cart.ts"),
      range: range(8, 8),
      instruction: "Make it 4",
    };
    const { sent } = await bench().run(
      (parts) => editSelection(parts, target, undefined),
      cartPatch,
    );
    expect(sent).toMatch(/Make it 4$/);
    expect(bench().review.edits).toHaveLength(1);
    expect(bench().review.offered).toEqual(["src/cart.ts"]);
  });

  it("a file that is not there", async () => {
    const target = { uri: fakeProject.address("src/gone.ts"), range: range(0, 1) };
    expect(await explainSelection(bench().parts, target, undefined)).toMatchObject({
      failure: { kind: "fileMissing" },
    });
  });

  it("an address that is none", async () => {
    const target = { uri: "no scheme://cart.ts", range: range(0, 1) };
    expect(await explainSelection(bench().parts, target, undefined)).toEqual({
      ok: false,
      failure: { kind: "fileMissing", path: "no scheme://cart.ts" },
    });
  });

  it("a range that begins before its file", async () => {
    fakeProject.write("src/other.ts", "let a;\nlet b;\n");
    const target = { uri: fakeProject.address("src/other.ts"), range: range(-2, 0) };
    const { sent } = await bench().run((parts) => explainSelection(parts, target, undefined));
    expect(sent).toContain("File: src/other.ts (lines 1-1)");
  });

  it.each([
    [
      "as JSON of the editor's own classes",
      [
        { line: 1, character: 0 },
        { line: 1, character: 6 },
      ],
      2,
    ],
    ["without a range", undefined, 1],
  ])("given %s", async (_how, given, firstLine) => {
    showCart(4);
    fakeProject.write("src/other.ts", "let a;\nlet b;\n");
    const uri = { scheme: "file", path: fakeProject.path("src/other.ts") };
    const target = { uri, range: given };
    const { sent } = await bench().run((parts) => explainSelection(parts, target, undefined));
    expect(sent).toContain(`File: src/other.ts (lines ${firstLine}-2)`);
  });

  it.each([
    ["an address", { uri: 5, range: range(0, 1) }, "fileMissing"],
    ["a range", { uri: "file:///project/src/cart.ts", range: [0, 1] }, "emptySelection"],
  ])("%s that nobody understands does not stand for the open file", async (_what, target, kind) => {
    showCart(4);
    expect(await explainSelection(bench().parts, target, undefined)).toMatchObject({
      failure: { kind },
    });
    expect(bench().dispatcher.runs).toEqual([]);
  });

  it("more than any model can read", async () => {
    fakeProject.write("src/long.ts", "a".repeat(600_000));
    const target = { uri: fakeProject.address("src/long.ts") };
    expect(await explainSelection(bench().parts, target, undefined)).toMatchObject({
      failure: { kind: "contextRefused", name: "src/long.ts", reason: "tooLarge" },
    });
  });

  it("an untitled document can be edited", async () => {
    const document = fakeProject.openDocument(FakeUri.parse("untitled:Untitled-1"), "let a = 1;");
    fakeProject.select(document, [0, 0]);
    const { sent } = await bench().run((parts) => editSelection(parts, undefined, "Make it 2"));
    expect(sent).toContain("File: Untitled-1 (lines 1-1)");
  });

  it("a commit's version is explained, not edited", async () => {
    const uri = FakeUri.parse("git:/project/src/cart.ts?{}");
    fakeProject.select(fakeProject.openDocument(uri, cart), [8, 9]);
    const { sent } = await bench().run((parts) => explainSelection(parts, undefined, undefined));
    expect(sent).toContain("File: cart.ts (lines 9-10)");
    expect(await editSelection(bench().parts, undefined, "Make it 4")).toEqual({
      ok: false,
      failure: { kind: "readOnly", path: "cart.ts" },
    });
    expect(bench().dispatcher.runs).toHaveLength(1);
  });

  it("a notebook's cell is named by its number, and kept where the notebook is", async () => {
    fakeProject.write("notes.ipynb", "{}");
    const cells = ["a", "b"].map((fragment) =>
      fakeProject.openDocument(
        FakeUri.parse(`vscode-notebook-cell:${fakeProject.path("notes.ipynb")}?${fragment}`),
        `total = ${fragment}`,
      ),
    );
    const uri = FakeUri.file(fakeProject.path("notes.ipynb"));
    fakeProject.notebooks.push({ uri, getCells: () => cells.map((document) => ({ document })) });
    const [, second] = cells;
    if (second === undefined) throw new Error("no cell");
    fakeProject.select(second, [0, 0]);
    const { sent } = await bench().run(
      (parts) => editSelection(parts, undefined, "Rename total to sum"),
      "*** Begin Patch\n*** Update File: notes.ipynb#2\n@@\n-total = b\n+sum = b\n*** End Patch",
    );
    expect(sent).toContain("File: notes.ipynb#2 (lines 1-1)");
    expect(bench().review.edits).toMatchObject([{ kind: "patch", path: "notes.ipynb#2" }]);
    chmodSync(fakeProject.path("notes.ipynb"), 0o444);
    expect(await editSelection(bench().parts, undefined, "again")).toMatchObject({
      failure: { kind: "readOnly", path: "notes.ipynb#2" },
    });
  });

  it("the editor's own address class is understood", async () => {
    showCart(4);
    const uri = Uri.file(fakeProject.path("src/cart.ts"));
    const { sent } = await bench().run((parts) =>
      explainSelection(parts, { uri, range: range(8, 8) }, undefined),
    );
    expect(sent).toContain("(lines 9-9)");
  });
});
