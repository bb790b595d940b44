import { readFileSync } from "node:fs";
import { watch } from "node:fs/promises";
import path from "node:path";
import { STAND_IN_KEY } from "../../../scripts/editor/standIn.mjs";
import { inRoot } from "../../../scripts/system/layout.mjs";
import { launchEditor } from "../../editor/harness/launchEditor.ts";
import { chatWindow, takeNotes, type ChatWindow } from "./chatWindow.ts";
import type { HostReport } from "./hostReport.ts";
import { LONG_ANSWER, LONG_ENDING } from "./longAnswer.ts";
import { BARE_VIEW } from "./probeExtensions.ts";
import { openWireTap } from "./wireTap.ts";

const WARM_SENDS = 3;
const REPORT_TIMEOUT_MILLISECONDS = 90_000;

/** What one start of the editor gives. */
export interface RoundResult {
  readonly host: HostReport;
  readonly viewToInput: number;
  /** The same for a view that holds nothing but an input. */
  readonly bareViewToInput: number;
  readonly enterToWire: readonly number[];
  /** The same for the bare view, whose extension asks without looking at anything. */
  readonly bareEnterToWire: readonly number[];
  readonly lastTokenToPaint: number;
  readonly blockWhileStreaming: number;
}

export interface RoundRequest {
  /** The stand-in for Groq. */
  readonly server: URL;
  /** The probe and what it compares with, as `writeProbeExtensions` writes them. */
  readonly extensionsFolder: string;
  /** The ids to measure in this order. */
  readonly order: readonly string[];
  /** Whether the bare view is opened before ours. */
  readonly bareViewFirst: boolean;
  /** A file that does not exist yet, in a folder of its own. */
  readonly reportFile: string;
}

/** Starts an editor, measures in its extension host and in its window, and closes it. */
export async function runRound(request: RoundRequest): Promise<RoundResult> {
  const tap = await openWireTap(request.server);
  const written = whenWritten(request.reportFile);
  const editor = await launchEditor({
    workspace: inRoot("test", "fixtures", "sampleWorkspace"),
    extensionsFolder: request.extensionsFolder,
    env: {
      GROQ_API_KEY: STAND_IN_KEY,
      GROQ_BASE_URL: tap.url,
      BENCH_REPORT: request.reportFile,
      BENCH_EXTENSIONS: ["bench.warmup", ...request.order].join(","),
    },
    settings: { "groqCoder.plan": "developer" },
  });
  try {
    const host = await written;
    const { page } = editor;
    await takeNotes(page);
    const bare = chatWindow(page, { title: BARE_VIEW, extension: "bench.view" });
    const chat = chatWindow(page, { title: "Groq Coder", extension: "groq-coder.groq-coder" });
    // The first webview of a window pays for what all of them need.
    const bareFirst = request.bareViewFirst ? await bare.open() : undefined;
    const viewToInput = await chat.open();
    const bareViewToInput = bareFirst ?? (await bare.open());
    const ask = async (view: ChatWindow, content: string, ending: string) => {
      await queueAnswer(request.server, content);
      return view.ask("Go on, please", ending);
    };
    const warmSends = async (view: ChatWindow) => {
      await view.show();
      await ask(view, "That was the cold one.", "the cold one");
      const enterToWire = [];
      for (let send = 1; send <= WARM_SENDS; send++) {
        const answer = [`This is answer number ${send}.`, `answer number ${send}`] as const;
        const { enterAt } = await ask(view, ...answer);
        enterToWire.push(tap.requestAt() - enterAt);
      }
      return enterToWire;
    };
    const bareEnterToWire = await warmSends(bare);
    const enterToWire = await warmSends(chat);
    await longestBlock(host);
    const { lastPaintAt } = await ask(chat, LONG_ANSWER, LONG_ENDING);
    return {
      host,
      viewToInput,
      bareViewToInput,
      enterToWire,
      bareEnterToWire,
      lastTokenToPaint: lastPaintAt - tap.lastTokenAt(),
      blockWhileStreaming: await longestBlock(host),
    };
  } finally {
    await editor.close();
    await tap.close();
  }
}

export async function queueAnswer(server: URL, content: string): Promise<void> {
  const control = new URL("/__control/queueAnswer", server);
  const response = await fetch(control, { method: "POST", body: JSON.stringify({ content }) });
  if (!response.ok) throw new Error(await response.text());
}

async function longestBlock({ port }: HostReport): Promise<number> {
  return Number(await (await fetch(`http://127.0.0.1:${port}/`)).text());
}

async function whenWritten(file: string): Promise<HostReport> {
  const signal = AbortSignal.timeout(REPORT_TIMEOUT_MILLISECONDS);
  for await (const change of watch(path.dirname(file), { signal })) {
    if (change.filename !== path.basename(file)) continue;
    const report = parseReport(readFileSync(file, "utf8"));
    if (report && "problem" in report)
      throw new Error(`The probe in the editor: ${report.problem}`);
    if (report) return report;
  }
  throw new Error("The folder of the report went away.");
}

/** Undefined while the file is not whole yet: another change will follow. */
function parseReport(text: string): HostReport | { readonly problem: string } | undefined {
  try {
    return JSON.parse(text) as HostReport;
  } catch {
    return undefined;
  }
}
