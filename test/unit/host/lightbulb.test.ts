import { describe, expect, it } from "vitest";
import { CodeActionKind, CodeActionTriggerKind, Uri } from "vscode";
import type { CodeActionContext, Range, TextDocument } from "vscode";
import { provideCodeActions } from "../../../src/host/code/lightbulb";

const at = (line: number, character: number) => ({ line, character });

/** A range as far as the lightbulb reads one. */
function range(fromLine: number, toLine: number): Range {
  const [start, end] = [at(fromLine, 0), at(toLine, 4)];
  const isEmpty = fromLine === toLine;
  const union = (other: Range) =>
    range(Math.min(fromLine, other.start.line), Math.max(toLine, other.end.line));
  return { start, end, isEmpty, union } as unknown as Range;
}

function offered(
  given: Partial<CodeActionContext>,
  selection: Range = range(3, 3),
  address = "file:///project/a.ts",
) {
  const document = { uri: Uri.parse(address) } as TextDocument;
  const context = {
    diagnostics: [],
    only: undefined,
    triggerKind: CodeActionTriggerKind.Automatic,
    ...given,
  };
  return provideCodeActions(document, selection, context);
}

const titles = (...given: Parameters<typeof offered>) =>
  offered(...given).map(({ title }) => title);

const problem = { range: range(5, 5) } as CodeActionContext["diagnostics"][number];
const rewrites = ["Edit with Groq Coder…", "Document with Groq Coder"];
const asked = CodeActionTriggerKind.Invoke;

describe("behind the lightbulb", () => {
  const check = (name: string, given: Parameters<typeof offered>, expected: readonly string[]) =>
    it(name, () => expect(titles(...given)).toEqual(expected));

  check("nothing comes by itself at a bare cursor", [{}], []);
  check("a problem can be fixed", [{ diagnostics: [problem] }], ["Fix with Groq Coder"]);
  check("what is selected can be rewritten", [{}, range(3, 5)], rewrites);
  check("whoever asks is told", [{ triggerKind: asked }], rewrites);
  check("both", [{ diagnostics: [problem] }, range(3, 5)], ["Fix with Groq Coder", ...rewrites]);
  check(
    "only what is asked for",
    [{ diagnostics: [problem], only: CodeActionKind.Refactor, triggerKind: asked }],
    rewrites,
  );
  check(
    "quick fixes alone",
    [{ diagnostics: [problem], only: CodeActionKind.QuickFix, triggerKind: asked }],
    ["Fix with Groq Coder"],
  );
  for (const address of [
    "git:/a.ts",
    "output:/log",
    "groq-coder-review:/a.ts",
    "groq-coder-proposal:/a.ts",
  ])
    check(`nothing in ${address}`, [{ triggerKind: asked }, range(3, 5), address], []);
});

it("an action carries its place as plain data, a fix with all its problems", () => {
  const [fix] = offered({ diagnostics: [problem] });
  expect(fix).toMatchObject({ diagnostics: [problem] });
  expect(fix?.command).toEqual({
    command: "groqCoder.fixSelection",
    title: "Fix with Groq Coder",
    arguments: [{ uri: "file:///project/a.ts", range: { start: at(3, 0), end: at(5, 4) } }],
  });
});
