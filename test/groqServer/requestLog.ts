import type { IncomingHttpHeaders } from "node:http";
import type { Fault } from "./faults/fault";
import { maskKey } from "./http/authenticate";
import type { Finish } from "./http/playSteps";

/** What a test can read about a request that reached the server. */
export interface LoggedRequest {
  readonly id: string;
  /** Milliseconds since the epoch, on the server's clock. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** Lower-case names; the key is masked. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed when it is JSON, otherwise text. */
  readonly body: unknown;
  /** Absent while the request is being served. */
  readonly outcome: RequestOutcome | undefined;
}

/** How a request ended. */
export interface RequestOutcome {
  /** Status of the answer, before any fault. */
  readonly status: number;
  /** `error.code` of a refusal. */
  readonly code: string | undefined;
  readonly fault: Fault["kind"] | undefined;
  readonly finish: Finish;
}

/** The latest requests, oldest first. */
export interface RequestLog {
  readonly entries: readonly LoggedRequest[];
  add(request: Omit<LoggedRequest, "outcome">): void;
  finish(id: string, outcome: RequestOutcome): void;
  clear(): void;
}

const remembered = 5_000;

export function createRequestLog(): RequestLog {
  const entries: LoggedRequest[] = [];
  return {
    entries,
    add: (request) => {
      entries.push({ ...request, outcome: undefined });
      if (entries.length > remembered) entries.shift();
    },
    finish: (id, outcome) => {
      const index = entries.findLastIndex((entry) => entry.id === id);
      const entry = entries[index];
      if (entry !== undefined) entries[index] = { ...entry, outcome };
    },
    clear: () => entries.splice(0),
  };
}

/** Headers as a test may see them: joined, and the key cut to its first characters. */
export function readableHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const readable: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const text = Array.isArray(value) ? value.join(", ") : (value ?? "");
    readable[name] = name === "authorization" ? maskKey(text) : text;
  }
  return readable;
}

const readableBytes = 4 * 1024 * 1024;

/** A body parsed when it is JSON, otherwise as text; of a very large one only the size. */
export function readableBody(body: Buffer): unknown {
  if (body.length > readableBytes) return `${body.length} bytes`;
  const text = body.toString("utf8");
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
