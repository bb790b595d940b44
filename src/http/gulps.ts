import { setTimeout as sleep } from "node:timers/promises";

/**
 * So far apart are what a body's reader gets. Each token is a piece of its own, a thousand a second, and each addition costs
 * the host and the page the same whatever it brings: twenty a second still read as one flow.
 */
const apartMs = 50;
/** So long a body may take to end when nobody wants the rest of it. */
const endMs = 100;
/** More is not held back for what may come with it, in characters, and not read before it is taken. */
const fullGulp = 64_000;

/**
 * A body's text, all that has come in since the last time at once. The first is passed on when it comes, the last when the
 * body ends; of one that breaks off, what came before. Throws what reading throws, and when the signal aborts.
 */
export async function* readGulps(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<string, void> {
  const gulp = collect(body.getReader());
  const stop = () => gulp.end(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  try {
    while (await gulp.hasCome()) {
      yield gulp.take();
      await gulp.pause();
    }
  } finally {
    signal.removeEventListener("abort", stop);
    await gulp.leave(signal.aborted ? 0 : endMs);
  }
}

/** Reads on by itself, and keeps what has come in until it is taken. */
function collect(reader: ReadableStreamDefaultReader<Uint8Array>) {
  const decoder = new TextDecoder();
  let text = "";
  let ended: { readonly error?: unknown } | undefined;
  let isLeft = false;
  let onText: (() => void) | undefined;
  let onFullOrEnd: (() => void) | undefined;
  let onTaken: (() => void) | undefined;

  async function readOn(): Promise<void> {
    try {
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        if (isLeft) continue;
        text += decoder.decode(piece.value, { stream: true });
        if (text !== "") onText?.();
        if (text.length < fullGulp) continue;
        onFullOrEnd?.();
        await new Promise<void>((resolve) => {
          onTaken = resolve;
        });
      }
      end({});
    } catch (error) {
      end({ error });
    }
  }

  function end(how: { readonly error?: unknown }): void {
    ended ??= how;
    onText?.();
    onFullOrEnd?.();
  }

  const reading = readOn();
  return {
    /** False at the end; throws where that is none. */
    async hasCome(): Promise<boolean> {
      if (text === "" && ended === undefined)
        await new Promise<void>((resolve) => {
          onText = resolve;
        });
      if (text === "" && ended !== undefined && "error" in ended) throw ended.error;
      return text !== "";
    },
    take(): string {
      const taken = text;
      text = "";
      onTaken?.();
      return taken;
    },
    async pause(): Promise<void> {
      if (ended !== undefined || text.length >= fullGulp) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, apartMs);
        onFullOrEnd = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    },
    end: (error: unknown) => end({ error }),
    /** Only a body that was read to its end leaves its connection to the next request; for one that does not end, none is kept. */
    async leave(withinMs: number): Promise<void> {
      isLeft = true;
      onTaken?.();
      if (ended === undefined) await Promise.race([reading, sleep(withinMs)]);
      await reader.cancel().catch(() => undefined);
    },
  };
}
