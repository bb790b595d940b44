import { inRoot } from "../system/layout.mjs";

/**
 * @import * as catalogue from "../../src/core/models/catalogue"
 * @import * as audio from "../../src/core/models/audioModels"
 * @import * as superseded from "../../src/core/models/supersededPrices"
 * @import * as price from "../../src/core/budget/price"
 * @import * as money from "../../src/core/budget/money"
 * @import * as projection from "../../src/core/projection/projection"
 */

/** @typedef {{ kind: string, provider?: string }} ExampleFailure */
/** @typedef {{ title: string, detail: string, actions: { label: string }[] }} Explanation */
/** @typedef {(failure: ExampleFailure) => Explanation | undefined} Explain */

/**
 * @typedef {typeof catalogue & typeof audio & typeof superseded & typeof price & typeof money
 *   & typeof projection & { failureExamples: Record<string, ExampleFailure[]> } & Record<ExplainName, Explain>} SourceFacts
 */

/**
 * @typedef {"explainAccountFailure" | "explainRequestFailure" | "explainBudgetFailure"
 *   | "explainLimitFailure" | "explainWayFailure" | "explainEnd" | "explainEditorFailure"
 *   | "explainContextFailure" | "explainHistoryFailure" | "explainStoreFailure"} ExplainName
 */

const MODULES = [
  "src/core/models/catalogue",
  "src/core/models/audioModels",
  "src/core/models/supersededPrices",
  "src/core/budget/price",
  "src/core/budget/money",
  "src/core/projection/projection",
  "src/host/failures/accountFailures",
  "src/host/failures/requestFailures",
  "src/host/failures/serviceFailures",
  "src/host/failures/editorFailures",
  "src/host/failures/contextFailures",
  "src/host/failures/historyFailures",
  "test/unit/host/failureExamples",
];

/**
 * What the pages are made from, as the program itself has it: models, prices, and the words of failures.
 * @returns {Promise<SourceFacts>}
 */
export async function readSourceFacts() {
  const esbuild = await import("esbuild");
  const { outputFiles } = await esbuild.build({
    stdin: {
      contents: MODULES.map((name) => `export * from "./${name}";`).join("\n"),
      resolveDir: inRoot(),
    },
    alias: { vscode: inRoot("scripts/docs/editorWords.mjs") },
    bundle: true,
    platform: "node",
    format: "esm",
    write: false,
    logLevel: "warning",
  });
  const [{ text } = { text: "" }] = outputFiles;
  return import(`data:text/javascript,${encodeURIComponent(text)}`);
}
