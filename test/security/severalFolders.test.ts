import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import { filesForCode, proposeCode } from "../../src/host/editor/blockEdit";
import type { AnswerCode } from "../../src/host/editor/blockEdit";
import { proposeText } from "../../src/host/editor/proposal";
import { fakeEditor } from "../fakes/fakeEditor";
import { nine, update, useReview } from "./reviewBench";

const bench = useReview();

/** Two folders, each with a file of the same relative path. */
beforeEach(() => {
  for (const name of ["one", "two"]) {
    mkdirSync(bench.folder.file(`${name}/src`), { recursive: true });
    writeFileSync(bench.folder.file(`${name}/src/a.ts`), nine);
  }
  fakeEditor.folder = bench.folder.file("one");
  nameSecond("lib");
});

/** The first is called `workspace`. */
function nameSecond(name: string): void {
  fakeEditor.moreFolders = [{ name, path: bench.folder.file("two") }];
}

/** What Apply would show of a block of an answer, which may name any file of the workspace. */
async function proposeBlock(operations: string) {
  const withWords = `\`\`\`\n*** Begin Patch\n${operations}\n*** End Patch\n\`\`\`\n`;
  const code = { withWords } as AnswerCode;
  return proposeCode(code, await filesForCode(code, [], undefined), undefined);
}

const offered = (path: string, file: string) => ({
  path,
  uri: bench.address(file),
  languageId: "",
  startLine: 1,
  endLine: 1,
  text: "",
});

describe("the same relative path in two folders of the workspace", () => {
  it("the folder's name in front says which is meant", async () => {
    const proposed = await proposeBlock(update("lib/src/a.ts"));
    expect(proposed).toMatchObject({ ok: true, value: [{ path: "lib/src/a.ts" }] });
    if (proposed.ok) expect(proposed.value[0]?.uri.path).toBe(bench.folder.file("two/src/a.ts"));
  });

  it("without it neither is", async () => {
    expect(await proposeBlock(update("src/a.ts"))).toMatchObject({
      failure: { kind: "fileNotAllowed", path: "src/a.ts", reason: "ambiguous" },
    });
  });

  it("unless only one of them was shown to the model", async () => {
    const shown = [offered("lib/src/a.ts", "two/src/a.ts")];
    const patch = `*** Begin Patch\n${update("src/a.ts")}\n*** End Patch`;
    const proposed = await proposeText(patch, shown, undefined);
    expect(proposed).toMatchObject({ ok: true, value: [{ path: "lib/src/a.ts" }] });
  });

  it("a new file is shown with the folder that it goes into", async () => {
    const patch = (path: string) => `*** Begin Patch\n*** Add File: ${path}\n+x\n*** End Patch`;
    expect(await proposeText(patch("lib/new.ts"), [], undefined)).toMatchObject({
      value: [{ path: "lib/new.ts", uri: { path: bench.folder.file("two/new.ts") } }],
    });
    expect(await proposeText(patch("new.ts"), [], undefined)).toMatchObject({
      value: [{ path: "workspace/new.ts", uri: { path: bench.folder.file("one/new.ts") } }],
    });
  });

  it("of folders that are called alike none is taken", async () => {
    nameSecond("workspace");
    const patch = "*** Begin Patch\n*** Add File: workspace/new.ts\n+x\n*** End Patch";
    expect(await proposeText(patch, [], undefined)).toMatchObject({
      failure: { kind: "fileNotAllowed", reason: "ambiguous" },
    });
    expect(existsSync(bench.folder.file("one/new.ts"))).toBe(false);
  });
});
