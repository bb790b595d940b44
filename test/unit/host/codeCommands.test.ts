import { chmodSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Uri } from "vscode";
import { documentSelection } from "../../../src/host/commands/documentSelection";
import { editSelection, refactorSelection } from "../../../src/host/commands/editSelection";
import { explainSelection } from "../../../src/host/commands/explainSelection";
import { fixSelection } from "../../../src/host/commands/fixSelection";
import type { CodeCommandParts } from "../../../src/host/commands/codeQuestion";
import { generateTests } from "../../../src/host/commands/generateTests";
import { letPromisesRun } from "../../fakes/asyncSteps";
import { fakeEditor } from "../../fakes/fakeEditor";
import { fakeProject } from "../../fakes/fakeProject";
import { Uri as FakeUri } from "../../fakes/vscode";
import { codeBench } from "./codeBench";
import type { CodeBench } from "./codeBench";

vi.mock("vscode", async (original) => {
  const { fakeProject: project } = await import("../../fakes/fakeProject");
  return project.editor(await original());
});

let bench: CodeBench;
beforeEach(() => {
  fakeProject.open();
  bench = codeBench();
});
afterEach(() => fakeProject.close());

const place = (line: number, character = 0) => ({ line, character });
const range = (from: number, to: number) => ({ start: place(from), end: place(to, 99) });

const cart = `import { tax } from "./tax";

export class Cart {
  total(lines: Line[]): number {
    return lines.reduce((sum, line) => sum + tax(line), 0);
  }
}

const most = 3;
const least = most - 1;
`;

const patch = `Done.

*** Begin Patch
*** Update File: src/cart.ts
@@ export class Cart {
-const most = 3;
+const most = 4;
*** End Patch`;

/** The file with its symbols, the cursor in a line. */
function showCart(line: number): void {
  const document = fakeProject.show("src/cart.ts", cart, [line, line]);
  fakeProject.select(document, [line, line], true);
  const method = {
    name: "total",
    kind: 5,
    range: range(3, 5),
    selectionRange: range(3, 3),
    children: [],
  };
  const whole = { name: "Cart", kind: 4, range: range(2, 6), selectionRange: range(2, 2) };
  fakeProject.symbols.set(document.uri.toString(), [{ ...whole, children: [method] }]);
}

function defineTax(): void {
  fakeProject.write(
    "src/tax.ts",
    "/** In cents. */\nexport function tax(line: Line): number {\n}\n",
  );
  const uri = FakeUri.file(fakeProject.path("src/tax.ts"));
  fakeProject.definitions.set("tax", [{ uri, range: range(1, 1) }]);
}

const all: readonly (readonly [string, (parts: CodeCommandParts) => Promise<unknown>])[] = [
  ["explain", (parts) => explainSelection(parts, undefined, undefined)],
  ["edit", (parts) => editSelection(parts, undefined, "do it")],
  ["refactor", (parts) => refactorSelection(parts, undefined, "do it")],
  ["fix", (parts) => fixSelection(parts, undefined, undefined)],
  ["document", (parts) => documentSelection(parts, undefined, undefined)],
  ["tests", (parts) => generateTests(parts, undefined, undefined)],
];

describe("without a selection", () => {
  it("the smallest function around the cursor is meant", async () => {
    showCart(4);
    const { sent } = await bench.run((parts) => explainSelection(parts, undefined, undefined));
    expect(sent).toContain("File: src/cart.ts (lines 4-6)");
    expect(sent).toContain("export class Cart {");
  });

  it("else the lines up to the next empty ones", async () => {
    showCart(9);
    const { sent } = await bench.run((parts) => explainSelection(parts, undefined, undefined));
    expect(sent).toContain("(lines 9-10)");
  });

  it.each(all)("%s says so where there is nothing at all", async (_name, command) => {
    showCart(7);
    expect(await command(bench.parts)).toMatchObject({ failure: { kind: "emptySelection" } });
    expect(bench.dispatcher.runs).toEqual([]);
  });

  it.each(all)("%s says so where no editor is open", async (_name, command) => {
    expect(await command(bench.parts)).toMatchObject({ failure: { kind: "noEditor" } });
  });
});

describe("what goes along", () => {
  it.each(all)(
    "%s: the user's instructions and the project's notes, once, in front",
    async (_name, command) => {
      showCart(4);
      fakeProject.write("AGENTS.md", "Tabs, not spaces.");
      bench.user.wishes = "Answer in Latin.";
      const { task, sent } = await bench.run(async (parts) => {
        await command(parts);
        return { ok: true };
      });
      const [, instructions] = task.messages;
      expect(instructions?.content).toMatch(
        /^My wishes[^]*Answer in Latin\.[^]*Tabs, not spaces\./,
      );
      expect(sent).not.toContain("Latin");
      const [question] = bench.chat.shown();
      expect(question).toMatchObject({ role: "user" });
      const attachments = question?.role === "user" ? question.attachments : [];
      expect(attachments.map(({ kind }) => kind).slice(0, 2)).toEqual([
        "instructions",
        "selection",
      ]);
    },
  );

  it("an explanation: the code, its class, what it calls", async () => {
    showCart(4);
    defineTax();
    const { sent, task } = await bench.run((parts) =>
      explainSelection(parts, undefined, undefined),
    );
    expect(sent).toMatchInlineSnapshot(`
      "File: src/cart.ts (lines 4-6)
      \`\`\`typescript
        total(lines: Line[]): number {
          return lines.reduce((sum, line) => sum + tax(line), 0);
        }
      \`\`\`

      Related code, for reference
      \`\`\`
      src/cart.ts:3
      export class Cart {

      src/tax.ts:2
      /** In cents. */
      export function tax(line: Line): number {
      \`\`\`

      Explain this code."
    `);
    expect(task.kind).toBe("explain");
    expect(fakeEditor.statusMessages).toHaveLength(1);
  });

  it("an edit: the file, what it uses elsewhere, the lines that are meant", async () => {
    showCart(4);
    defineTax();
    const { sent, task } = await bench.run((parts) => editSelection(parts, undefined, "Say more"));
    expect(sent).toContain("(lines 1-11)");
    expect(sent).toContain("The user selected lines 4-6.");
    expect(sent).toContain("src/tax.ts:2");
    expect(sent).toMatch(/Say more$/);
    expect(task.kind).toBe("edit");
  });

  it("a fix: what the checkers found there, and only there", async () => {
    showCart(4);
    const problem = (line: number, message: string) => ({
      severity: 0,
      message,
      range: range(line, line),
      source: "ts",
    });
    fakeProject.problems.set(fakeProject.address("src/cart.ts"), [
      problem(4, "Cannot find name 'Line'."),
      problem(8, "Never read."),
    ]);
    const { sent, task } = await bench.run(
      (parts) => fixSelection(parts, undefined, undefined),
      patch,
    );
    expect(sent).toContain("line 5: error: Cannot find name 'Line'. (ts)");
    expect(sent).not.toContain("Never read");
    expect(sent).toContain("Its problems are listed above.");
    expect(task.kind).toBe("fix");
    expect(bench.review.edits).toHaveLength(1);
  });

  it("without findings it asks for bugs; that there are none is an answer", async () => {
    showCart(4);
    const { sent, result } = await bench.run((parts) => fixSelection(parts, undefined, undefined));
    expect(sent).toContain("If there are none, say so.");
    expect(result).toMatchObject({ ok: true, text: "Nothing to say." });
  });

  it("comments in the language's style, and the user's words", async () => {
    showCart(4);
    const { sent, task } = await bench.run((parts) =>
      documentSelection(parts, undefined, "Briefly."),
    );
    expect(sent).toMatch(/Use TSDoc\. Briefly\.$/);
    expect(task).toMatchObject({ kind: "document", reasoningEffort: "low" });
  });
});

describe("targets", () => {
  it("given as plain data, by other extensions", async () => {
    fakeProject.write("src/other.ts", "let a;\nlet b;\n");
    const target = { uri: fakeProject.address("src/other.ts"), range: range(1, 1) };
    const { sent, result } = await bench.run((parts) => explainSelection(parts, target, undefined));
    expect(sent).toContain("File: src/other.ts (lines 2-2)");
    expect(result).toEqual({
      ok: true,
      answerId: bench.chat.conversation().turns.at(-1)?.id,
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
    const { sent } = await bench.run((parts) => editSelection(parts, target, undefined), patch);
    expect(sent).toMatch(/Make it 4$/);
    expect(bench.review.edits).toHaveLength(1);
    expect(bench.review.offered).toEqual(["src/cart.ts"]);
  });

  it("a file that is not there", async () => {
    const target = { uri: fakeProject.address("src/gone.ts"), range: range(0, 1) };
    expect(await explainSelection(bench.parts, target, undefined)).toMatchObject({
      failure: { kind: "fileMissing" },
    });
  });

  it("an address that is none", async () => {
    const target = { uri: "no scheme://cart.ts", range: range(0, 1) };
    expect(await explainSelection(bench.parts, target, undefined)).toEqual({
      ok: false,
      failure: { kind: "fileMissing", path: "no scheme://cart.ts" },
    });
  });

  it("a range that begins before its file", async () => {
    fakeProject.write("src/other.ts", "let a;\nlet b;\n");
    const target = { uri: fakeProject.address("src/other.ts"), range: range(-2, 0) };
    const { sent } = await bench.run((parts) => explainSelection(parts, target, undefined));
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
    const { sent } = await bench.run((parts) => explainSelection(parts, target, undefined));
    expect(sent).toContain(`File: src/other.ts (lines ${firstLine}-2)`);
  });

  it.each([
    ["an address", { uri: 5, range: range(0, 1) }, "fileMissing"],
    ["a range", { uri: "file:///project/src/cart.ts", range: [0, 1] }, "emptySelection"],
  ])("%s that nobody understands does not stand for the open file", async (_what, target, kind) => {
    showCart(4);
    expect(await explainSelection(bench.parts, target, undefined)).toMatchObject({
      failure: { kind },
    });
    expect(bench.dispatcher.runs).toEqual([]);
  });

  it("more than any model can read", async () => {
    fakeProject.write("src/long.ts", "a".repeat(600_000));
    const target = { uri: fakeProject.address("src/long.ts") };
    expect(await explainSelection(bench.parts, target, undefined)).toMatchObject({
      failure: { kind: "contextRefused", name: "src/long.ts", reason: "tooLarge" },
    });
  });

  it("an untitled document can be edited", async () => {
    const document = fakeProject.openDocument(FakeUri.parse("untitled:Untitled-1"), "let a = 1;");
    fakeProject.select(document, [0, 0]);
    const { sent } = await bench.run((parts) => editSelection(parts, undefined, "Make it 2"));
    expect(sent).toContain("File: Untitled-1 (lines 1-1)");
  });

  it("a commit's version is explained, not edited", async () => {
    const uri = FakeUri.parse("git:/project/src/cart.ts?{}");
    fakeProject.select(fakeProject.openDocument(uri, cart), [8, 9]);
    const { sent } = await bench.run((parts) => explainSelection(parts, undefined, undefined));
    expect(sent).toContain("File: cart.ts (lines 9-10)");
    expect(await editSelection(bench.parts, undefined, "Make it 4")).toEqual({
      ok: false,
      failure: { kind: "readOnly", path: "cart.ts" },
    });
    expect(bench.dispatcher.runs).toHaveLength(1);
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
    const { sent } = await bench.run(
      (parts) => editSelection(parts, undefined, "Rename total to sum"),
      "*** Begin Patch\n*** Update File: notes.ipynb#2\n@@\n-total = b\n+sum = b\n*** End Patch",
    );
    expect(sent).toContain("File: notes.ipynb#2 (lines 1-1)");
    expect(bench.review.edits).toMatchObject([{ kind: "patch", path: "notes.ipynb#2" }]);
    chmodSync(fakeProject.path("notes.ipynb"), 0o444);
    expect(await editSelection(bench.parts, undefined, "again")).toMatchObject({
      failure: { kind: "readOnly", path: "notes.ipynb#2" },
    });
  });
});

describe("asked in place", () => {
  it("tells what is meant and what it costs, and sends with Enter", async () => {
    showCart(4);
    const asked = bench.run((parts) => editSelection(parts, undefined, undefined), patch);
    await expect.poll(() => fakeEditor.inputBoxes).toHaveLength(1);
    const [box] = fakeEditor.inputBoxes;
    expect(box).toMatchObject({ title: "Edit total in src/cart.ts", isShown: true });
    await expect.poll(() => box?.prompt).toContain("~100 tokens · no price · now");
    box?.pressEnter();
    expect(box?.validationMessage).toContain("Say what to change");
    box?.type("Make it 4");
    expect(box?.validationMessage).toBe("");
    box?.pressEnter();
    expect((await asked).sent).toMatch(/Make it 4$/);
  });

  it("tells of the instructions that go along, with their tokens", async () => {
    showCart(4);
    bench.user.wishes = "Answer in Latin.";
    const asked = editSelection(bench.parts, undefined, undefined);
    await expect.poll(() => fakeEditor.inputBoxes).toHaveLength(1);
    const [box] = fakeEditor.inputBoxes;
    await expect
      .poll(() => box?.prompt)
      .toMatch(/ · now · with Custom instructions \(~1\d tokens\) · /);
    box?.hide();
    await asked;
  });

  it("Escape sends nothing", async () => {
    showCart(4);
    const asked = refactorSelection(bench.parts, undefined, undefined);
    await expect.poll(() => fakeEditor.inputBoxes).toHaveLength(1);
    fakeEditor.inputBoxes[0]?.hide();
    expect(await asked).toEqual({ ok: false, failure: { kind: "stopped" } });
    await letPromisesRun();
    expect(bench.dispatcher.runs).toEqual([]);
  });

  it("a late forecast does not take the place of a newer one", async () => {
    showCart(4);
    const waiting: (() => void)[] = [];
    const soon = bench.dispatcher.forecast.bind(bench.dispatcher);
    bench.dispatcher.forecast = async () => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      return soon();
    };
    const asked = editSelection(bench.parts, undefined, undefined);
    await expect.poll(() => waiting).toHaveLength(1);
    const [box] = fakeEditor.inputBoxes;
    box?.type("longer");
    await expect.poll(() => waiting).toHaveLength(2);
    bench.dispatcher.foretold = {
      ...bench.dispatcher.foretold,
      prompt: { likely: 777, upper: 800, bound: 900 },
    };
    waiting[1]?.();
    await expect.poll(() => box?.prompt).toContain("777");
    bench.dispatcher.foretold = {
      ...bench.dispatcher.foretold,
      prompt: { likely: 5, upper: 6, bound: 7 },
    };
    waiting[0]?.();
    await letPromisesRun();
    expect(box?.prompt).toContain("777");
    box?.hide();
    await asked;
  });
});

describe("in a workspace that is not trusted", () => {
  beforeEach(() => {
    showCart(4);
    defineTax();
    fakeEditor.trusted = false;
  });

  it("code is explained by itself alone", async () => {
    const { sent } = await bench.run((parts) => explainSelection(parts, undefined, undefined));
    expect(sent).toContain("(lines 4-6)");
    expect(sent).not.toContain("Related code");
  });

  it.each(all.filter(([name]) => name !== "explain"))(
    "%s is refused unspent",
    async (_name, run) => {
      expect(await run(bench.parts)).toMatchObject({ failure: { kind: "untrustedWorkspace" } });
      expect(bench.dispatcher.runs).toEqual([]);
    },
  );
});

it("the editor's own address class is understood", async () => {
  showCart(4);
  const uri = Uri.file(fakeProject.path("src/cart.ts"));
  const { sent } = await bench.run((parts) =>
    explainSelection(parts, { uri, range: range(8, 8) }, undefined),
  );
  expect(sent).toContain("(lines 9-9)");
});
