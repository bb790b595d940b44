import { readFileSync, watch } from "node:fs";
import path from "node:path";
import { STAND_IN_KEY } from "../../../scripts/editor/standIn.mjs";
import { inRoot } from "../../../scripts/system/layout.mjs";
import { launchEditor } from "../../editor/harness/launchEditor.ts";
import { watchChat } from "./chatWindow.ts";
import type { HostReport } from "./hostReport.ts";
import { LONG_ANSWER, LONG_ENDING } from "./longAnswer.ts";
import { openWireTap } from "./wireTap.ts";

const WARM_SENDS = 3;

/** What one start of the editor gives. */
export interface RoundResult {
  readonly host: HostReport;
  readonly viewToInput: number;
  readonly enterToWire: readonly number[];
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
    settings: { "groqCoder.plan": "developer", "groqCoder.maxOutputTokens": 8_192 },
  });
  try {
    const host = await written;
    const chat = await watchChat(editor.page);
    const viewToInput = await chat.open();
    const ask = async (content: string, ending: string) => {
      await queueAnswer(request.server, content);
      return chat.ask("Go on, please", ending);
    };
    await ask("That was the cold one.", "the cold one");
    const enterToWire = [];
    for (let send = 1; send <= WARM_SENDS; send++) {
      const { enterAt } = await ask(`This is answer number ${send}.`, `answer number ${send}`);
      enterToWire.push(tap.requestAt() - enterAt);
    }
    await longestBlock(host);
    const { lastPaintAt } = await ask(LONG_ANSWER, LONG_ENDING);
    return {
      host,
      viewToInput,
      enterToWire,
      lastTokenToPaint: lastPaintAt - tap.lastTokenAt(),
      blockWhileStreaming: await longestBlock(host),
    };
  } finally {
    await editor.close();
    await tap.close();
  }
}

async function queueAnswer(server: URL, content: string): Promise<void> {
  const control = new URL("/__control/queueAnswer", server);
  const response = await fetch(control, { method: "POST", body: JSON.stringify({ content }) });
  if (!response.ok) throw new Error(await response.text());
}

async function longestBlock({ port }: HostReport): Promise<number> {
  return Number(await (await fetch(`http://127.0.0.1:${port}/`)).text());
}

function whenWritten(file: string): Promise<HostReport> {
  return new Promise((resolve) => {
    const watcher = watch(path.dirname(file), () => {
      try {
        resolve(JSON.parse(readFileSync(file, "utf8")) as HostReport);
        watcher.close();
      } catch {
        // Not there, or not whole yet: another change will follow.
      }
    });
  });
}
