import { beforeEach, describe, expect, it, vi } from "vitest";
import { documentSelection } from "../../../src/host/commands/documentSelection";
import { editSelection, refactorSelection } from "../../../src/host/commands/editSelection";
import { explainSelection } from "../../../src/host/commands/explainSelection";
import { fixSelection } from "../../../src/host/commands/fixSelection";
import type { CodeCommandParts } from "../../../src/host/commands/codeQuestion";
import { generateTests } from "../../../src/host/commands/generateTests";
import { letPromisesRun } from "../../fakes/asyncSteps";
import { fakeEditor } from "../../fakes/fakeEditor";
import { fakeProject } from "../../fakes/fakeProject";
import { cartPatch, defineTax, range, showCart } from "./cartProject";
import { useCodeBench } from "./codeBench";

vi.mock("vscode", async (original) => {
  const { fakeProject: project } = await import("../../fakes/fakeProject");
  return project.editor(await original());
});

const bench = useCodeBench();

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
    const { sent } = await bench().run((parts) => explainSelection(parts, undefined, undefined));
    expect(sent).toContain("File: src/cart.ts (lines 4-6)");
    expect(sent).toContain("export class Cart {");
  });

  it.each([
    ["= (lines) => {", "(lines 1-5)"],
    ["= async function (lines) {", "(lines 1-5)"],
    [": Sum<Line> = <T>(lines: T[]): number => {", "(lines 1-5)"],
    ["= lines.reduce((sum, line) => {", "(lines 3-3)"],
    ["= [", "(lines 3-3)"],
  ])("a function that a name is given to is meant as well: %s", async (value, lines) => {
    const document = fakeProject.show("a.ts", `const total ${value}\n\n  lines.length;\n\n}\n`);
    fakeProject.select(document, [2, 2], true);
    const place = (character: number) => ({ line: 0, character });
    const selectionRange = { start: place(6), end: place(11) };
    const symbol = { name: "total", kind: 12, range: range(0, 4), selectionRange, children: [] };
    fakeProject.symbols.set(document.uri.toString(), [symbol]);
    const { sent } = await bench().run((parts) => explainSelection(parts, undefined, undefined));
    expect(sent).toContain(lines);
  });

  it("else the lines up to the next empty ones", async () => {
    showCart(9);
    const { sent } = await bench().run((parts) => explainSelection(parts, undefined, undefined));
    expect(sent).toContain("(lines 9-10)");
  });

  it.each(all)("%s says so where there is nothing at all", async (_name, command) => {
    showCart(7);
    expect(await command(bench().parts)).toMatchObject({ failure: { kind: "emptySelection" } });
    expect(bench().dispatcher.runs).toEqual([]);
  });

  it.each(all)("%s says so where no editor is open", async (_name, command) => {
    expect(await command(bench().parts)).toMatchObject({ failure: { kind: "noEditor" } });
  });
});

describe("what goes along", () => {
  it.each(all)(
    "%s: the user's instructions and the project's notes, once, in front",
    async (_name, command) => {
      showCart(4);
      fakeProject.write("AGENTS.md", "Tabs, not spaces.");
      bench().user.wishes = "Answer in Latin.";
      const { task, sent } = await bench().run(async (parts) => {
        await command(parts);
        return { ok: true };
      });
      const [, instructions] = task.messages;
      expect(instructions?.content).toMatch(
        /^My wishes[^]*Answer in Latin\.[^]*Tabs, not spaces\./,
      );
      expect(sent).not.toContain("Latin");
      const [question] = bench().chat.shown();
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
    const { sent, task } = await bench().run((parts) =>
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
    const { sent, task } = await bench().run((parts) =>
      editSelection(parts, undefined, "Say more"),
    );
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
    const { sent, task } = await bench().run(
      (parts) => fixSelection(parts, undefined, undefined),
      cartPatch,
    );
    expect(sent).toContain("line 5: error: Cannot find name 'Line'. (ts)");
    expect(sent).not.toContain("Never read");
    expect(sent).toContain("Its problems are listed above.");
    expect(task.kind).toBe("fix");
    expect(bench().review.edits).toHaveLength(1);
  });

  it("without findings it asks for bugs; that there are none is an answer", async () => {
    showCart(4);
    const { sent, result } = await bench().run((parts) =>
      fixSelection(parts, undefined, undefined),
    );
    expect(sent).toContain("If there are none, say so.");
    expect(result).toMatchObject({ ok: true, text: "Nothing to say." });
  });

  it("comments in the language's style, and the user's words", async () => {
    showCart(4);
    const { sent, task } = await bench().run((parts) =>
      documentSelection(parts, undefined, "Briefly."),
    );
    expect(sent).toMatch(/Use TSDoc\. Briefly\.$/);
    expect(task).toMatchObject({ kind: "document", reasoningEffort: "low" });
  });
});

describe("asked in place", () => {
  it("tells what is meant and what it costs, and sends with Enter", async () => {
    showCart(4);
    const asked = bench().run((parts) => editSelection(parts, undefined, undefined), cartPatch);
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
    bench().user.wishes = "Answer in Latin.";
    const asked = editSelection(bench().parts, undefined, undefined);
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
    const asked = refactorSelection(bench().parts, undefined, undefined);
    await expect.poll(() => fakeEditor.inputBoxes).toHaveLength(1);
    fakeEditor.inputBoxes[0]?.hide();
    expect(await asked).toEqual({ ok: false, failure: { kind: "stopped" } });
    await letPromisesRun();
    expect(bench().dispatcher.runs).toEqual([]);
  });

  it("a late forecast does not take the place of a newer one", async () => {
    showCart(4);
    const waiting: (() => void)[] = [];
    const soon = bench().dispatcher.forecast.bind(bench().dispatcher);
    bench().dispatcher.forecast = async () => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      return soon();
    };
    const asked = editSelection(bench().parts, undefined, undefined);
    await expect.poll(() => waiting).toHaveLength(1);
    const [box] = fakeEditor.inputBoxes;
    box?.type("longer");
    await expect.poll(() => waiting).toHaveLength(2);
    bench().dispatcher.foretold = {
      ...bench().dispatcher.foretold,
      prompt: { likely: 777, upper: 800, bound: 900 },
    };
    waiting[1]?.();
    await expect.poll(() => box?.prompt).toContain("777");
    bench().dispatcher.foretold = {
      ...bench().dispatcher.foretold,
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
    const { sent } = await bench().run((parts) => explainSelection(parts, undefined, undefined));
    expect(sent).toContain("(lines 4-6)");
    expect(sent).not.toContain("Related code");
  });

  it.each(all.filter(([name]) => name !== "explain"))(
    "%s is refused unspent",
    async (_name, run) => {
      expect(await run(bench().parts)).toMatchObject({ failure: { kind: "untrustedWorkspace" } });
      expect(bench().dispatcher.runs).toEqual([]);
    },
  );
});
