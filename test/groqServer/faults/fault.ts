import type { GroqError } from "../http/refusal";
import type { DocumentedError } from "./documentedError";

/**
 * Something that goes wrong with one reply. `delayMs` holds back the headers first.
 * `afterEvents` counts whole server-sent events that still arrive; a plain body counts as one event.
 */
export type Fault = { readonly delayMs?: number } & FaultKind;

type FaultKind =
  /** Nothing but the delay. */
  | { readonly kind: "delay" }
  /** Another answer instead, with a JSON body, or a text when `body` is a string. Not charged. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** A documented error that no request provokes by itself. Not charged. */
  | { readonly kind: "error"; readonly error: DocumentedError; readonly model?: string }
  /** An HTML page of something in between, 502 unless told otherwise. Not charged. */
  | { readonly kind: "proxyPage"; readonly status?: number }
  /** 403 `error code: 1010`, Groq's front refusing the user agent. Not charged. */
  | { readonly kind: "agentRefused" }
  /** TCP reset, before the headers when `afterEvents` is omitted. */
  | { readonly kind: "reset"; readonly afterEvents?: number }
  /** Silence on an open connection, without end when `forMs` is omitted. */
  | { readonly kind: "stall"; readonly afterEvents: number; readonly forMs?: number }
  /** The rest never comes. */
  | {
      readonly kind: "cut";
      readonly afterEvents: number;
      /** Where: after an event, inside one, or inside the next character of several bytes. */
      readonly within: "boundary" | "event" | "character";
      /** `clean` ends the response properly, `abrupt` closes the connection. Default: clean. */
      readonly ending?: "clean" | "abrupt";
    }
  /** Everything but `data: [DONE]`. */
  | { readonly kind: "missingDone" }
  /** `event: error` with this error (a failed tool call when omitted), and then the end. */
  | {
      readonly kind: "errorEvent";
      readonly afterEvents: number;
      readonly error?: GroqError & { readonly status_code?: number };
    }
  /** A chunk with `x_groq.error`, then `[DONE]`. */
  | { readonly kind: "stoppedEarly"; readonly afterEvents: number; readonly message?: string }
  /** An event (or body) that is not JSON; the stream goes on after it. */
  | { readonly kind: "garbage"; readonly afterEvents: number }
  /** A few bytes at a time, whatever they split. */
  | { readonly kind: "slowDrip"; readonly bytes: number; readonly everyMs: number }
  /** A `content-length` that is wrong by this many bytes; if too large, the connection closes at the end. */
  | { readonly kind: "wrongLength"; readonly by: number };
