import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { commands, extensions } from "vscode";

const EXTENSION = "groq-coder.groq-coder";

interface Manifest {
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

suite("The extension in the editor", () => {
  test("is present and activates", async () => {
    const extension = found();
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  test("registers every command of package.json", async () => {
    await found().activate();
    const registered = new Set(await commands.getCommands(true));
    const missing = manifest().contributes.commands.filter(
      ({ command }) => !registered.has(command),
    );
    assert.deepEqual(missing, []);
  });

  test("asks for no proposed API", () => {
    assert.equal("enabledApiProposals" in manifest(), false);
  });

  test("is type-checked against the oldest editor that it supports", () => {
    const { engines, devDependencies } = manifest();
    assert.equal(engines.vscode, `^${devDependencies["@types/vscode"]}`);
  });
});

function found() {
  const extension = extensions.getExtension(EXTENSION);
  assert.ok(extension, `${EXTENSION} is not in this editor`);
  return extension;
}

/** The file itself: the editor's copy of it comes without development fields. */
function manifest(): Manifest {
  const file = path.join(found().extensionPath, "package.json");
  return JSON.parse(readFileSync(file, "utf8")) as Manifest;
}
