import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { writeFileSync } from "node:fs";
import { commands, window, type ExtensionContext, type Webview } from "vscode";
import { watchBlocks } from "./hostBlocks.ts";

/** Text is sent to the view as often as a screen of thirty frames a second shows it. */
const FLUSH_MILLISECONDS = 33;

const PAGE = `<!doctype html>
<style>
  html, body { height: 100%; margin: 0 } body { display: flex; flex-direction: column }
  pre { flex: 1; min-height: 0; overflow-y: auto; white-space: pre-wrap; margin: 0 }
</style>
<pre role="log"></pre>
<textarea aria-label="Message"></textarea>
<script>
  const api = acquireVsCodeApi();
  const log = document.querySelector("pre");
  const text = log.appendChild(document.createTextNode(""));
  addEventListener("message", ({ data }) => {
    if (typeof data.text !== "string") return;
    text.appendData(data.text);
    log.scrollTop = log.scrollHeight;
  });
  document.querySelector("textarea").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    text.data = "";
    api.postMessage("ask");
  });
</script>`;

/**
 * The least that a chat can do, to hold ours against: a view of plain text, and a host that reads the stream and
 * passes it on. It also tells what the extension host has used, and sends messages in our chat.
 */
export async function activate(context: ExtensionContext): Promise<void> {
  context.subscriptions.push(
    window.registerWebviewViewProvider(
      "bench.floor",
      {
        resolveWebviewView({ webview }) {
          webview.options = { enableScripts: true };
          webview.onDidReceiveMessage(() => void stream(webview));
          webview.html = PAGE;
        },
      },
      { webviewOptions: { retainContextWhenHidden: true } },
    ),
  );
  const server = await serve();
  context.subscriptions.push({ dispose: () => server.close() });
  writeFileSync(process.env["BENCH_REPORT"] ?? "", String((server.address() as AddressInfo).port));
}

async function stream(webview: Webview): Promise<void> {
  const response = await fetch(`${process.env["GROQ_BASE_URL"]}/openai/v1/chat/completions`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${process.env["GROQ_API_KEY"]}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({
      model: "openai/gpt-oss-120b",
      messages: [{ role: "user", content: "Go on, please" }],
      max_completion_tokens: 8192,
      stream: true,
    }),
  });
  let waiting = "";
  const flush = () => {
    if (waiting !== "") void webview.postMessage({ text: waiting });
    waiting = "";
  };
  const timer = setInterval(flush, FLUSH_MILLISECONDS);
  let rest = "";
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) waiting += deltaOf(line);
  }
  clearInterval(timer);
  flush();
}

function deltaOf(line: string): string {
  if (!line.startsWith("data: {")) return "";
  const event = JSON.parse(line.slice("data: ".length)) as {
    readonly choices?: readonly { readonly delta?: { readonly content?: string } }[];
  };
  return event.choices?.[0]?.delta?.content ?? "";
}

/**
 * `/cpu`: milliseconds of all threads so far. `/heap`: bytes that are in use. `/resident`: bytes of all threads. `/block`: the
 * longest hold-up since the last time it was asked. `/send`: asks, until it is answered.
 */
async function serve(): Promise<Server> {
  // Watching costs some 35 ms of processor time a second: it begins when it is first asked about.
  let block: ReturnType<typeof watchBlocks> | undefined;
  const server = createServer((request, response) => {
    const answer = async () => {
      switch (request.url) {
        case "/cpu": {
          const { user, system } = process.cpuUsage();
          return String((user + system) / 1000);
        }
        case "/heap":
          collectGarbage();
          return String(process.memoryUsage().heapUsed);
        case "/resident":
          collectGarbage();
          return String(process.memoryUsage().rss);
        case "/block": {
          const longest = block?.longest() ?? 0;
          block = watchBlocks();
          return String(longest);
        }
        case "/send":
          await commands.executeCommand("groqCoder.sendMessage", "Go on, please");
          return "";
        case "/newChat":
          await commands.executeCommand("groqCoder.newChat");
          return "";
        default:
          throw new Error("no such path");
      }
    };
    answer().then(
      (text) => response.end(text),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  collect();
}
