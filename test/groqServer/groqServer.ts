import { type Server, createServer } from "node:http";
import { createBackend } from "./backend";
import { usualBatchPace } from "./batches/batchLife";
import { controlPrefix, serveControl } from "./control/serveControl";
import { type GroqServerControl, createControl } from "./groqServerControl";
import { type GroqServerOptions, organizationsOf } from "./groqServerOptions";
import { type Serving, serveRequest } from "./http/serveRequest";
import { createRecorder } from "./recording/recorder";
import { type Replayer, createReplayer } from "./recording/replayer";
import { createRequestLog } from "./requestLog";
import { defaultSwitches, parseSwitches } from "./switches";
import { createClock } from "./time/clock";

/** A running stand-in for Groq. */
export interface GroqServer extends GroqServerControl {
  /** `http://127.0.0.1:PORT`; clients add `/openai/v1`. */
  readonly origin: string;
  /** The recording that answers are taken from, if they are. */
  readonly replayer: Replayer | undefined;
  /** Ends all connections and the server; nothing happens when it has ended. */
  close(): Promise<void>;
}

/** Starts a server on 127.0.0.1. Rejects when the port is taken or an option makes no sense. */
export async function startGroqServer(options: GroqServerOptions = {}): Promise<GroqServer> {
  const clock = createClock(options.clock ?? "real", options.startAt);
  const backend = createBackend({
    clock,
    switches: { ...defaultSwitches, ...parseSwitches(options.switches ?? {}) },
    speed: options.speed ?? "unlimited",
    batchPace: { ...usualBatchPace, ...options.batchPace },
    organizations: organizationsOf(options),
  });
  for (const [id, change] of Object.entries(options.models ?? {})) {
    backend.models.update(id, change);
  }
  const log = createRequestLog();
  const control = createControl(backend, clock, log);
  const closing = new AbortController();
  const { record, replay } = options;
  const paced = backend.speed !== "unlimited";
  const serving: Serving = {
    backend,
    log,
    recorder: record === undefined ? undefined : createRecorder(record, clock),
    replayer: replay === undefined ? undefined : createReplayer(replay, paced),
    signal: closing.signal,
  };
  const http = createServer((message, response) => {
    const served = message.url?.startsWith(controlPrefix)
      ? serveControl(control, message, response)
      : serveRequest(serving, message, response);
    served.catch((error: unknown) => {
      // A client that leaves while it is still sending is not an error of the server.
      if (!response.destroyed) console.error(error);
      response.destroy();
    });
  });
  return {
    ...control,
    origin: await listen(http, options.port ?? 0),
    replayer: serving.replayer,
    close: () => {
      closing.abort(new Error("the server is closing"));
      return closeServer(http);
    },
  };
}

function listen(http: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    http.once("error", reject);
    http.listen(port, "127.0.0.1", () => {
      const address = http.address();
      if (address === null || typeof address === "string") reject(new Error("no TCP address"));
      else resolve(`http://127.0.0.1:${address.port}`);
    });
  });
}

function closeServer(http: Server): Promise<void> {
  if (!http.listening) return Promise.resolve();
  return new Promise((resolve, reject) => {
    http.close((error) => (error === undefined ? resolve() : reject(error)));
    http.closeAllConnections();
  });
}
