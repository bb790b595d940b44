import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { GroqServer } from "../groqServer";
import type { GroqServerOptions } from "../groqServerOptions";
import { chatBody, gptOss, send } from "../testing/rawClient";
import { startForTest } from "../testing/startForTest";

/** A line of a batch file with these properties. */
function line(customId: string, change: object = {}): object {
  const body = chatBody({ max_completion_tokens: 50 });
  return { custom_id: customId, method: "POST", url: "/v1/chat/completions", body, ...change };
}

/** Uploads lines, starts a batch on them and returns its id. */
async function startBatch(
  server: GroqServer,
  lines: readonly unknown[],
  window = "24h",
): Promise<string> {
  const text = lines.map((one) => (typeof one === "string" ? one : JSON.stringify(one))).join("\n");
  const form = new FormData();
  form.set("purpose", "batch");
  form.set("file", new File([text], "input.jsonl"));
  const file = idOf(await send(server, "POST", "files", form));
  const body = {
    input_file_id: file,
    endpoint: "/v1/chat/completions",
    completion_window: window,
  };
  return idOf(await send(server, "POST", "batches", body));
}

function idOf({ json }: { json: unknown }): string {
  return z.object({ id: z.string() }).parse(json).id;
}

const batchSchema = z.looseObject({
  status: z.string(),
  output_file_id: z.string().nullable(),
  error_file_id: z.string().nullable(),
});

async function batch(server: GroqServer, id: string): Promise<z.infer<typeof batchSchema>> {
  return batchSchema.parse((await send(server, "GET", `batches/${id}`)).json);
}

/** The lines of a file of results, parsed. */
async function results(server: GroqServer, fileId: string | null): Promise<unknown[]> {
  const { text } = await send(server, "GET", `files/${fileId}/content`);
  return text
    .split("\n")
    .filter((row) => row !== "")
    .map((row): unknown => JSON.parse(row));
}

const pace: GroqServerOptions = {
  batchPace: { validating: 1_000, perLine: 1_000, finalizing: 1_000, cancelling: 1_000 },
};

describe("a batch", () => {
  it("goes through its whole life", async () => {
    const server = await startForTest(pace);
    const id = await startBatch(server, [line("a"), line("b")]);
    const seen: string[] = [];
    for (let second = 0; second <= 4; second += 1) {
      seen.push((await batch(server, id)).status);
      await server.clock.advance(1_000);
    }
    expect(seen).toEqual(["validating", "in_progress", "in_progress", "finalizing", "completed"]);
  });

  it("answers lines in another order, each with its custom_id, at half the price", async () => {
    const server = await startForTest(pace);
    server.queueAnswer({ content: "one two three", whenIncludes: "Hello" });
    const id = await startBatch(server, [line("a"), line("b", { body: { model: gptOss } })]);
    await server.clock.advance(60_000);
    const done = await batch(server, id);
    expect(done).toMatchObject({ request_counts: { total: 2, completed: 1, failed: 1 } });
    expect(await results(server, done.output_file_id)).toMatchObject([
      { custom_id: "a", error: null, response: { status_code: 200, body: { usage: {} } } },
    ]);
    expect(await results(server, done.error_file_id)).toMatchObject([
      { custom_id: "b", response: { status_code: 400, body: { error: {} } } },
    ]);
    // 68 input tokens at $0.075 and 3 output tokens at $0.30 per million, halved.
    expect(server.bill().total).toBe((68n * 75_000n + 3n * 300_000n) / 2n);
  });

  it("gives output in an order of its own", async () => {
    const server = await startForTest(pace);
    const id = await startBatch(server, [line("a"), line("b"), line("c")]);
    await server.clock.advance(60_000);
    const { output_file_id: output } = await batch(server, id);
    const order = (await results(server, output)).map(
      (row) => z.looseObject({ custom_id: z.string() }).parse(row).custom_id,
    );
    expect(order).not.toEqual(["a", "b", "c"]);
    expect(order.toSorted()).toEqual(["a", "b", "c"]);
  });

  it.each([
    ["an empty file", [], "empty_file"],
    ["text that is not JSON", ["{"], "invalid_request"],
    ["a repeated custom_id", [line("a"), line("a")], "duplicate_custom_id"],
    ["another endpoint", [line("a", { url: "/v1/embeddings" })], "invalid_request"],
    ["another method", [line("a", { method: "GET" })], "invalid_request"],
    ["too many lines", Array.from({ length: 50_001 }, () => "{}"), "too_many_tasks"],
  ])("fails on %s", async (_case, lines, code) => {
    const server = await startForTest(pace);
    const id = await startBatch(server, lines);
    await server.clock.advance(1_000);
    expect(await batch(server, id)).toMatchObject({
      status: "failed",
      errors: { object: "list", data: [{ code }] },
    });
  });

  it("is cancelled with what it has got so far", async () => {
    const server = await startForTest(pace);
    const id = await startBatch(server, [line("a"), line("b"), line("c")]);
    await server.clock.advance(2_000);
    const cancelled = await send(server, "POST", `batches/${id}/cancel`, {});
    expect(cancelled.json).toMatchObject({ status: "cancelling" });
    await server.clock.advance(1_000);
    const done = await batch(server, id);
    expect(done.status).toBe("cancelled");
    expect(await results(server, done.output_file_id)).toHaveLength(1);
    const again = await send(server, "POST", `batches/${id}/cancel`, {});
    expect(again.status).toBe(400);
  });

  it("expires with what it has got so far", async () => {
    const day = 24 * 3_600_000;
    const server = await startForTest({ batchPace: { ...pace.batchPace, perLine: day * 0.75 } });
    const id = await startBatch(server, [line("a"), line("b")]);
    await server.clock.advance(day);
    const done = await batch(server, id);
    expect(done).toMatchObject({ status: "expired", request_counts: { completed: 1, failed: 1 } });
    expect(await results(server, done.error_file_id)).toMatchObject([
      { custom_id: "b", response: null, error: { code: "batch_expired" } },
    ]);
  });

  it.each([["12h"], ["8d"], ["soon"]])("refuses the window %s", async (window) => {
    const server = await startForTest(pace);
    await expect(startBatch(server, [line("a")], window)).rejects.toThrow();
  });

  it("belongs to its organisation", async () => {
    const server = await startForTest({
      ...pace,
      organizations: [{ id: "org_a" }, { id: "org_b", keyPrefixes: ["gsk_b"] }],
    });
    const id = await startBatch(server, [line("a")]);
    const other = { authorization: "Bearer gsk_b" };
    const { status } = await send(server, "GET", `batches/${id}`, undefined, other);
    expect(status).toBe(404);
    const { json } = await send(server, "GET", "batches", undefined, other);
    expect(json).toEqual({ object: "list", data: [] });
  });

  it("is refused without a file of the right purpose", async () => {
    const server = await startForTest(pace);
    const id = await startBatch(server, [line("a")]);
    await server.clock.advance(60_000);
    const { output_file_id: output } = await batch(server, id);
    const body = { endpoint: "/v1/chat/completions", completion_window: "24h" };
    const wrong = await send(server, "POST", "batches", { ...body, input_file_id: output });
    expect(wrong.status).toBe(400);
    const missing = await send(server, "POST", "batches", { ...body, input_file_id: "file_0" });
    expect(missing.status).toBe(404);
    const unknown = await send(server, "POST", "batches", { ...body, input_file: output });
    expect(unknown.status).toBe(400);
  });
});
