import { build } from "esbuild";
import type { Metafile } from "esbuild";
import { expect, it } from "vitest";

/** The source files that are loaded with `entry`, without those that are imported later. */
function loadedAtOnce({ outputs }: Metafile, entry: string): readonly string[] {
  const loaded = new Set<string>();
  const visit = (file: string): void => {
    if (loaded.has(file)) return;
    loaded.add(file);
    for (const { kind, path, external } of outputs[file]?.imports ?? [])
      if (kind === "import-statement" && external !== true) visit(path);
  };
  for (const [file, { entryPoint }] of Object.entries(outputs))
    if (entryPoint === entry) visit(file);
  return [...loaded].flatMap((file) => Object.keys(outputs[file]?.inputs ?? {}));
}

async function built(): Promise<Metafile> {
  const { metafile } = await build({
    entryPoints: ["src/extension.ts"],
    outdir: "dist",
    write: false,
    metafile: true,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    mainFields: ["module", "main"],
    external: ["vscode"],
    logLevel: "silent",
  });
  return metafile;
}

it("at its start the extension loads no library, and neither chat nor edits nor reports", async () => {
  const loaded = loadedAtOnce(await built(), "src/extension.ts");
  expect(loaded).toContain("src/host/statusBar/meter.ts");
  const heavy =
    /node_modules|^src\/(core\/(chat|edits|prompts|projection)|groq\/groq|host\/editor\/review\.)/;
  expect(loaded.filter((file) => heavy.test(file))).toEqual([]);
});

it("the usage page loads no library, and nothing of the chat, of edits or of Groq's client", async () => {
  const loaded = loadedAtOnce(await built(), "src/compose/usage.ts");
  expect(loaded).toContain("src/host/usageView/usagePage.ts");
  const others =
    /node_modules|^src\/(core\/(chat|edits|prompts)|groq\/groq|host\/(chatView|context|editor)\/)/;
  expect(loaded.filter((file) => others.test(file))).toEqual([]);
});
