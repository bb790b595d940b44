import { afterAll, beforeAll, expect, test } from "vitest";
import { createCanaryTree, type CanaryTree } from "./importCanary.ts";

/** Per layer: a folder in it, what it may import, and what it must not. `@layer` is the file planted in that layer. */
const LAYERS: Record<string, { folder: string; good: string[]; bad: string[] }> = {
  core: {
    folder: "src/core/planted",
    good: ["./neighbour", "../planted2/neighbour"],
    bad: ["zod", "groq-sdk", "node:fs", "vscode", "../../groq/planted/neighbour"],
  },
  "core's own folder": {
    folder: "src/core",
    good: ["./neighbour"],
    bad: ["zod", "../groq/planted/neighbour", "../host/planted/neighbour"],
  },
  protocol: {
    folder: "src/protocol",
    good: ["zod/mini", "../core/planted/neighbour"],
    bad: ["vscode", "node:fs", "groq-sdk", "../host/planted/neighbour"],
  },
  http: {
    folder: "src/http",
    good: ["eventsource-parser", "zod/mini", "node:timers/promises", "../core/planted/neighbour"],
    bad: ["vscode", "groq-sdk", "../groq/planted/neighbour", "../openai/neighbour"],
  },
  groq: {
    folder: "src/groq",
    good: ["groq-sdk", "node:timers/promises", "../core/planted/neighbour", "../http/neighbour"],
    bad: ["vscode", "preact", "../store/neighbour", "../protocol/neighbour", "../openai/neighbour"],
  },
  openai: {
    folder: "src/openai",
    good: ["zod/mini", "../core/planted/neighbour", "../http/neighbour"],
    bad: ["vscode", "groq-sdk", "openai", "../groq/neighbour", "../store/neighbour"],
  },
  store: {
    folder: "src/store",
    good: ["node:sqlite", "node:worker_threads", "../core/planted/neighbour"],
    bad: ["vscode", "groq-sdk", "node:https", "node:net", "../groq/neighbour"],
  },
  host: {
    folder: "src/host/planted",
    good: ["vscode", "node:path", "../../core/planted/neighbour", "../../protocol/neighbour"],
    bad: [
      "groq-sdk",
      "openai",
      "preact",
      "../../groq/neighbour",
      "../../openai/neighbour",
      "../../http/neighbour",
      "../../store/neighbour",
    ],
  },
  webview: {
    folder: "webview/planted",
    good: ["preact", "preact/hooks", "marked", "../../src/protocol/neighbour"],
    bad: [
      "vscode",
      "node:fs",
      "zod",
      "../../src/core/planted/neighbour",
      "../../src/host/planted/neighbour",
    ],
  },
  "the stand-in": {
    folder: "test/groqServer/planted",
    good: ["node:http"],
    bad: ["../../../src/core/planted/neighbour", "../../../src/protocol/neighbour"],
  },
};

const FORMS: Record<string, (specifier: string) => string> = {
  value: (specifier) => `import * as it from "${specifier}";\nexport const use = String(it);\n`,
  "type-only": (specifier) =>
    `import type * as it from "${specifier}";\nexport type Use = typeof it;\n`,
  require: (specifier) => `export const use: unknown = require("${specifier}");\n`,
  dynamic: (specifier) => `export const use = (): Promise<unknown> => import("${specifier}");\n`,
  "re-export": (specifier) => `export * from "${specifier}";\n`,
  "named re-export": (specifier) => `export * as it from "${specifier}";\n`,
};

const EFFECTS = {
  "Date.now": "export const use = (): number => Date.now();\n",
  "new Date": "export const use = (): unknown => new Date();\n",
  "globalThis.Date": "export const use = (): number => globalThis.Date.now();\n",
  "Math.random": "export const use = (): number => Math.random();\n",
  "Math by destructuring": "export const { random } = Math;\n",
  setTimeout: "export const use = (): unknown => setTimeout(() => {}, 1);\n",
  "performance.now": "export const use = (): number => performance.now();\n",
  fetch: 'export const use = (): unknown => fetch("https://example.org");\n',
};

const NEIGHBOUR =
  "export const neighbour = 1;\nexport interface Shape {\n  readonly side: number;\n}\n";

/** Targets of the imports above that are no layer's own folder. */
const OTHER_TARGETS = [
  "src/core/planted2/neighbour.ts",
  "src/groq/planted/neighbour.ts",
  "src/compose/neighbour.ts",
  "src/extension.ts",
];

let tree: CanaryTree;

beforeAll(() => {
  tree = createCanaryTree();
  for (const target of OTHER_TARGETS) tree.plant(target, NEIGHBOUR);
  for (const { folder, good } of Object.values(LAYERS)) {
    tree.plant(`${folder}/neighbour.ts`, NEIGHBOUR);
    tree.plant(`${folder}/good.ts`, goodImports(good));
  }
});

afterAll(() => tree.remove());

test("what a layer may import passes, and each bad import and effect is reported", async () => {
  const before = await tree.inspect();
  expect(before.output.trim()).toBe("");
  expect(before.clean).toBe(true);

  const planted = plantEverythingBad();
  const { reported } = await tree.inspect();
  const missed = [...planted].filter(([file]) => !reported.has(file)).map(([, what]) => what);
  expect(missed).toEqual([]);
}, 60_000);

function goodImports(specifiers: readonly string[]): string {
  const imports = specifiers.map((specifier, i) => `import type * as it${i} from "${specifier}";`);
  const uses = specifiers.map((_, i) => `  readonly use${i}: typeof it${i};`);
  return [...imports, "export interface Uses {", ...uses, "}", ""].join("\n");
}

/** Plants one file per layer, import and form, and one per effect; gives each file with what is bad in it. */
function plantEverythingBad(): Map<string, string> {
  const planted = new Map<string, string>();
  const plant = (folder: string, source: string, what: string) => {
    const file = `${folder}/bad${planted.size}.ts`;
    tree.plant(file, source);
    planted.set(file, what);
  };
  for (const [layer, { folder, bad }] of Object.entries(LAYERS)) {
    for (const specifier of bad) {
      for (const [form, write] of Object.entries(FORMS)) {
        plant(folder, write(specifier), `${layer}: ${form} of ${specifier}`);
      }
    }
  }
  for (const [effect, source] of Object.entries(EFFECTS)) {
    plant("src/core/planted", source, `core: ${effect}`);
  }
  return planted;
}
