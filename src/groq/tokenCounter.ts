import { Worker } from "node:worker_threads";
import type { TokenCounter } from "../core/tokens/tokenCounter";

export interface CountCall {
  readonly sequence: number;
  readonly texts: readonly string[];
}

export interface CountAnswer {
  readonly sequence: number;
  readonly counts: readonly number[];
}

export interface TokenCounterClient extends TokenCounter {
  close(): Promise<void>;
}

/** The longest wait for a count. Loading takes about 0.3 s, once; a prompt of 8,000 tokens takes 3 ms. */
const patienceMs = 2000;

/** In characters: longer texts exceed any model's context, and are refused by their estimate alone. */
const maxLength = 1_000_000;

/** How many texts' counts are kept, so that a conversation is not counted again for each turn and forecast. */
const mostKept = 200;
/** In characters. Longer texts are files, which are not worth the memory; all kept texts take at most 10 MB. */
const longestKept = 50_000;

/** The tokenizer's time grows with the square of an unbroken run of letters: 8 s for 100,000 of them. */
const longestRun = 1000;

/**
 * Counts with gpt-tokenizer (`o200k_harmony`) in a worker thread, so that neither its 2.8 MB nor its work
 * burdens the extension host. The thread starts with the first count, and is asked for each text once.
 */
export function createTokenCounter(
  workerPath: string,
  longestMs: number = patienceMs,
): TokenCounterClient {
  const pending = new Map<number, (counts: readonly number[] | undefined) => void>();
  const kept = new Map<string, number>();
  let worker: Worker | undefined;
  let sequence = 0;

  function start(): Worker {
    const started = new Worker(workerPath, { execArgv: [] });
    started.unref();
    started.on("message", ({ sequence: answered, counts }: CountAnswer) => {
      pending.get(answered)?.(counts);
      pending.delete(answered);
    });
    const abandon = () => {
      if (worker !== started) return;
      worker = undefined;
      for (const resolve of pending.values()) resolve(undefined);
      pending.clear();
    };
    started.on("error", abandon);
    started.on("exit", abandon);
    return started;
  }

  async function stop(): Promise<void> {
    await worker?.terminate();
  }

  async function ask(texts: readonly string[]): Promise<readonly number[] | undefined> {
    worker ??= start();
    const call: CountCall = { sequence: ++sequence, texts };
    const counted = new Promise<readonly number[] | undefined>((resolve) => {
      pending.set(call.sequence, resolve);
    });
    worker.postMessage(call);
    // A thread that is stuck is ended; the next count starts a new one.
    const timer = setTimeout(() => void stop(), longestMs);
    try {
      return await counted;
    } finally {
      clearTimeout(timer);
    }
  }

  /** The least recently used counts are forgotten first. */
  function keep(counts: ReadonlyMap<string, number>): void {
    for (const [text, count] of counts) {
      if (text.length > longestKept) continue;
      kept.delete(text);
      kept.set(text, count);
    }
    for (const oldest of kept.keys()) {
      if (kept.size <= mostKept) break;
      kept.delete(oldest);
    }
  }

  /** Each text's count; undefined as soon as one cannot be counted. */
  async function countsOf(texts: ReadonlySet<string>): Promise<Map<string, number> | undefined> {
    const counts = new Map<string, number>();
    const unknown: string[] = [];
    for (const text of texts) {
      const count = kept.get(text);
      if (count === undefined) unknown.push(text);
      else counts.set(text, count);
    }
    if (!unknown.every(isCountable)) return undefined;
    const asked = unknown.length === 0 ? [] : await ask(unknown);
    for (const [index, text] of unknown.entries()) {
      const count = asked?.[index];
      if (count === undefined) return undefined;
      counts.set(text, count);
    }
    return counts;
  }

  return {
    async count(texts) {
      const counts = await countsOf(new Set(texts));
      if (counts === undefined) return undefined;
      keep(counts);
      return texts.map((text) => counts.get(text) ?? 0);
    },
    close: stop,
  };
}

function isCountable(text: string): boolean {
  if (text.length > maxLength) return false;
  let run = 0;
  for (let at = 0; at < text.length; at++) {
    run = isInRun(text.charCodeAt(at)) ? run + 1 : 0;
    if (run > longestRun) return false;
  }
  return true;
}

/** Letters, and everything beyond ASCII, where spaces and punctuation are not worth telling apart. */
function isInRun(code: number): boolean {
  const lowerCase = code | 0x20;
  return code > 0x7f || (lowerCase >= 0x61 && lowerCase <= 0x7a);
}
