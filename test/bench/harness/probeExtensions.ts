import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { bundleNodeProgram } from "../../../scripts/bundle/nodeProgram.mjs";

const VERSION = "1.0.0";
const NO_OP_SOURCE = "export function activate() {}\n";

/** The title of the view that holds nothing but an input, and asks for what is entered in it. */
export const BARE_VIEW = "Bare view";

const BARE_PAGE = `<!doctype html>
<textarea aria-label="Message"></textarea>
<div role="log"></div>
<script>
  const host = acquireVsCodeApi();
  document.querySelector("textarea").addEventListener("keydown", ({ key, target }) => {
    if (key === "Enter") host.postMessage(target.value);
  });
  addEventListener("message", ({ data }) => document.querySelector("[role=log]").append(data));
</script>`;

const VIEW_SOURCE = `
const { window } = require("vscode");
const { GROQ_API_KEY, GROQ_BASE_URL } = process.env;
async function ask(content) {
  const response = await fetch(GROQ_BASE_URL + "/openai/v1/chat/completions", {
    method: "POST",
    headers: { authorization: "Bearer " + GROQ_API_KEY, "content-type": "application/json" },
    body: JSON.stringify({
      model: "openai/gpt-oss-120b",
      messages: [{ role: "user", content }],
      max_completion_tokens: 1000,
    }),
  });
  return (await response.json()).choices[0].message.content;
}
function resolveWebviewView({ webview }) {
  webview.options = { enableScripts: true };
  webview.onDidReceiveMessage(async (message) => webview.postMessage(await ask(message)));
  webview.html = ${JSON.stringify(BARE_PAGE)};
}
const webviewOptions = { retainContextWhenHidden: true };
exports.activate = () =>
  window.registerWebviewViewProvider("bench.view", { resolveWebviewView }, { webviewOptions });
`;

/** Fills a folder of installed extensions with the probe and what it compares with; their ids are `bench.NAME`. */
export async function writeProbeExtensions(folder: string): Promise<void> {
  const probe = await bundleNodeProgram({
    entry: "test/bench/harness/probeExtension.ts",
    format: "cjs",
    external: ["vscode"],
  });
  const source = readFileSync(probe, "utf8");
  writeExtension(folder, "probe", source, { type: "commonjs", activationEvents: ["*"] });
  writeExtension(folder, "warmup", NO_OP_SOURCE, { type: "module" });
  writeExtension(folder, "noop", NO_OP_SOURCE, { type: "module" });
  writeExtension(folder, "view", VIEW_SOURCE, {
    type: "commonjs",
    contributes: viewContribution("bench.view", BARE_VIEW),
  });
}

/** The title of the view that shows an answer as plain text. */
export const FLOOR_VIEW = "Floor view";

/** Fills a folder of installed extensions with the one that our streaming is held against: `bench.floor`. */
export async function writeFloorExtension(folder: string): Promise<void> {
  const floor = await bundleNodeProgram({
    entry: "test/bench/harness/floorExtension.ts",
    format: "cjs",
    external: ["vscode"],
  });
  writeExtension(folder, "floor", readFileSync(floor, "utf8"), {
    type: "commonjs",
    activationEvents: ["onStartupFinished"],
    contributes: {
      ...viewContribution("bench.floor", FLOOR_VIEW),
    },
  });
}

function viewContribution(id: string, title: string): object {
  return {
    viewsContainers: { activitybar: [{ id: "bench", title, icon: "icon.svg" }] },
    views: { bench: [{ type: "webview", id, name: title }] },
  };
}

function writeExtension(folder: string, name: string, source: string, manifest: object): void {
  const target = path.join(folder, `bench.${name}-${VERSION}`);
  mkdirSync(target, { recursive: true });
  const common = { name, publisher: "bench", version: VERSION, engines: { vscode: "^1.106.0" } };
  const whole = { ...common, main: "./main.js", ...manifest };
  writeFileSync(path.join(target, "package.json"), JSON.stringify(whole));
  writeFileSync(path.join(target, "main.js"), source);
  writeFileSync(path.join(target, "icon.svg"), '<svg xmlns="http://www.w3.org/2000/svg"/>');
}
