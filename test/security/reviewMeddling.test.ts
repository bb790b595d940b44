import { chmodSync, linkSync, mkdirSync, rmdirSync, symlinkSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fakeEditor } from "../fakes/fakeEditor";
import { createLastEditor } from "../../src/host/editor/lastEditor";
import { proposeText } from "../../src/host/editor/proposal";
import { acceptEdit, rejectEdit } from "../../src/host/commands/reviewCommands";
import { chatBench } from "../unit/chat/chatBench";
import { nine, update, updated, useReview } from "./reviewBench";

const bench = useReview();
const { given, onDisk, textOf, open } = bench;

describe("acts that overlap come one after the other", () => {
  it("two presses of Accept apply once, and the second takes nothing back", async () => {
    given("a.ts");
    const { id } = await open(update("a.ts"), ["a.ts"]);
    const [first, second] = await Promise.all([bench.review.accept(id), bench.review.accept(id)]);
    expect(first).toMatchObject({ ok: true });
    expect(second).toMatchObject({ failure: { kind: "noProposal" } });
    expect(textOf("a.ts")).toBe(updated);
    expect(bench.store.edits).toHaveLength(1);
  });

  it("Accept and Reject at once: the first counts", async () => {
    given("a.ts");
    const { id } = await open(update("a.ts"), ["a.ts"]);
    await Promise.all([bench.review.accept(id), bench.review.rejectAll()]);
    expect(textOf("a.ts")).toBe(updated);
    expect(bench.review.stateOf(id)).toEqual({ kind: "accepted", changes: 2, of: 2 });
  });

  it("two undos at once undo one edit", async () => {
    given("a.ts");
    await open(update("a.ts"), ["a.ts"]);
    await bench.review.acceptAll();
    const both = await Promise.all([bench.review.undoLast("ask"), bench.review.undoLast("ask")]);
    expect(both).toMatchObject([{ ok: true }, { failure: { kind: "nothingToUndo" } }]);
    expect(textOf("a.ts")).toBe(nine);
  });

  it("an edit that is opened while another is applied does not lose its review", async () => {
    given("a.ts");
    given("b.ts");
    const { id } = await open(update("a.ts"), ["a.ts"]);
    const applying = bench.review.accept(id);
    const { id: next } = await open(update("b.ts"), ["b.ts"]);
    expect(await applying).toMatchObject({ ok: true });
    expect(bench.review.stateOf(next)).toEqual({ kind: "reviewing" });
    expect(await bench.review.accept(next)).toMatchObject({ ok: true });
    expect(textOf("b.ts")).toBe(updated);
  });
});

describe("stale is refused, and can be reviewed again", () => {
  it("against the file as it is now", async () => {
    const document = given("a.ts");
    await open(update("a.ts"), ["a.ts"]);
    document.change(`// mine\n${nine}`);
    expect(await bench.review.acceptAll()).toMatchObject({ failure: { kind: "documentChanged" } });
    expect(await bench.review.openAgain()).toMatchObject({ ok: true });
    expect(await bench.review.acceptAll()).toMatchObject({ ok: true });
    expect(textOf("a.ts")).toBe(`// mine\n${updated}`);
  });

  it("a file that was changed on the disk, which the editor has not seen yet", async () => {
    given("a.ts");
    await open(update("a.ts"), ["a.ts"]);
    writeFileSync(bench.folder.file("a.ts"), `// by a tool\n${nine}`);
    expect(await bench.review.acceptAll()).toEqual({
      ok: false,
      failure: { kind: "documentChanged", path: "a.ts" },
    });
    expect(onDisk("a.ts")).toBe(`// by a tool\n${nine}`);
    expect(textOf("a.ts")).toBe(nine);
  });

  it("there is nothing to review again before something was reviewed", async () => {
    expect(await bench.review.openAgain()).toMatchObject({ failure: { kind: "noProposal" } });
  });
});

it("another extension decides on a change by its id or its number, and on none by a wrong one", async () => {
  given("a.ts");
  const { id } = await open(update("a.ts"), ["a.ts"]);
  const { review } = bench;
  expect(review.changes()).toEqual([
    { id: `${id}/0/0`, path: "a.ts" },
    { id: `${id}/0/1`, path: "a.ts" },
  ]);
  const chat = chatBench().chat;
  for (const wrong of [2, -1, 0.5, "0", `${id}/0/2`, ""])
    expect(await acceptEdit({ chat, review }, wrong)).toMatchObject({
      failure: { kind: "noProposal" },
    });
  expect(await acceptEdit({ chat, review }, 1)).toEqual({ ok: true });
  expect(await rejectEdit({ chat, review }, review.changes()[0]?.id)).toEqual({ ok: true });
  expect(textOf("a.ts")).toBe(nine.replace("l7", "A7"));
  expect(review.changes()).toEqual([]);
});

it("opened once more it is seen again, with what was decided", async () => {
  given("a.ts");
  const { id } = await open(update("a.ts"), ["a.ts"]);
  await bench.review.accept(`${id}/0/1`);
  fakeEditor.activeTextEditor = undefined;
  expect(await bench.review.openAgain()).toMatchObject({ ok: true });
  expect(fakeEditor.activeTextEditor).toBeDefined();
  expect(await bench.review.reject()).toMatchObject({ ok: true });
  expect(textOf("a.ts")).toBe(nine.replace("l7", "A7"));
});

it("an edit that was applied is told from one that does not fit: no repair is paid for", async () => {
  given("a.ts");
  await open(update("a.ts"), ["a.ts"]);
  await bench.review.acceptAll();
  const { result } = await open(update("a.ts"), ["a.ts"]);
  expect(result).toEqual({ ok: false, failure: { kind: "alreadyApplied" } });
  expect(textOf("a.ts")).toBe(updated);
});

describe("what came to be in the last moment is no one's to delete", () => {
  const made = "*** Add File: new.ts\n+made";

  it.each([
    ["a file", "theirs\n"],
    ["no text", Buffer.from([0xff, 0x00])],
  ])("%s where one is to be made", async (_name, theirs) => {
    given("a.ts");
    await open(`${update("a.ts")}\n${made}`, ["a.ts"]);
    fakeEditor.beforeEdit = (number) => {
      if (number === 1) writeFileSync(bench.folder.file("new.ts"), theirs);
    };
    expect(await bench.review.acceptAll()).toMatchObject({ failure: { kind: "applyRefused" } });
    expect(onDisk("new.ts")).toBe(theirs.toString());
    expect(textOf("a.ts")).toBe(nine);
  });

  it("a file where one is to move", async () => {
    given("old.ts");
    await open("*** Update File: old.ts\n*** Move to: moved.ts\n@@\n l0\n-l1\n+A1\n l2", [
      "old.ts",
    ]);
    fakeEditor.beforeEdit = (number) => {
      if (number === 1) writeFileSync(bench.folder.file("moved.ts"), "theirs\n");
    };
    expect(await bench.review.acceptAll()).toMatchObject({ failure: { kind: "applyRefused" } });
    expect(onDisk("moved.ts")).toBe("theirs\n");
    expect(onDisk("old.ts")).toBe(nine);
  });
});

describe("where a file lies guards it, whatever it is called", () => {
  const guarded = { ok: false, failure: { kind: "guardedLeft" } };

  it("a link to a file that is run", async () => {
    mkdirSync(bench.folder.file(".github/workflows"), { recursive: true });
    writeFileSync(bench.folder.file(".github/workflows/ci.yml"), nine);
    symlinkSync(bench.folder.file(".github/workflows/ci.yml"), bench.folder.file("notes.md"));
    fakeEditor.show(bench.address("notes.md"), nine);
    await open(update("notes.md"), ["notes.md"]);
    expect(await bench.review.acceptAll()).toMatchObject(guarded);
    expect(onDisk(".github/workflows/ci.yml")).toBe(nine);
  });

  it("a new file in a folder that is a link", async () => {
    mkdirSync(bench.folder.file(".husky"));
    symlinkSync(bench.folder.file(".husky"), bench.folder.file("docs"));
    await open("*** Add File: docs/deep/notes.md\n+x", []);
    expect(await bench.review.acceptAll()).toMatchObject(guarded);
    expect(onDisk(".husky/deep/notes.md")).toBeUndefined();
  });

  it("a move into such a folder", async () => {
    mkdirSync(bench.folder.file(".husky"));
    symlinkSync(bench.folder.file(".husky"), bench.folder.file("docs"));
    given("a.md");
    await open("*** Update File: a.md\n*** Move to: docs/a.md\n@@\n l0\n-l1\n+A1\n l2", ["a.md"]);
    expect(await bench.review.acceptAll()).toMatchObject(guarded);
    expect(onDisk(".husky/a.md")).toBeUndefined();
  });

  it("a workspace that is such a folder itself", async () => {
    mkdirSync(bench.folder.file(".github"));
    fakeEditor.folder = bench.folder.file(".github");
    await open("*** Add File: ci.txt\n+x", []);
    expect(await bench.review.acceptAll()).toMatchObject(guarded);
    expect(onDisk(".github/ci.txt")).toBeUndefined();
  });

  it("what has a second name as a hook", async () => {
    given("a.ts");
    mkdirSync(bench.folder.file(".git/hooks"), { recursive: true });
    linkSync(bench.folder.file("a.ts"), bench.folder.file(".git/hooks/pre-commit"));
    await open(update("a.ts"), ["a.ts"]);
    expect(await bench.review.acceptAll()).toMatchObject({ failure: { kind: "guardedLeft" } });
    expect(textOf("a.ts")).toBe(nine);
  });

  it("a folder that becomes a link to where things are run, after the review was shown", async () => {
    mkdirSync(bench.folder.file("lib"));
    mkdirSync(bench.folder.file(".github/workflows"), { recursive: true });
    await open("*** Add File: lib/new.yml\n+on: push", []);
    rmdirSync(bench.folder.file("lib"));
    symlinkSync(bench.folder.file(".github/workflows"), bench.folder.file("lib"));
    expect(await bench.review.acceptAll()).toMatchObject({ failure: { kind: "documentChanged" } });
    expect(onDisk(".github/workflows/new.yml")).toBeUndefined();
  });

  it("the folders above the workspace do not count", async () => {
    mkdirSync(bench.folder.file(".claude/worktrees/a"), { recursive: true });
    fakeEditor.folder = bench.folder.file(".claude/worktrees/a");
    given(".claude/worktrees/a/b.ts");
    const { result } = await open("*** Add File: c.ts\n+x", []);
    expect(result).toMatchObject({ ok: true });
    expect(await bench.review.acceptAll()).toMatchObject({ ok: true });
    expect(onDisk(".claude/worktrees/a/c.ts")).toBeDefined();
  });
});

describe("a move onto a file that was shown as well", () => {
  it("is shown as what it does to both", async () => {
    given("a.ts");
    given("b.ts", "other\n");
    await open("*** Update File: a.ts\n*** Move to: b.ts", ["a.ts", "b.ts"]);
    expect(bench.review.changes().map(({ path }) => path)).toEqual(["a.ts", "b.ts"]);
    expect(await bench.review.acceptAll()).toMatchObject({ ok: true });
    expect(onDisk("a.ts")).toBeUndefined();
    expect(textOf("b.ts")).toBe(nine);
  });

  it("is refused where that is the editor's configuration", async () => {
    given("a.ts");
    mkdirSync(bench.folder.file(".vscode"));
    given(".vscode/settings.json", "{}\n");
    const paths = ["a.ts", ".vscode/settings.json"];
    const move = "*** Update File: a.ts\n*** Move to: .vscode/settings.json";
    const { result } = await open(move, paths);
    expect(result).toMatchObject({ failure: { kind: "fileNotAllowed", path: paths[1] } });
  });
});

it("a line that was there is not held against an edit beside it", async () => {
  const known = '"$schema": "https://known.example/s.json"';
  given("a.json", `${known}\n1\n`);
  await open(`*** Update File: a.json\n@@\n ${known}\n-1\n+2`, ["a.json"]);
  expect(await bench.review.acceptAll()).toMatchObject({ ok: true });
});

it("a file that nobody may write to is not reviewed", async () => {
  given("a.ts");
  chmodSync(bench.folder.file("a.ts"), 0o444);
  const { result } = await open(update("a.ts"), ["a.ts"]);
  expect(result).toEqual({ ok: false, failure: { kind: "readOnly", path: "a.ts" } });
});

it("the view of a review is no editor that code is applied to", async () => {
  given("a.ts");
  await open(update("a.ts"), ["a.ts"]);
  expect(fakeEditor.activeTextEditor?.document.uri.toString()).toMatch(/^groq-coder-review:/);
  const lastEditor = createLastEditor();
  expect(lastEditor.current()).toBeUndefined();
  lastEditor.dispose();
});

it("one name of two files means neither", async () => {
  given("a.ts");
  given("b.ts");
  const answer = { path: "a.ts", languageId: "", startLine: 1, endLine: 1, text: "" };
  const patch = `*** Begin Patch\n${update("a.ts")}\n*** End Patch`;
  const offered = ["a.ts", "b.ts"].map((file) => ({ ...answer, uri: bench.address(file) }));
  expect(await proposeText(patch, offered, undefined)).toEqual({
    ok: false,
    failure: { kind: "fileNotAllowed", path: "a.ts", reason: "ambiguous" },
  });
});
