import type { IncomingMessage } from "node:http";
import type { Refusal } from "./refusal";

/** The largest body of any endpoint: a batch file of 200 MB and its form around it. */
const largestBody = 201 * 1024 * 1024;

/** Reads a request body to its end; rejects when the client goes away before. */
export async function readBody(message: IncomingMessage): Promise<Buffer | Refusal> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of message as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= largestBody) parts.push(part);
  }
  return size > largestBody ? requestTooLarge : Buffer.concat(parts);
}

/** 413 for a body that is too large whatever the limits are; quoted from public threads (2026-10). */
export const requestTooLarge: Refusal = {
  kind: "refusal",
  status: 413,
  error: {
    message: "Request Entity Too Large",
    type: "invalid_request_error",
    code: "request_too_large",
  },
};
