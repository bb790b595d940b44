import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AnswerTurn } from "../../src/core/chat/conversation";
import type { Result } from "../../src/core/dispatch/failure";
import { applyAccepted } from "../../src/host/editor/applyFiles";
import { proposeFrom } from "../../src/host/editor/proposal";
import type { ProposedFile } from "../../src/host/editor/proposal";
import { createReview } from "../../src/host/editor/createReview";
import type { ReviewDesk } from "../../src/host/editor/review";
import { fakeEditor } from "../fakes/fakeEditor";
import type { FakeDocument } from "../fakes/fakeEditor";
import { MemoryAppliedEdits } from "../fakes/memoryAppliedEdits";
import { MemoryState } from "../fakes/memoryState";
import { TemporaryFolder } from "../fakes/temporaryFolder";
import { answerTurn } from "../unit/store/storeSamples";

const before = "let a = 1;\nlet b = 1;\nlet c = 1;\n";
const after = "let a = 1;\nlet b = 2;\nlet c = 1;\n";

let folder: TemporaryFolder;
let document: FakeDocument;
let uri: string;
beforeEach(() => {
  fakeEditor.reset();
  folder = new TemporaryFolder();
  fakeEditor.folder = folder.path;
  writeFileSync(folder.file("a.ts"), before);
  uri = `file://${folder.file("a.ts")}`;
  document = fakeEditor.show(uri, before);
});
afterEach(() => folder[Symbol.dispose]());

function offered() {
  const text = document.getText();
  return [{ uri, path: "a.ts", languageId: "typescript", startLine: 1, endLine: 3, text }];
}

function answer(operation: string): AnswerTurn {
  return answerTurn({ task: "edit", text: `*** Begin Patch\n${operation}\n*** End Patch` });
}

const update = answer(
  "*** Update File: a.ts\n@@\n let a = 1;\n-let b = 1;\n+let b = 2;\n let c = 1;",
);

async function propose(turn: AnswerTurn): Promise<readonly ProposedFile[]> {
  const proposed = await proposeFrom(turn, offered());
  if (!proposed.ok) throw new Error(proposed.failure.kind);
  return proposed.value;
}

async function applyAll(files: readonly ProposedFile[]): Promise<Result<unknown>> {
  return applyAccepted(
    files.map((file) => ({
      file,
      outcome: { kind: "change", text: file.kind === "change" ? file.after : "" },
    })),
  );
}

function newReview(): ReviewDesk {
  let id = 0;
  return createReview({
    store: new MemoryAppliedEdits(),
    state: new MemoryState(),
    clock: { now: () => 0 },
    newId: () => String(++id),
  });
}

describe("what is applied is what was shown", () => {
  it("changes exactly the shown lines", async () => {
    const [file] = await propose(update);
    expect(file).toMatchObject({ path: "a.ts", before, after });
    expect(document.getText()).toBe(before);
    expect(await applyAll(await propose(update))).toMatchObject({ ok: true });
    expect(document.getText()).toBe(after);
  });

  it.each([
    ["elsewhere in the file", `${before}// more\n`],
    ["in the very lines", before.replace("b = 1", "b = 9")],
    ["to what the edit would make of it", after],
    ["and back again", before],
  ])("is refused when the document changed meanwhile, %s", async (_name, text) => {
    const files = await propose(update);
    document.change(`${before} `);
    document.change(text);
    expect(await applyAll(files)).toEqual({
      ok: false,
      failure: { kind: "documentChanged", path: "a.ts" },
    });
    expect(document.getText()).toBe(text);
  });

  it("is refused when the text differs under the same version", async () => {
    const files = await propose(update);
    document.change(`${before}// swapped\n`);
    document.version--;
    expect(await applyAll(files)).toMatchObject({ failure: { kind: "documentChanged" } });
  });

  it("is refused when the file is gone", async () => {
    const files = await propose(update);
    fakeEditor.documents.clear();
    rmSync(folder.file("a.ts"));
    expect(await applyAll(files)).toMatchObject({ failure: { kind: "fileMissing" } });
  });

  it("says so when the editor does not take it", async () => {
    const files = await propose(update);
    fakeEditor.takesEdits = false;
    expect(await applyAll(files)).toMatchObject({ failure: { kind: "applyRefused" } });
  });

  it("is refused for all files when one has changed", async () => {
    const [file] = await propose(update);
    if (file === undefined) throw new Error("nothing was proposed");
    const stale = { ...file, path: "b.ts", version: 7 };
    expect(await applyAll([file, stale])).toMatchObject({ ok: false });
    expect(document.getText()).toBe(before);
  });
});

describe("an answer that is not whole is not shown as an edit", () => {
  it.each([
    { kind: "complete", finishReason: "length" },
    { kind: "streaming" },
    { kind: "waiting" },
    { kind: "failed", failure: { kind: "cutOff" } },
    { kind: "failed", failure: { kind: "stopped" } },
  ] as const)("%j", async (status) => {
    expect(await proposeFrom({ ...update, status }, offered())).toEqual({
      ok: false,
      failure: { kind: "answerIncomplete" },
    });
  });
});

describe("an answer reaches only files that were offered with the question", () => {
  it.each([
    "*** Add File: .vscode/settings.json\n+{}",
    "*** Add File: ../new.ts\n+evil",
    "*** Add File: there.ts\n+evil",
    "*** Add File: dangling.ts\n+evil",
    "*** Add File: out/new.ts\n+evil",
    "*** Add File: hooks/pre-commit\n+evil",
    "*** Add File: nul.txt\n+evil",
    "*** Add File: .git/hooks/pre-commit\n+evil",
    "*** Update File: ../../etc/hosts\n-let b = 1;\n+let b = 2;",
    "*** Update File: /etc/hosts\n-let b = 1;\n+let b = 2;",
    "*** Delete File: b.ts",
    "*** Delete File: there.ts",
    "*** Update File: a.ts\n*** Move to: .vscode/tasks.json\n-let b = 1;\n+let b = 2;",
    "*** Update File: a.ts\n*** Move to: there.ts\n-let b = 1;\n+let b = 2;",
    "*** Update File: a.ts\n*** Move to: out/b.ts\n-let b = 1;\n+let b = 2;",
    "*** Update File: A.TS:stream\n-let b = 1;\n+let b = 2;",
  ])("%j is refused whole", async (operation) => {
    writeFileSync(folder.file("there.ts"), before);
    symlinkSync("/nowhere/at/all", folder.file("dangling.ts"));
    symlinkSync("/tmp", folder.file("out"));
    mkdirSync(folder.file(".git/hooks"), { recursive: true });
    symlinkSync(folder.file(".git/hooks"), folder.file("hooks"));
    fakeEditor.folder = folder.path;
    const proposed = await proposeFrom(answer(operation), offered());
    expect(proposed).toMatchObject({ ok: false });
    if (!proposed.ok)
      expect(proposed.failure.kind).toMatch(/^(?:fileNotAllowed|editNotApplicable|noEdit)$/);
  });

  it.each(["Add File: .git/hooks/pre-commit\n+evil", "Update File: x/../.git/config\n-a\n+b"])(
    "Git's own files are named as such: %j",
    async (operation) => {
      expect(await proposeFrom(answer(`*** ${operation}`), offered())).toMatchObject({
        failure: { kind: "fileNotAllowed", reason: "git" },
      });
    },
  );

  it("one forbidden file spoils the allowed one beside it", async () => {
    const both = `${update.text.replace("*** End Patch", "")}*** Add File: .vscode/settings.json\n+{}\n*** End Patch`;
    expect(await proposeFrom({ ...update, text: both }, offered())).toMatchObject({ ok: false });
  });
});

describe("in a workspace that is not trusted nothing is shown or applied", () => {
  it("not opened", async () => {
    fakeEditor.trusted = false;
    expect(await newReview().open(update, offered())).toEqual({
      ok: false,
      failure: { kind: "untrustedWorkspace" },
    });
  });

  it("not accepted when trust was lost after it was opened", async () => {
    const review = newReview();
    expect(await review.open(update, offered())).toMatchObject({ ok: true });
    fakeEditor.trusted = false;
    expect(await review.accept()).toMatchObject({ failure: { kind: "untrustedWorkspace" } });
    expect(document.getText()).toBe(before);
  });
});

describe("accepting names what is under review", () => {
  it("another answer's id accepts nothing", async () => {
    const review = newReview();
    await review.open(update, offered());
    expect(await review.accept("another")).toMatchObject({ failure: { kind: "noProposal" } });
    expect(document.getText()).toBe(before);
    expect(await review.accept(update.id)).toMatchObject({ ok: true });
    expect(document.getText()).toBe(after);
  });

  it("accepting twice applies once", async () => {
    const review = newReview();
    await review.open(update, offered());
    await review.accept();
    expect(await review.accept()).toMatchObject({ failure: { kind: "noProposal" } });
  });

  it("what was rejected cannot be accepted", async () => {
    const review = newReview();
    await review.open(update, offered());
    await review.reject();
    expect(await review.accept()).toMatchObject({ failure: { kind: "noProposal" } });
    expect(document.getText()).toBe(before);
  });
});

describe("where the file really lies decides, not what it is called here", () => {
  const check = (
    name: string,
    place: (root: TemporaryFolder) => string,
    reason: "git" | "editorConfiguration",
  ) =>
    it(name, async () => {
      const address = place(folder);
      fakeEditor.show(address, before);
      const text = before;
      const file = {
        uri: address,
        path: "a.ts",
        languageId: "typescript",
        startLine: 1,
        endLine: 3,
        text,
      };
      expect(await proposeFrom(update, [file])).toMatchObject({
        ok: false,
        failure: { kind: "fileNotAllowed", path: "a.ts", reason },
      });
    });

  check(
    "Git's configuration, opened outside a workspace",
    (root) => `file://${root.file(".git/config")}`,
    "git",
  );
  check(
    "settings in a folder that is the workspace itself",
    (root) => `file://${root.file(".vscode/settings.json")}`,
    "editorConfiguration",
  );
  check(
    "the user's own settings",
    () => "vscode-userdata:///User/settings.json",
    "editorConfiguration",
  );
  check(
    "a link to Git's hooks",
    (root) => {
      mkdirSync(root.file(".git/hooks"), { recursive: true });
      writeFileSync(root.file(".git/hooks/pre-commit"), before);
      symlinkSync(root.file(".git/hooks/pre-commit"), root.file("harmless.ts"));
      return `file://${root.file("harmless.ts")}`;
    },
    "git",
  );
});
