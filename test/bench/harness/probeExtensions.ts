import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { bundleNodeProgram } from "../../../scripts/bundle/nodeProgram.mjs";

const VERSION = "1.0.0";
const NO_OP_SOURCE = "export function activate() {}\n";

/** The title of the view that holds nothing but an input. */
export const BARE_VIEW = "Bare view";

const VIEW_SOURCE = `
const { window } = require("vscode");
exports.activate = () =>
  window.registerWebviewViewProvider("bench.view", {
    resolveWebviewView({ webview }) {
      webview.options = { enableScripts: true };
      webview.html = "<!doctype html><textarea aria-label='Message'></textarea>";
    },
  });
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
    contributes: viewContribution("bench.floor", FLOOR_VIEW),
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
