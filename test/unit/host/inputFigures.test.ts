import { cpSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { inRoot } from "../../../scripts/system/layout.mjs";
import type { DispatchTask } from "../../../src/core/dispatch/task";
import { editSelection } from "../../../src/host/commands/editSelection";
import { explainSelection } from "../../../src/host/commands/explainSelection";
import { modelTable } from "../../groqServer/models/modelTable";
import { promptTokens } from "../../groqServer/tokens/promptTokens";
import { fakeProject } from "../../fakes/fakeProject";
import { Uri } from "../../fakes/vscode";
import { codeBench } from "./codeBench";

vi.mock("vscode", async (original) => {
  const { fakeProject: project } = await import("../../fakes/fakeProject");
  return project.editor(await original());
});

/** The function of 20 lines in a file of 38, zero-based, and where a language server says what it uses is. */
const invoice = [18, 37] as const;
const declared = { Line: 2, Invoice: 8, taxRate: 12, sum: 14 };

beforeEach(() => {
  fakeProject.open();
  fakeProject.write("src/core/index.ts", "");
  cpSync(inRoot("test", "fixtures", "billing"), fakeProject.path("src/core"), { recursive: true });
  const text = readFileSync(fakeProject.path("src/core/billing.ts"), "utf8");
  fakeProject.show("src/core/billing.ts", text, invoice);
  const define = (name: string, file: string, line: number) => {
    const at = { line, character: 0 };
    const uri = Uri.file(fakeProject.path(file));
    fakeProject.definitions.set(name, [{ uri, range: { start: at, end: at } }]);
  };
  for (const [name, line] of Object.entries(declared)) define(name, "src/core/billing.ts", line);
  define("format", "src/core/money.ts", 1);
});
afterEach(() => fakeProject.close());

/** As the service counts them, its own wrapping included. */
function inputTokens({ messages, model }: DispatchTask): number {
  const row = modelTable.find(({ id }) => id === model.id);
  if (row === undefined) throw new Error(`no model ${model.id}`);
  return promptTokens({ model: model.id, messages: [...messages] }, row, 0).length;
}

it("explains a 20-line function, with what it uses, in at most 500 tokens of input", async () => {
  const { task, sent } = await codeBench().run((parts) =>
    explainSelection(parts, undefined, undefined),
  );
  expect(sent).toContain("Related code, for reference");
  expect(inputTokens(task)).toMatchInlineSnapshot(`453`);
  expect(inputTokens(task)).toBeLessThanOrEqual(500);
});

it("renames in a file of 38 lines, with what it uses elsewhere, in at most 900", async () => {
  const { task, sent } = await codeBench().run((parts) =>
    editSelection(parts, undefined, "Rename reduced to discounted"),
  );
  expect(sent).toContain("src/core/money.ts:2");
  expect(inputTokens(task)).toMatchInlineSnapshot(`662`);
  expect(inputTokens(task)).toBeLessThanOrEqual(900);
});
