import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recoverGeneration } from "../../../src/core/dispatch/recoverGeneration";
import { parseEdits } from "../../../src/core/edits/parseEdits";

const failed = (generated: string) => ({ kind: "toolUseFailed", detail: "", generated }) as const;

const patch = "*** Begin Patch\n*** Update File: a.ts\n@@\n-one\n+two\n*** End Patch";

describe("what can be read of a failed tool call", () => {
  const check = (name: string, generated: string, expected: string, said = "") =>
    it(name, () => expect(recoverGeneration(failed(generated), said)).toBe(expected));

  // Quoted in public threads.
  check(
    "a name and arguments",
    'web_search{"query": "SPFMV and SPCSV in the Pearl Of Africa 2016", "filter_year": 2016}</function>',
    '{\n  "query": "SPFMV and SPCSV in the Pearl Of Africa 2016",\n  "filter_year": 2016\n}',
  );
  check(
    "code with written-out line ends",
    "import csv\\nmax_country=None...",
    "import csv\nmax_country=None...",
  );
  check(
    "a complaint is no generation",
    "Tool use failed: JSON does not match the expected schema for tool calls",
    "",
  );
  // The forms in which models write calls.
  const call = JSON.stringify({ input: patch });
  const named = (args: unknown) => JSON.stringify({ name: "apply_patch", arguments: args });
  check("a function tag", `<function=apply_patch>${call}</function>`, patch);
  check("a function tag without its end", `<function=apply_patch>${call}`, patch);
  check("a tool_call tag", `<tool_call>\n${named({ input: patch })}\n</tool_call>`, patch);
  check("JSON with arguments", named({ input: patch }), patch);
  check("JSON with arguments as text", named(call), patch);
  check("the patch itself as arguments", named(patch), patch);
  check(
    "OpenAI's list of calls",
    JSON.stringify([{ id: "1", type: "function", function: JSON.parse(named(call)) }]),
    patch,
  );
  check(
    "words before it",
    `I change it.\n<function=apply_patch>${call}</function>`,
    `I change it.\n\n${patch}`,
  );
  check("a text in a field of its own", '{"name":"say","arguments":{"text":"Hello"}}', "Hello");
  check("a raw patch", patch, patch);
  check("plain words", "I cannot do that.", "I cannot do that.");
  check("half of a JSON text", '{"name": "apply_patch", "argum', '{"name": "apply_patch", "argum');
  check("nothing", "  ", "");
  // A stream may have brought some of it.
  check("the rest of what was said", "I change it. Now.", " Now.", "I change it.");
  check("all of it was said", "I change it.", "", "So: I change it.");
  check("something else after what was said", "Bye", "\n\nBye", "Hello");
});

it("JSON that does not fit its schema is shown as it is", () => {
  const failure = { kind: "jsonInvalid", detail: "", generated: '{"a": 1' } as const;
  expect(recoverGeneration(failure, "")).toBe('{"a": 1');
});

it("of other failures there is nothing", () => {
  expect(recoverGeneration({ kind: "cutOff" }, "")).toBe("");
});

describe("edits survive a failed call", () => {
  const documents = { knownPaths: ["a.ts"] };
  const check = (name: string, generated: string, kind: string) =>
    it(name, () => {
      const { edits, problems } = parseEdits(recoverGeneration(failed(generated), ""), documents);
      expect(problems).toEqual([]);
      expect(edits).toMatchObject([{ kind, path: "a.ts" }]);
    });
  check("a patch", `<function=apply_patch>${JSON.stringify({ input: patch })}</function>`, "patch");
  check(
    "a replacement",
    'edit{"path":"a.ts","old_string":"one","new_string":"two"}</function>',
    "replace",
  );
});

it("never crashes, whatever a model generated", () => {
  const json = fc.json({ maxDepth: 12 });
  const text = fc.oneof(
    fc.string(),
    json,
    json.map((args) => `<function=f>${args}</function>`),
  );
  fc.assert(
    fc.property(text, fc.string(), (generated, said) => {
      expect(typeof recoverGeneration(failed(generated), said)).toBe("string");
    }),
  );
});
