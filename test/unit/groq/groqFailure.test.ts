import * as fc from "fast-check";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Failure } from "../../../src/core/dispatch/failure";
import { attemptFailure } from "../../../src/groq/attemptFailure";
import { classifyHttpError as classify, classifyStreamError } from "../../../src/http/httpFailure";
import type { RefusedResponse } from "../../../src/http/httpFailure";

interface RecordedError {
  readonly name: string;
  readonly status: number;
  readonly body: { readonly error: { readonly message: string } };
  readonly expected: Partial<Failure>;
}

const recorded = JSON.parse(
  readFileSync(new URL("../../fixtures/groqErrors.json", import.meta.url), "utf8"),
) as readonly RecordedError[];

const model = "llama-3.3-70b-versatile";
const origin = "https://api.groq.com";
const classifyHttpError = (response: Omit<RefusedResponse, "provider">) =>
  classify({ ...response, provider: "groq" });

describe("bodies that Groq has sent", () => {
  it.each(recorded)("$status: $name", ({ status, body, expected }) => {
    const headers = new Headers({ "x-ratelimit-limit-tokens": "8000" });
    const failure = classifyHttpError({ status, body, headers, model });
    if ("retryAfterMs" in failure && "retryAfterMs" in expected) {
      expect(failure.retryAfterMs).toBeCloseTo(expected.retryAfterMs ?? Number.NaN, 3);
      expect(failure).toMatchObject({ ...expected, retryAfterMs: failure.retryAfterMs });
    } else {
      expect(failure).toMatchObject(expected);
    }
    // A refusal is not billed; where the model had worked already, it may be.
    const error = Object.assign(new Error(), { status, error: body, headers });
    const hasGenerated = failure.kind === "toolUseFailed" || failure.kind === "jsonInvalid";
    const named = /`(org_\w+)`/.exec(body.error.message)?.[1];
    expect(attemptFailure({ error, started: false, origin, model })).toEqual({
      kind: "failure",
      failure,
      billable: hasGenerated,
      reported: {},
      ...(named !== undefined && { organization: named }),
    });
  });

  it("keep the service's words as detail", () => {
    for (const { status, body } of recorded) {
      const failure = classifyHttpError({ status, body, headers: undefined, model });
      if ("detail" in failure) expect(failure.detail).toBe(body.error.message);
    }
  });
});

describe("how long to wait", () => {
  const check = (name: string, message: string, retryAfter: string | null, expected: number) =>
    it(name, () => {
      const headers = new Headers({ date: "Wed, 21 Oct 2026 07:26:30 GMT" });
      if (retryAfter !== null) headers.set("retry-after", retryAfter);
      const body = { error: { message, type: "tokens", code: "rate_limit_exceeded" } };
      const failure = classifyHttpError({ status: 429, body, headers, model });
      expect(failure).toMatchObject({ kind: "rateLimited", retryAfterMs: expected });
    });
  check("the words come first, they are finer", "Please try again in 1m2.5s. Need", "63", 62_500);
  check("else the header", "Slow down", "7", 7000);
  check("else a minute", "Slow down", null, 60_000);
  check("a header that is a date", "Slow down", "Wed, 21 Oct 2026 07:28:00 GMT", 90_000);
  check("a date of yesterday", "Slow down", "Tue, 20 Oct 2026 07:28:00 GMT", 60_000);
  check("a day at most", "Slow down", "1000000", 86_400_000);
  check("a header from the past", "Slow down", "-5", 60_000);
  check("an empty header", "Slow down", "", 60_000);
  check("a header without end", "Slow down", "Infinity", 60_000);
  check("words that are no time", "Please try again in a while.", "7", 7000);
  check("a time without end", `Please try again in ${"9".repeat(400)}s.`, "7", 7000);
});

describe("a request that is larger than a whole limit", () => {
  const check = (message: string, expected: object) =>
    it(message, () => {
      const body = { error: { message } };
      const failure = classifyHttpError({ status: 413, body, headers: undefined, model });
      expect(failure).toEqual({ kind: "tooLarge", ...expected });
    });
  check("Too large on tokens per minute (TPM): Limit 8000, Requested 9000", {
    limit: 8000,
    needed: 9000,
    dimension: "tpm",
  });
  check("The body is too large: Limit 1000, Requested 2000", {
    limit: 0,
    needed: 0,
    dimension: "body",
  });
});

describe("answers of something in between", () => {
  const check = (name: string, status: number, body: unknown, expected: Failure["kind"]) =>
    it(`${status}: ${name}`, () => {
      const failure = classifyHttpError({ status, body, headers: undefined, model });
      expect(failure.kind).toBe(expected);
    });
  check("Cloudflare refuses the agent", 403, undefined, "blockedByNetwork");
  check("a proxy asks who we are", 407, undefined, "blockedByNetwork");
  check("JSON of a gateway", 403, { message: "Forbidden" }, "blockedByNetwork");
  check("a gateway's page", 502, "<html>", "serverError");
  check("a gateway gives up", 504, undefined, "serverError");
  check("too large for a gateway", 413, "<html>", "tooLarge");
  check("a teapot", 418, { error: "short and stout" }, "badRequest");
  check("a redirect that was not followed", 302, undefined, "blockedByNetwork");
  check("a path that is not there", 404, undefined, "badRequest");

  it.each([400, 404, 418, 502])("%i: a page is nothing to read", (status) => {
    const body = "<!DOCTYPE html><title>Not here</title>";
    const failure = classifyHttpError({ status, body, headers: undefined, model });
    expect(failure).toMatchObject({ status, detail: "" });
  });
});

describe("Cloudflare's refusal", () => {
  it("is told with its number, which stands in the error's message alone", () => {
    const error = Object.assign(new Error("403 error code: 1010"), {
      status: 403,
      headers: new Headers(),
    });
    expect(attemptFailure({ error, started: false, origin, model }).failure).toEqual({
      kind: "blockedByNetwork",
      status: 403,
      detail: "",
      frontCode: 1010,
    });
  });
});

it("a response without a body has no words", () => {
  const error = Object.assign(new Error("400 status code (no body)"), { status: 400 });
  expect(attemptFailure({ error, started: false, origin, model }).failure).toEqual({
    kind: "badRequest",
    status: 400,
    detail: "",
  });
});

describe("any body at all", () => {
  const statuses = fc.oneof(
    fc.constantFrom(400, 401, 403, 404, 413, 422, 424, 429, 498, 500, 502, 503, 504, 529),
    fc.integer({ min: 300, max: 999 }),
  );
  const hostile = fc.oneof(
    fc.anything(),
    fc.record({ error: fc.anything() }),
    fc.record({
      error: fc.record(
        {
          message: fc.oneof(fc.string(), fc.anything()),
          type: fc.anything(),
          code: fc.oneof(fc.string(), fc.anything()),
          failed_generation: fc.anything(),
        },
        { requiredKeys: [] },
      ),
    }),
  );

  it("never crashes the classifier, and never passes for a success", () => {
    fc.assert(
      fc.property(statuses, hostile, fc.boolean(), (status, body, started) => {
        const headers = new Headers();
        const error = Object.assign(new Error(), { status, error: body, headers });
        const event = attemptFailure({ error, started, origin, model });
        expect(event.kind).toBe("failure");
        const hasGenerated = ["toolUseFailed", "jsonInvalid"].includes(event.failure.kind);
        expect(event.billable).toBe(hasGenerated);
        for (const value of Object.values(event.failure)) expect(value).not.toBeNaN();
      }),
      { numRuns: 500 },
    );
  });

  it("nor inside a stream, where it may be billed", () => {
    fc.assert(
      fc.property(fc.anything(), (body) => {
        expect(["brokenOff", "toolUseFailed", "jsonInvalid"]).toContain(
          classifyStreamError(body, "groq").kind,
        );
      }),
    );
  });

  it("nor thrown as anything", () => {
    fc.assert(
      fc.property(fc.anything(), fc.boolean(), (error, started) => {
        expect(attemptFailure({ error, started, origin, model }).kind).toBe("failure");
      }),
    );
  });
});

describe("errors of the network", () => {
  function networkError(...codes: readonly string[]): Error {
    return codes.reduceRight<Error>(
      (cause, code) => Object.assign(new Error(`connect ${code}`, { cause }), { code }),
      new Error("innermost"),
    );
  }
  const check = (code: string, billable: boolean) =>
    it(`${code} is ${billable ? "" : "not "}charged`, () => {
      const error = new Error("Connection error.", { cause: networkError("OUTER", code) });
      expect(attemptFailure({ error, started: false, origin, model })).toMatchObject({
        failure: { kind: "unreachable", origin },
        billable,
      });
    });
  check("ECONNREFUSED", false);
  check("ENOTFOUND", false);
  check("ERR_SOCKET_CONNECTION_TIMEOUT", false);
  check("CERT_HAS_EXPIRED", false);
  check("UNABLE_TO_GET_ISSUER_CERT_LOCALLY", false);
  check("ERR_TLS_CERT_ALTNAME_INVALID", false);
  // The request may have arrived.
  check("ECONNRESET", true);
  check("HPE_INVALID_CONSTANT", true);

  it("a connection that was never made is not charged, whatever stood in its way", () => {
    const cause = Object.assign(new Error("connect ETIMEDOUT"), {
      code: "ETIMEDOUT",
      syscall: "connect",
    });
    const error = new Error("Connection error.", { cause });
    expect(attemptFailure({ error, started: false, origin, model }).billable).toBe(false);
    Object.assign(cause, { syscall: "read" });
    expect(attemptFailure({ error, started: false, origin, model }).billable).toBe(true);
  });

  it("a connection that breaks after the headers is a cut answer", () => {
    const error = networkError("ECONNRESET");
    expect(attemptFailure({ error, started: true, origin, model })).toEqual({
      kind: "failure",
      failure: { kind: "cutOff" },
      billable: true,
    });
  });

  it("a proxy that cannot be reached has passed on nothing", () => {
    const detail = "Failed to establish a socket connection to proxies: PROXY 127.0.0.1:9";
    const error = new Error("Connection error.", { cause: new Error(detail) });
    expect(attemptFailure({ error, started: false, origin, model })).toEqual({
      kind: "failure",
      failure: { kind: "unreachable", origin, detail },
      billable: false,
    });
  });

  it("a name with several addresses tells why the first did not answer", () => {
    const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    const error = new AggregateError([refused, refused]);
    expect(attemptFailure({ error, started: false, origin, model })).toEqual({
      kind: "failure",
      failure: { kind: "unreachable", origin, detail: refused.message },
      billable: false,
    });
  });

  it("a chain of causes without end is not followed for ever", () => {
    const error = new Error("a");
    error.cause = error;
    expect(attemptFailure({ error, started: false, origin, model }).failure.kind).toBe(
      "unreachable",
    );
  });
});
