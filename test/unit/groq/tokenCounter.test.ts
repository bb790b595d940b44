import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTokenCounter } from "../../../src/groq/tokenCounter";
import type { TokenCounterClient } from "../../../src/groq/tokenCounter";

// The real thread, bundled as the extension bundles it.
let folder: string;
let counter: TokenCounterClient;
/** A slow machine takes its time to load the tokenizer. */
const patient = 60_000;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "groq-coder-tokens-"));
  await build({
    entryPoints: ["src/groq/tokenWorker.ts"],
    outfile: join(folder, "tokenWorker.mjs"),
    bundle: true,
    format: "esm",
    platform: "node",
  });
  counter = createTokenCounter(join(folder, "tokenWorker.mjs"), patient);
});
afterAll(async () => {
  await counter.close();
  rmSync(folder, { recursive: true });
});

it("counts each text under o200k", async () => {
  expect(await counter.count(["hello", "", "<|start|>"])).toEqual([1, 0, 5]);
});

it("answers calls side by side each with its own counts", async () => {
  const texts = Array.from({ length: 20 }, (_, index) => "word ".repeat(index));
  const counts = await Promise.all(texts.map((text) => counter.count([text])));
  expect(counts).toEqual(texts.map((_, index) => [index === 0 ? 0 : index + 1]));
});

it("tells what it has counted before without its thread", async () => {
  const program = join(folder, "gone.mjs");
  copyFileSync(join(folder, "tokenWorker.mjs"), program);
  const counted = createTokenCounter(program, patient);
  const texts = ["hello", "two words", "hello"];
  expect(await counted.count(texts)).toEqual([1, 2, 1]);
  const long = "word ".repeat(20_000);
  expect(await counted.count([long])).toEqual([20_001]);
  rmSync(program);
  await counted.close();
  expect(await counted.count(texts)).toEqual([1, 2, 1]);
  for (const unknown of ["a third", long])
    expect(await counted.count(["hello", unknown])).toBeUndefined();
});

it.for([
  ["a run of letters that would take minutes", "a".repeat(100_000)],
  ["a run of a dense script", "漢".repeat(50_000)],
  ["more than any context holds", "word ".repeat(300_000)],
])("does not count %s", async ([, text = ""]) => {
  expect(await counter.count([text])).toBeUndefined();
});

it("tells that it cannot count when its thread does not start", async () => {
  const broken = createTokenCounter(join(folder, "missing.mjs"));
  expect(await broken.count(["hello"])).toBeUndefined();
  expect(await broken.count(["hello"])).toBeUndefined();
});
