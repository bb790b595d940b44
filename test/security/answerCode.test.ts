import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TextEditor } from "vscode";
import {
  filesForCode,
  findCode,
  insertAtCursor,
  proposeCode,
} from "../../src/host/editor/blockEdit";
import type { AnswerCode } from "../../src/host/editor/blockEdit";
import { findReferences, openReference } from "../../src/host/editor/workspaceFile";
import { fakeEditor } from "../fakes/fakeEditor";
import { TemporaryFolder } from "../fakes/temporaryFolder";
import { Position, Range, Uri } from "../fakes/vscode";
import { answerTurn } from "../unit/store/storeSamples";

const before = "let a = 1;\nlet b = 1;\n";

let outside: TemporaryFolder;
let folder: string;
beforeEach(() => {
  fakeEditor.reset();
  outside = new TemporaryFolder();
  folder = outside.file("workspace");
  mkdirSync(`${folder}/src`, { recursive: true });
  mkdirSync(`${folder}/.vscode`);
  mkdirSync(`${folder}/.git`);
  for (const path of ["src/a.ts", ".vscode/settings.json", ".git/config", "../secret.ts"])
    writeFileSync(`${folder}/${path}`, before);
  symlinkSync(outside.file("secret.ts"), `${folder}/src/link.ts`);
  fakeEditor.folder = folder;
});
afterEach(() => outside[Symbol.dispose]());

/** What Apply would show of the block. */
async function proposeBlock(code: AnswerCode, editor: TextEditor | undefined) {
  return proposeCode(code, await filesForCode(code, [], editor), editor);
}

/** A text editor on a file, with lines from and to, zero-based, selected. */
function editorOn(path: string, from = 0, to = 0): { editor: TextEditor; inserted: string[] } {
  const uri = Uri.file(`${folder}/${path}`);
  const document = fakeEditor.show(uri.toString(), before);
  const inserted: string[] = [];
  const editor = {
    document: {
      uri,
      version: document.version,
      eol: 1,
      isUntitled: false,
      getText: () => document.getText(),
      offsetAt: (position: Position) => document.offsetAt(position),
      lineAt: (line: number) => {
        const text = before.split("\n")[line] ?? "";
        return {
          range: new Range(line, 0, line, text.length),
          isEmptyOrWhitespace: text.trim() === "",
        };
      },
    },
    selection: Object.assign(new Range(from, 0, to, 0), {
      active: new Position(to, 0),
      isEmpty: from === to,
    }),
    edit(act: (builder: { insert(at: Position, text: string): void }) => void) {
      act({ insert: (_at, text) => inserted.push(text) });
      return Promise.resolve(true);
    },
  };
  return { editor: editor as unknown as TextEditor, inserted };
}

function codeOf(text: string, number = 0): AnswerCode {
  const code = findCode(answerTurn({ text }), number);
  if (code === undefined) throw new Error("there is no such block");
  return code;
}

const plain = "```ts\nlet x = 1;\n```";
const patch = (path: string) =>
  `\`\`\`\n*** Begin Patch\n*** Update File: ${path}\n@@\n-let a = 1;\n+let a = 2;\n*** End Patch\n\`\`\``;

describe("a block is named by its number", () => {
  it("and is the one that the page shows under it", () => {
    const text = `Words.\n\n${plain}\n\nMore.\n\n\`\`\`py\nx = 2\n\`\`\``;
    expect(codeOf(text, 1).code).toBe("let x = 1;");
    expect(codeOf(text, 3).code).toBe("x = 2");
  });

  it.each([0, 2, 3, 1e9])("number %i, which is no code, is nothing", (number) => {
    expect(findCode(answerTurn({ text: `Words.\n\n${plain}\n\nMore.` }), number)).toBeUndefined();
  });

  it("a block that still grows is not there yet", () => {
    const status = { kind: "streaming" } as const;
    expect(findCode(answerTurn({ text: "```ts\nlet x", status }), 0)).toBeUndefined();
    expect(findCode(answerTurn({ text: `${plain}\nmo`, status }), 0)?.code).toBe("let x = 1;");
  });
});

describe("Insert", () => {
  it("puts exactly the code that is shown at the cursor", async () => {
    const { editor, inserted } = editorOn("src/a.ts");
    expect((await insertAtCursor("let x = 1;", editor)).ok).toBe(true);
    expect(inserted).toEqual(["let x = 1;"]);
  });

  it("does nothing in a workspace that is not trusted", async () => {
    fakeEditor.trusted = false;
    const { editor, inserted } = editorOn("src/a.ts");
    expect(await insertAtCursor("x", editor)).toMatchObject({
      failure: { kind: "untrustedWorkspace" },
    });
    expect(inserted).toEqual([]);
  });

  it.each([".vscode/settings.json", ".git/config"])("never changes %s", async (path) => {
    const { editor, inserted } = editorOn(path);
    expect(await insertAtCursor("x", editor)).toMatchObject({
      failure: { kind: "fileNotAllowed" },
    });
    expect(inserted).toEqual([]);
  });
});

describe("Apply works out a diff and writes nothing", () => {
  it("of the selection, when the block names no file", async () => {
    const { editor, inserted } = editorOn("src/a.ts", 0, 1);
    const proposed = await proposeBlock(codeOf(plain), editor);
    expect(proposed).toMatchObject({
      value: [{ path: "src/a.ts", before, after: "let x = 1;\nlet b = 1;\n" }],
    });
    expect(inserted).toEqual([]);
    expect(fakeEditor.documents.get(`file://${folder}/src/a.ts`)?.getText()).toBe(before);
  });

  it("below the cursor's line, when nothing is selected", async () => {
    const { editor } = editorOn("src/a.ts");
    expect(await proposeBlock(codeOf(plain), editor)).toMatchObject({
      value: [{ after: "let a = 1;\nlet x = 1;\nlet b = 1;\n" }],
    });
  });

  it("of a file of the workspace that the block names", async () => {
    fakeEditor.show(`file://${folder}/src/a.ts`, before);
    const proposed = await proposeBlock(codeOf(patch("src/a.ts")), undefined);
    expect(proposed).toMatchObject({
      value: [{ path: "src/a.ts", after: before.replace("a = 1", "a = 2") }],
    });
  });

  it.each(["../secret.ts", "/etc/passwd", "src/link.ts", ".git/config", ".vscode/settings.json"])(
    "not of %s",
    async (path) => {
      fakeEditor.show(`file://${folder}/${path}`, before);
      expect((await proposeBlock(codeOf(patch(path)), undefined)).ok).toBe(false);
    },
  );

  it("not of half a block", async () => {
    const { editor } = editorOn("src/a.ts");
    const status = { kind: "complete", finishReason: "length" } as const;
    const half = findCode(answerTurn({ text: "```ts\nlet x", status }), 0);
    if (half === undefined) throw new Error("there is no such block");
    expect((await proposeBlock(half, editor)).ok).toBe(false);
  });
});

describe("a link opens a file of the workspace only", () => {
  it.each(["src/a.ts", "./src/a.ts", "src/a.ts:2", "src/a.ts#L2", "workspace/src/a.ts:2:3"])(
    "%s is one",
    async (reference) => {
      expect(await findReferences([reference], [])).toEqual([reference]);
      expect(await openReference(reference, [])).toBe(true);
      expect(fakeEditor.executed).toHaveLength(1);
    },
  );

  it.each([
    "../secret.ts",
    "src/../../secret.ts",
    "src/link.ts",
    "/etc/passwd",
    "C:\\secret.ts",
    "file:///etc/passwd",
    "command:workbench.action.quit",
    "https://example.com/a.ts",
    ".git/config",
    "src",
    "nowhere.ts",
    "src/a.ts\u0000",
    "~/.ssh/id_rsa",
  ])("%j is none", async (reference) => {
    expect(await findReferences([reference], [])).toEqual([]);
    expect(await openReference(reference, [])).toBe(false);
    expect(fakeEditor.executed).toEqual([]);
  });

  it("a bare name means the one open file that has it", async () => {
    const near = [Uri.file(`${folder}/src/a.ts`), Uri.file(outside.file("secret.ts"))];
    const uris = near as unknown as Parameters<typeof findReferences>[1];
    expect(await findReferences(["a.ts", "secret.ts"], uris)).toEqual(["a.ts"]);
  });
});
