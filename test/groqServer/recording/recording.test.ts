import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { GroqServer } from "../groqServer";
import { type RawAnswer, chat, send, testKey } from "../testing/rawClient";
import { startForTest } from "../testing/startForTest";

let file = "";

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), "groq-server-"));
  file = join(folder, "session.jsonl");
  onTestFinished(() => rmSync(folder, { recursive: true }));
});

/** A little of everything, one request after the other. */
async function session(server: GroqServer): Promise<RawAnswer[]> {
  const form = new FormData();
  form.set("purpose", "batch");
  form.set("file", new File(["{}"], "input.jsonl"));
  return [
    await send(server, "GET", "models"),
    await chat(server),
    await chat(server, { stream: true }),
    await chat(server, { stream: true }),
    await chat(server, { store: true }),
    await send(server, "POST", "files", form),
  ];
}

const visible = ({ status, headers, text }: RawAnswer): object => ({
  status,
  text,
  // The date is Node's own.
  headers: [...headers].filter(([name]) => name !== "date"),
});

describe("a recording", () => {
  it("replays a session byte for byte", async () => {
    const recorded = await session(await startForTest({ record: file }));
    const server = await startForTest({ replay: file });
    const replayed = await session(server);
    expect(replayed.map(visible)).toEqual(recorded.map(visible));
    expect(server.replayer?.remaining()).toBe(0);
    expect(server.replayer?.strangers).toEqual([]);
  });

  it("tells what it does not contain", async () => {
    await session(await startForTest({ record: file }));
    const server = await startForTest({ replay: file });
    expect((await chat(server, { temperature: 0 })).status).toBe(409);
    expect(server.replayer?.strangers).toMatchObject([{ body: { temperature: 0 } }]);
  });

  it("contains faults and no key", async () => {
    const recording = await startForTest({ record: file });
    recording.queueAnswer({ content: "Hello", fault: { kind: "missingDone" } });
    await chat(recording, { stream: true });
    expect(readFileSync(file, "utf8")).not.toContain(testKey);
    const server = await startForTest({ replay: file });
    expect((await chat(server, { stream: true })).text).not.toContain("[DONE]");
  });
});
