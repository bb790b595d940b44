import type { Failure } from "../../../src/core/dispatch/failure";
import type { DocumentedError } from "../../groqServer/faults/documentedError";
import type { Fault } from "../../groqServer/faults/fault";

/** What a fault must come to. */
export interface FaultCase {
  readonly fault: Fault;
  readonly outcome: "complete" | Failure["kind"];
  /** Whether the service may bill it; an answer that failed for no told reason is charged by the receipt. */
  readonly billable?: boolean;
  /** What of the answer is kept: all, its beginning, or nothing. */
  readonly text: "whole" | "begun" | "none";
  readonly idleMs?: number;
}

type Faults = { readonly [Kind in Fault["kind"]]: readonly FaultCase[] };

const after = { afterEvents: 5 } as const;
const shortly = { idleMs: 300 } as const;
const unbilled = { billable: false, text: "none" } as const;

/** Every kind of fault that the stand-in has; the compiler asks for those that are missing. */
export const faultCases: Faults = {
  delay: [
    { fault: { kind: "delay", delayMs: 20 }, outcome: "complete", text: "whole" },
    { fault: { kind: "delay", delayMs: 10_000 }, outcome: "timedOut", text: "none", ...shortly },
  ],
  status: [
    { fault: { kind: "status", status: 503 }, outcome: "serverError", ...unbilled },
    { fault: { kind: "status", status: 429, body: {} }, outcome: "rateLimited", ...unbilled },
    { fault: { kind: "status", status: 418, body: "teapot" }, outcome: "badRequest", ...unbilled },
    {
      fault: { kind: "status", status: 200, body: { choices: [] } },
      outcome: "unreadableAnswer",
      text: "none",
    },
  ],
  error: (
    [
      ["unprocessable", "badRequest"],
      ["mcpAuthentication", "badRequest"],
      ["internal", "serverError"],
      ["badGateway", "serverError"],
      ["overCapacity", "serverError"],
      ["gatewayTimeout", "serverError"],
    ] satisfies [DocumentedError, Failure["kind"]][]
  ).map(([error, outcome]) => ({ fault: { kind: "error", error }, outcome, ...unbilled })),
  proxyPage: [
    { fault: { kind: "proxyPage" }, outcome: "serverError", ...unbilled },
    { fault: { kind: "proxyPage", status: 403 }, outcome: "blockedByNetwork", ...unbilled },
    { fault: { kind: "proxyPage", status: 407 }, outcome: "blockedByNetwork", ...unbilled },
    { fault: { kind: "proxyPage", status: 413 }, outcome: "tooLarge", ...unbilled },
    { fault: { kind: "proxyPage", status: 200 }, outcome: "unreadableAnswer", text: "none" },
  ],
  agentRefused: [{ fault: { kind: "agentRefused" }, outcome: "blockedByNetwork", ...unbilled }],
  reset: [
    { fault: { kind: "reset" }, outcome: "unreachable", billable: true, text: "none" },
    { fault: { kind: "reset", ...after }, outcome: "cutOff", text: "begun" },
  ],
  stall: [
    { fault: { kind: "stall", forMs: 20, ...after }, outcome: "complete", text: "whole" },
    { fault: { kind: "stall", ...after }, outcome: "timedOut", text: "begun", ...shortly },
  ],
  cut: (["boundary", "event", "character"] as const).flatMap((within) =>
    (["clean", "abrupt"] as const).map((ending) => ({
      fault: { kind: "cut", afterEvents: 1, within, ending },
      outcome: "cutOff",
      text: within === "character" ? "begun" : "none",
    })),
  ),
  missingDone: [{ fault: { kind: "missingDone" }, outcome: "complete", text: "whole" }],
  errorEvent: [
    { fault: { kind: "errorEvent", ...after }, outcome: "toolUseFailed", text: "begun" },
    {
      fault: {
        kind: "errorEvent",
        error: { message: "full", type: "internal_server_error" },
        ...after,
      },
      outcome: "brokenOff",
      text: "begun",
    },
  ],
  stoppedEarly: [
    { fault: { kind: "stoppedEarly", ...after }, outcome: "brokenOff", text: "begun" },
  ],
  garbage: [{ fault: { kind: "garbage", ...after }, outcome: "unreadableAnswer", text: "begun" }],
  slowDrip: [
    { fault: { kind: "slowDrip", bytes: 3, everyMs: 0 }, outcome: "complete", text: "whole" },
  ],
  wrongLength: [
    // Too long by ten bytes: all events came. Too short by so many: finish and usage did not.
    { fault: { kind: "wrongLength", by: 10 }, outcome: "complete", text: "whole" },
    { fault: { kind: "wrongLength", by: -1200 }, outcome: "cutOff", text: "begun" },
  ],
};
