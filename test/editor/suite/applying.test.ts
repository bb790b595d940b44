import assert from "node:assert/strict";
import {
  chmodSync,
  existsSync,
  readdirSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { commands, EndOfLine, Position, Uri, window, workspace } from "vscode";
import { TemporaryFolder } from "../../fakes/temporaryFolder";
import {
  createEditorReview,
  givenFile,
  inWorkspace,
  onDisk,
  replaceTwo,
  saved,
  saveNothingByItself,
  textOf,
} from "./reviewInEditor";
import type { EditorReview } from "./reviewInEditor";

const three = "one\ntwo\nthree\n";

suite("An edit, applied to the editor's own documents", () => {
  let desk: EditorReview;
  suiteSetup(saveNothingByItself);
  setup(() => {
    desk = createEditorReview();
  });
  teardown(async () => {
    desk.review.dispose();
    await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await commands.executeCommand("workbench.action.closeAllEditors");
  });

  const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le");
  for (const [name, before, after] of [
    ["line feeds", three, three.replace("two", "zwei")],
    ["carriage returns", "one\r\ntwo\r\nthree\r\n", "one\r\nzwei\r\nthree\r\n"],
    ["a byte order mark", `\ufeff${three}`, `\ufeff${three.replace("two", "zwei")}`],
    ["no final newline", "one\ntwo\nthree", "one\nzwei\nthree"],
    ["UTF-16", utf16("one\r\ntwo\r\nthree\r\n"), utf16("one\r\nzwei\r\nthree\r\n")],
  ] as const)
    test(`${name}: the file keeps its form`, async () => {
      const uri = givenFile(`forms/${name.replaceAll(" ", "-")}.txt`, before);
      assert.equal(await desk.apply(replaceTwo(uri), [uri]), undefined);
      assert.deepEqual(await onDisk(uri), Buffer.from(before));
      await saved(uri);
      assert.deepEqual(await onDisk(uri), Buffer.from(after));
    });

  test("tabs: a hunk that was written with spaces is indented like its file", async () => {
    const uri = givenFile("forms/tabs.ts", "if (a) {\n\tone();\n\ttwo();\n}\n");
    const path = workspace.asRelativePath(uri);
    const hunk = `*** Update File: ${path}\n@@\n if (a) {\n     one();\n-    two();\n+    if (b) {\n+        zwei();\n+    }\n }`;
    assert.equal(await desk.apply(hunk, [uri]), undefined);
    assert.equal(await textOf(uri), "if (a) {\n\tone();\n\tif (b) {\n\t\tzwei();\n\t}\n}\n");
  });

  test("Latin-1: kept when it is changed, and when it is deleted and brought back", async () => {
    const bytes = Buffer.from("one\ntwo\nthree caf\u00e9\n", "latin1");
    const uri = givenFile("forms/latin.txt", bytes);
    const document = await workspace.openTextDocument(uri, { encoding: "iso88591" });
    await window.showTextDocument(document);
    const text = document.getText();
    const change = replaceTwo(uri).replace(" three", " three caf\u00e9");
    assert.equal(await desk.apply(change, [uri]), undefined);
    await saved(uri);
    const changed = Buffer.from(text.replace("two", "zwei"), "latin1");
    assert.deepEqual(await onDisk(uri), changed);

    const deletion = `*** Delete File: ${workspace.asRelativePath(uri)}`;
    assert.equal(await desk.apply(deletion, [uri]), undefined);
    assert.equal(existsSync(uri.fsPath), false);
    assert.equal((await desk.review.undoLast("ask")).ok, true);
    assert.deepEqual(await onDisk(uri), changed);
    assert.equal(await textOf(uri), text.replace("two", "zwei"));
  });

  test("what the user has not saved yet is part of it, and comes back", async () => {
    const uri = givenFile("dirty.txt", three);
    const editor = await window.showTextDocument(await workspace.openTextDocument(uri));
    await editor.edit((edit) => edit.insert(new Position(0, 0), "mine\n"));
    assert.equal(await desk.apply(replaceTwo(uri), [uri]), undefined);
    assert.equal(await textOf(uri), `mine\n${three.replace("two", "zwei")}`);
    assert.equal((await desk.review.undoLast("ask")).ok, true);
    assert.equal(await textOf(uri), `mine\n${three}`);
    assert.equal((await onDisk(uri)).toString(), three);
  });

  test("one press of Ctrl+Z takes it back", async () => {
    const uri = givenFile("undo.txt", three.repeat(3));
    const path = workspace.asRelativePath(uri);
    await window.showTextDocument(await workspace.openTextDocument(uri));
    const lines = `*** Update File: ${path}\n@@\n-one\n+first\n two\n three\n one\n two\n three\n one\n two\n-three\n+last`;
    assert.equal(await desk.apply(lines, [uri]), undefined);
    assert.match(await textOf(uri), /^first[^]*last\n$/);
    await commands.executeCommand("undo");
    assert.equal(await textOf(uri), three.repeat(3));
  });

  test("a document whose tab was closed meanwhile", async () => {
    const uri = givenFile("closed.txt", three);
    await window.showTextDocument(await workspace.openTextDocument(uri));
    assert.equal(await desk.open(replaceTwo(uri), [uri]), undefined);
    await window.tabGroups.close(
      window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .filter(({ label }) => label === "closed.txt"),
    );
    assert.equal((await desk.review.acceptAll()).ok, true);
    assert.equal(await textOf(uri), three.replace("two", "zwei"));
  });

  test("a document whose line endings were changed meanwhile is not what was shown", async () => {
    const uri = givenFile("endings.txt", three);
    assert.equal(await desk.open(replaceTwo(uri), [uri]), undefined);
    const editor = await window.showTextDocument(await workspace.openTextDocument(uri));
    await editor.edit((edit) => edit.setEndOfLine(EndOfLine.CRLF));
    const applied = await desk.review.acceptAll();
    assert.deepEqual(applied.ok || applied.failure, {
      kind: "documentChanged",
      path: "endings.txt",
    });
  });

  test("a file that was written by someone else a moment ago", async () => {
    const uri = givenFile("written.txt", three);
    assert.equal(await desk.open(replaceTwo(uri), [uri]), undefined);
    writeFileSync(uri.fsPath, `theirs\n${three}`);
    const applied = await desk.review.acceptAll();
    assert.deepEqual(applied.ok || applied.failure, {
      kind: "documentChanged",
      path: "written.txt",
    });
    assert.equal((await onDisk(uri)).toString(), `theirs\n${three}`);
  });

  test("a file that was deleted meanwhile keeps the others as they are", async () => {
    const uri = givenFile("deleted.txt", three);
    const other = givenFile("other.txt", three);
    const both = `${replaceTwo(other)}\n${replaceTwo(uri)}`;
    assert.equal(await desk.open(both, [uri, other]), undefined);
    unlinkSync(uri.fsPath);
    const applied = await desk.review.acceptAll();
    assert.deepEqual(applied.ok || applied.failure, { kind: "fileMissing", path: "deleted.txt" });
    assert.equal(await textOf(other), three);
  });

  test("a file that may not be written", async () => {
    const uri = givenFile("readonly.txt", three);
    chmodSync(uri.fsPath, 0o444);
    assert.deepEqual(await desk.open(replaceTwo(uri), [uri]), {
      kind: "readOnly",
      path: "readonly.txt",
    });
  });

  test("an untitled document", async () => {
    const document = await workspace.openTextDocument({ content: three });
    await window.showTextDocument(document);
    assert.equal(await desk.apply(replaceTwo(document.uri), [document.uri]), undefined);
    assert.equal(document.getText(), three.replace("two", "zwei"));
    assert.equal((await desk.review.undoLast("ask")).ok, true);
    assert.equal(document.getText(), three);
  });

  test("new files where a link, letter case or dots would lead elsewhere", async () => {
    using outside = new TemporaryFolder();
    const links = [inWorkspace("out").fsPath, inWorkspace("dangling.txt").fsPath] as const;
    symlinkSync(outside.path, links[0]);
    symlinkSync("/nowhere/at/all", links[1]);
    for (const path of [
      "out/escaped.txt",
      "out/deep/escaped.txt",
      "dangling.txt",
      "../escaped.txt",
      ".vscode/settings.json",
      ".VSCODE/Settings.json",
      "src/.git/hooks/pre-commit",
      "src/\u202etxt.exe",
    ]) {
      const refused = await desk.apply(`*** Add File: ${path}\n+evil`, []);
      assert.match(refused?.kind ?? "applied", /^(?:fileNotAllowed|editNotApplicable)$/, path);
    }
    // So that the searches of later tests find no linked folders.
    for (const link of links) unlinkSync(link);
    assert.deepEqual(readdirSync(outside.path), []);
    assert.equal(existsSync(inWorkspace(".VSCODE/Settings.json").fsPath), false);
  });

  test("all kinds of files in one edit; undone after saving, all are back", async () => {
    const changed = givenFile("kinds/changed.txt", three);
    const gone = givenFile("kinds/gone.txt", three);
    const moved = givenFile("kinds/moved.txt", three);
    const [made, there] = [inWorkspace("kinds/made.txt"), inWorkspace("kinds/there.txt")];
    const operations = [
      replaceTwo(changed),
      "*** Add File: kinds/made.txt\n+new",
      "*** Delete File: kinds/gone.txt",
      "*** Update File: kinds/moved.txt\n*** Move to: kinds/there.txt\n@@\n one\n-two\n+zwei\n three",
    ].join("\n");
    assert.equal(await desk.apply(operations, [changed, gone, moved]), undefined);
    for (const uri of [changed, made, there]) await saved(uri);
    assert.equal((await onDisk(made)).toString(), "new\n");
    assert.equal((await onDisk(there)).toString(), three.replace("two", "zwei"));
    for (const uri of [gone, moved]) assert.equal(existsSync(uri.fsPath), false);
    assert.equal((await desk.review.undoLast("ask")).ok, true);
    assert.equal(await textOf(changed), three);
    for (const uri of [gone, moved]) assert.equal((await onDisk(uri)).toString(), three);
    for (const uri of [made, there]) assert.equal(existsSync(uri.fsPath), false);
  });
});

suite("An edit of a notebook's cells", () => {
  const cell = (source: string) => ({
    cell_type: "code",
    source: [source],
    metadata: {},
    outputs: [],
    execution_count: null,
  });
  const content = {
    cells: [cell("one\ntwo\nthree"), cell("two")],
    metadata: { language_info: { name: "python" } },
    nbformat: 4,
    nbformat_minor: 5,
  };

  test("changes the cell that is meant, and is undone", async () => {
    const uri = givenFile("cells.ipynb", JSON.stringify(content));
    const notebook = await workspace.openNotebookDocument(uri);
    const desk = createEditorReview();
    const cells = notebook.getCells().map(({ document }) => document);
    const [first, second] = cells;
    assert.ok(first && second);
    assert.equal(await desk.apply(replaceTwo(first.uri), [first.uri, second.uri]), undefined);
    assert.equal(first.getText(), "one\nzwei\nthree");
    assert.equal(second.getText(), "two");
    assert.equal((await desk.review.undoLast("ask")).ok, true);
    assert.equal(first.getText(), "one\ntwo\nthree");
    desk.review.dispose();
  });

  test("is refused where the notebook may not be written", async () => {
    const uri = givenFile("locked.ipynb", JSON.stringify(content));
    const notebook = await workspace.openNotebookDocument(uri);
    chmodSync(uri.fsPath, 0o444);
    const desk = createEditorReview();
    const { uri: first } = notebook.cellAt(0).document;
    assert.deepEqual(await desk.open(replaceTwo(first), [first]), {
      kind: "readOnly",
      path: "locked.ipynb#1",
    });
    desk.review.dispose();
  });
});

test("a document that is only shown, as a file of an earlier commit, takes no edit", async () => {
  const registration = workspace.registerTextDocumentContentProvider("groq-coder-test-shown", {
    provideTextDocumentContent: () => three,
  });
  const uri = Uri.parse("groq-coder-test-shown:/shown.txt");
  await workspace.openTextDocument(uri);
  const desk = createEditorReview();
  const refused = await desk.apply(replaceTwo(uri), [uri]);
  assert.deepEqual(refused, { kind: "readOnly", path: "shown.txt" });
  assert.equal(await textOf(uri), three);
  desk.review.dispose();
  registration.dispose();
});
