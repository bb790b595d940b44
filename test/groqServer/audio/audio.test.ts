import { describe, expect, it } from "vitest";
import { send } from "../testing/rawClient";
import { startForTest } from "../testing/startForTest";

const whisper = "whisper-large-v3";

/** A form with an MP3 of so many bytes. */
function form(fields: Readonly<Record<string, string>> = {}, bytes = 8_000): FormData {
  const data = new FormData();
  data.set("file", new File([new Uint8Array(bytes)], "speech.mp3"));
  for (const [name, value] of Object.entries({ model: whisper, ...fields })) data.set(name, value);
  return data;
}

/** A silent WAV file of so many seconds, 16 kHz, 16 bit, mono. */
function wav(seconds: number): File {
  const header = Buffer.alloc(44);
  const size = 32_000 * seconds;
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + size, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt32LE(32_000, 28);
  header.write("data", 36);
  header.writeUInt32LE(size, 40);
  return new File([header, new Uint8Array(size)], "speech.wav");
}

describe("transcription", () => {
  it("answers as plain text", async () => {
    const server = await startForTest();
    server.queueAnswer({ content: "Good morning" });
    const fields = form({ response_format: "text" });
    const answer = await send(server, "POST", "audio/transcriptions", fields);
    expect(answer.headers.get("content-type")).toMatch("text/plain");
    expect(answer.text).toBe("Good morning");
  });

  it("answers verbosely, with words and segments", async () => {
    const server = await startForTest();
    server.queueAnswer({ content: "Good morning", audioSeconds: 4 });
    const fields = form({ response_format: "verbose_json" });
    fields.append("timestamp_granularities[]", "word");
    fields.append("timestamp_granularities[]", "segment");
    const { json } = await send(server, "POST", "audio/transcriptions", fields);
    expect(json).toMatchObject({
      task: "transcribe",
      duration: 4,
      words: [
        { word: "Good", start: 0, end: 2 },
        { word: "morning", start: 2, end: 4 },
      ],
      segments: [{ id: 0, start: 0, end: 4, text: "Good morning" }],
    });
  });

  it.each([
    ["as heard, by the second", wav(18), 18],
    ["ten seconds at least", wav(1), 10],
  ])("is billed %s", async (_case, file, seconds) => {
    const server = await startForTest();
    const fields = form();
    fields.set("file", file);
    const answer = await send(server, "POST", "audio/transcriptions", fields);
    expect(answer.status).toBe(200);
    const [entry] = server.bill().entries;
    expect(entry?.audioSeconds).toBe(seconds);
    // $0.111 per hour, rounded half up to a picodollar.
    expect(entry?.amount).toBe((111_000_000_000n * BigInt(seconds) * 2n + 3_600n) / 7_200n);
  });

  it.each([
    ["no model", { model: "" }, 404],
    ["a chat model", { model: "openai/gpt-oss-20b" }, 400],
    ["an unknown field", { speed: "2" }, 400],
    ["an unknown format", { response_format: "srt" }, 400],
    ["a temperature above 1", { temperature: "1.5" }, 400],
    ["a language that is no code", { language: "English" }, 400],
    ["timestamps without verbose_json", { timestamp_granularities: "word" }, 400],
    ["a file and a URL", { url: "https://example.com/a.mp3" }, 400],
  ])("is refused with %s", async (_case, fields, status) => {
    const server = await startForTest();
    const answer = await send(server, "POST", "audio/transcriptions", form(fields));
    expect(answer.status).toBe(status);
    expect(server.bill().total).toBe(0n);
  });

  it("takes a URL instead of a file, and fetches nothing", async () => {
    const server = await startForTest();
    const fields = form({ url: "https://example.com/a.mp3" });
    fields.delete("file");
    expect((await send(server, "POST", "audio/transcriptions", fields)).status).toBe(200);
  });

  it("refuses files above 25 MB on the free plan", async () => {
    const server = await startForTest();
    const fields = form({}, 25 * 1024 * 1024 + 1);
    const answer = await send(server, "POST", "audio/transcriptions", fields);
    expect(answer.status).toBe(413);
    expect(answer.error["code"]).toBe("request_too_large");
  });

  it("refuses other kinds of files, and a body that is no form", async () => {
    const server = await startForTest();
    const fields = form();
    fields.set("file", new File(["text"], "notes.txt"));
    expect((await send(server, "POST", "audio/transcriptions", fields)).status).toBe(400);
    expect((await send(server, "POST", "audio/transcriptions", {})).status).toBe(400);
  });

  it("counts requests and seconds of audio", async () => {
    const server = await startForTest();
    server.useElsewhere(whisper, { audioSeconds: 7_195 });
    const answer = await send(server, "POST", "audio/transcriptions", form());
    expect(answer.status).toBe(429);
    expect(answer.text).toContain("seconds of audio per hour (ASPH): Limit 7200, Used 7195");
    expect(answer.headers.get("x-ratelimit-limit-requests")).toBe("2000");
  });
});

describe("translation", () => {
  it("answers in English", async () => {
    const server = await startForTest();
    server.queueAnswer({ content: "Good morning" });
    const fields = form({ response_format: "verbose_json" });
    const { json } = await send(server, "POST", "audio/translations", fields);
    expect(json).toMatchObject({ task: "translate", language: "english", text: "Good morning" });
  });

  it("takes no language", async () => {
    const server = await startForTest();
    const answer = await send(server, "POST", "audio/translations", form({ language: "de" }));
    expect(answer.status).toBe(400);
  });
});
