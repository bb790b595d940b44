import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A service that knows no limits, for answers that the stand-in for Groq would rightly cut short. */
export interface BareService {
  readonly origin: string;
  /** Answers the next request with these pieces, each in its own chunk. */
  answerWith(pieces: readonly (string | Buffer)[]): void;
  close(): Promise<void>;
}

export async function startBareService(): Promise<BareService> {
  let pieces: readonly (string | Buffer)[] = [];
  const server = createServer((request, response) => {
    request.resume();
    request.once("end", () => stream(response, pieces));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answerWith(next) {
      pieces = next;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function stream(response: ServerResponse, pieces: readonly (string | Buffer)[]): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.write(eventOf({ role: "assistant", content: "" }));
  // Bytes go into the middle of the JSON text as they are.
  for (const piece of pieces)
    response.write(typeof piece === "string" ? eventOf({ content: piece }) : piece);
  response.write(eventOf({}, "stop"));
  response.end("data: [DONE]\n\n");
}

function eventOf(delta: object, finish?: "stop"): string {
  const usage = { prompt_tokens: 100, completion_tokens: 100, total_tokens: 200 };
  return `data: ${JSON.stringify({
    id: "chatcmpl-1",
    object: "chat.completion.chunk",
    created: 1,
    model: "openai/gpt-oss-120b",
    choices: [{ index: 0, delta, finish_reason: finish ?? null }],
    ...(finish !== undefined && { usage, x_groq: { id: "req_1", usage } }),
  })}\n\n`;
}
