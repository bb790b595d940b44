import { describe } from "vitest";
import { oneLine, patchOf, testReading, update, v4a, wholeFile } from "./answerTexts";

describe("reads a patch, by itself or in a call", () => {
  testReading([
    ["a V4A update", update("@@\n-old\n+new"), [oneLine]],
    ["prose around it", `I changed it.\n\n${update("@@\n-old\n+new")}\n\nDone.`, [oneLine]],
    ["a fence around it", `\`\`\`\n${update("@@\n-old\n+new")}\n\`\`\``, [oneLine]],
    [
      "a fence for its end",
      "```\n*** Begin Patch\n*** Update File: a.ts\n-old\n+new\n```",
      [oneLine],
    ],
    ["an element", `<input>${update("@@\n-old\n+new")}</input></invoke>`, [oneLine]],
    ["a list", JSON.stringify(["apply_patch", update("@@\n-old\n+new")]), [oneLine]],
    ["a text in JSON", JSON.stringify(update("@@\n-old\n+new")), [oneLine]],
    [
      "the tool's name in front of its arguments",
      `to=functions.apply_patch json${JSON.stringify({ patch: update("@@\n-old\n+new") })}`,
      [oneLine],
    ],
    [
      "a call as code",
      `functions.apply_patch(${JSON.stringify({ input: update("@@\n-old\n+new") })});`,
      [oneLine],
    ],
    ["a heredoc", `apply_patch <<'EOF'\n${update("@@\n-old\n+new")}\nEOF`, [oneLine]],
    ["no @@ at all", update("-old\n+new"), [oneLine]],
    ["markers in other words", v4a("***Modify File : `a.ts` ***\n@@\n-old\n+new"), [oneLine]],
    ["Windows line ends", update("@@\n-old\n+new").replaceAll("\n", "\r\n"), [oneLine]],
    [
      "headers",
      update("@@ class A\n@@ def b():\n-old\n+new"),
      [patchOf("a.ts", "-old\n+new", { headers: ["class A", "def b():"] })],
    ],
    [
      "a header without a blank",
      update("@@name\n-old\n+new"),
      [patchOf("a.ts", "-old\n+new", { headers: ["name"] })],
    ],
    [
      "context without its blank",
      update("@@\n\n-old\n+new\nnext"),
      [patchOf("a.ts", "  \n-old\n+new\n next".replace("  ", " "))],
    ],
    [
      "the end of the file",
      update("@@\n-old\n+new\n*** End of File"),
      [patchOf("a.ts", "-old\n+new", { atEnd: true })],
    ],
    [
      "several files",
      v4a(
        "*** Add File: new.ts\n+one\n+\n+two\n*** Delete File: old.ts\n*** Update File: a.ts\n*** Move to: b.ts\n@@\n-old\n+new",
      ),
      [
        { kind: "create", path: "new.ts", content: "one\n\ntwo\n" },
        { kind: "delete", path: "old.ts" },
        oneLine,
        { kind: "move", path: "a.ts", to: "b.ts" },
      ],
    ],
    [
      "a known file added",
      v4a("*** Add File: a.ts\n+x"),
      [wholeFile("a.ts", "x\n")],
      { knownPaths: ["a.ts"] },
    ],
    [
      "a tool call",
      JSON.stringify({ name: "apply_patch", arguments: { input: update("@@\n-old\n+new") } }),
      [oneLine],
    ],
    [
      "arguments as text",
      JSON.stringify({ arguments: JSON.stringify({ patch: update("@@\n-old\n+new") }) }),
      [oneLine],
    ],
    [
      "a call behind a model's own marks",
      `<|channel|>commentary to=functions.apply_patch <|constrain|>json<|message|>${JSON.stringify({ input: update("@@\n-old\n+new") })}<|call|>`,
      [oneLine],
    ],
    ["raw line ends in JSON", `{"input": "${update("@@\n-old\n+new")}"}`, [oneLine]],
    [
      "a fence as a patch's own context",
      `\`\`\`\n${update("@@\n ```\n-old\n+new\n ```")}\n\`\`\``,
      [patchOf("a.ts", " ```\n-old\n+new\n ```")],
    ],
    [
      "a patch as a string in a call",
      `\`\`\`python\napply_patch("""${update("@@\n-old\n+new")}""")\n\`\`\``,
      [oneLine],
    ],
    [
      "a missing final newline in a patch",
      update("@@\n-old\n\\ No newline at end of file\n+new"),
      [oneLine],
    ],
    [
      "a move with nothing but context",
      v4a("*** Update File: a.ts\n*** Move to: b.ts\n@@\n x"),
      [{ kind: "move", path: "a.ts", to: "b.ts" }],
    ],
  ]);
});
