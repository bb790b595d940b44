import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  DocumentSymbol,
  languages,
  Position,
  Range,
  Selection,
  SymbolKind,
  Uri,
  window,
  workspace,
} from "vscode";
import type { TextEditor } from "vscode";
import { renderContext } from "../../../src/core/context/renderContext";
import { createModelBook } from "../../../src/core/models/modelBook";
import type { ContextBoard } from "../../../src/host/context/contextBoard";
import { createContextBoard } from "../../../src/host/context/createContextBoard";
import { createFileSearch } from "../../../src/host/context/fileSearch";
import { createGit } from "../../../src/host/context/git";
import { watchTerminals } from "../../../src/host/context/terminalWatch";

suite("Context, from the editor as it is", () => {
  const terminal = watchTerminals(() => true);
  const git = createGit();
  let board: ContextBoard;
  setup(() => {
    const state = new Map<string, unknown>();
    board = createContextBoard({
      tokens: { count: (texts) => Promise.resolve(texts.map(({ length }) => length)) },
      state: {
        get: (key) => state.get(key),
        update: (key, value) => Promise.resolve(void state.set(key, value)),
      },
      git,
      terminal,
      editor: () => window.activeTextEditor,
      model: () => createModelBook(undefined, new Map()).find("openai/gpt-oss-120b"),
      offered: () => [],
      wishes: () => "",
    });
  });
  teardown(() => board.dispose());

  const kinds = () => board.items().map(({ kind }) => kind);

  test("the selection goes along, and moves with its lines", async () => {
    const editor = await open("src/cart.ts");
    editor.selection = new Selection(2, 0, 4, 5);
    await board.collect();
    assert.equal(board.chips()[0]?.label, "src/cart.ts:3-5");
    await board.add({ kind: "selection" });
    await editor.edit((edit) => edit.insert(new Position(0, 0), "// a line\n"));
    const { items } = await board.collect();
    assert.match(items.map(renderContext).join("\n"), /src\/cart\.ts \(lines 4-6\)/);
    await window.activeTextEditor?.document.save();
  });

  test("without one, the method around the cursor", async () => {
    const editor = await open("src/cart.ts");
    // The embedded editor comes without TypeScript's own server.
    const symbols = languages.registerDocumentSymbolProvider("typescript", {
      provideDocumentSymbols(document) {
        const all = new Range(0, 0, document.lineCount, 0);
        const cart = new DocumentSymbol("Cart", "", SymbolKind.Class, all, all);
        const lines = new Range(4, 0, 6, 1);
        cart.children = [new DocumentSymbol("add", "", SymbolKind.Method, lines, lines)];
        return [cart];
      },
    });
    editor.selection = new Selection(5, 2, 5, 2);
    await board.collect();
    symbols.dispose();
    assert.equal(board.chips()[0]?.label, "add in src/cart.ts");
    assert.match(board.items().map(renderContext)[0] ?? "", /src\/cart\.ts \(lines 5-7\)/);
    assert.equal(board.items()[0]?.kind, "selection");
  });

  test("files are found, attached, and kept inside", async () => {
    const search = createFileSearch();
    assert.deepEqual((await search.find("cart.ts", 1))[0], {
      path: "src/cart.ts",
      isFolder: false,
    });
    assert.deepEqual((await search.find("reports", 1))[0], { path: "reports", isFolder: true });
    search.dispose();
    await board.setAutomatic(false);
    assert.deepEqual((await board.add({ kind: "path", path: "src/cart.ts" })).failures, []);
    assert.deepEqual((await board.add({ kind: "path", path: "reports" })).failures, []);
    assert.deepEqual(kinds(), ["file", "folder"]);
    // The workspace is in a folder that goes with it.
    const outside = path.join(inProject("").fsPath, "..", "outside.txt");
    writeFileSync(outside, "outside");
    symlinkSync(outside, inProject("link.txt").fsPath);
    for (const uriList of [
      Uri.file(outside).toString(),
      inProject("link.txt").toString(),
      `${inProject("src").toString()}/../../x`,
      `${inProject("src").toString()}/%2e%2e/%2e%2e/etc/passwd`,
    ]) {
      const { failures } = await board.add({ kind: "drop", uriList });
      assert.ok(failures[0]?.kind === "contextRefused", uriList);
    }
    const whole = await board.add({ kind: "drop", uriList: inProject("").toString() });
    assert.deepEqual(whole.failures, []);
    assert.match(board.chips().at(-1)?.label ?? "", /^sampleWorkspace\//);
  });

  test("notes of the project", async () => {
    writeFileSync(inProject("AGENTS.md").fsPath, "Use tabs.");
    await board.collect();
    assert.equal(board.chips()[0]?.label, "AGENTS.md");
  });

  test("changes and ignored files, by the editor's Git", async function () {
    const folder = inProject("").fsPath;
    const run = (...words: string[]) =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...words], { cwd: folder });
    run("init", "-q");
    writeFileSync(inProject(".gitignore").fsPath, "ignored.ts\n");
    writeFileSync(inProject("ignored.ts").fsPath, "let a;");
    run("add", ".");
    run("commit", "-q", "-m", "a");
    writeFileSync(inProject("README.md").fsPath, "Changed.\n");
    await open("README.md");
    await until(async () => (await git.repositoryOf(inProject("README.md"))) !== undefined);
    const { failures } = await board.add({ kind: "gitDiff", scope: "workingTree" });
    assert.deepEqual(failures, []);
    assert.match(board.items().map(renderContext).join(""), /\+Changed\./);
    assert.equal(await git.isIgnored(inProject("ignored.ts")), true);
    assert.equal(await git.isIgnored(inProject("src/cart.ts")), false);
  });

  test("the terminal's last command", async () => {
    const shell = window.createTerminal({ name: "test", shellPath: "/bin/bash" });
    shell.show();
    await until(() => Promise.resolve(shell.shellIntegration !== undefined));
    // The editor loses output that arrives together with the command's start, so this comes later.
    const line = "sleep 0.5; printf '\\033[31mred\\033[0m\\n'; sleep 0.5; false";
    shell.shellIntegration?.executeCommand(line);
    await until(() => Promise.resolve(terminal.lastCommand()?.exitCode !== undefined));
    assert.deepEqual(terminal.lastCommand(), {
      kind: "terminal",
      command: line,
      output: "red",
      exitCode: 1,
      linesLeftOut: 0,
    });
    shell.dispose();
  });
});

function inProject(name: string): Uri {
  const folder = workspace.workspaceFolders?.[0];
  assert.ok(folder);
  return name === "" ? folder.uri : Uri.joinPath(folder.uri, name);
}

async function open(name: string): Promise<TextEditor> {
  return window.showTextDocument(await workspace.openTextDocument(inProject(name)));
}

/** Other extensions may be slow; the test's own time limit ends the wait. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50));
}
