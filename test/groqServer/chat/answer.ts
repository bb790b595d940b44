import type { Fault } from "../faults/fault";
import type { BuiltInTool } from "../models/modelRow";

/** What the model says to one request: queued by a test, or made up from rules. */
export interface Answer {
  readonly content?: string;
  /** Comes before the content and counts as completion tokens. */
  readonly reasoning?: string;
  /** `arguments` as text is passed on as it is, even when it is not JSON. */
  readonly toolCalls?: readonly { readonly name: string; readonly arguments: unknown }[];
  /** Tools that Groq ran by itself; they are billed. */
  readonly executedTools?: readonly ExecutedTool[];
  /** Instead of the one that follows from the rest. */
  readonly finishReason?: "stop" | "length" | "tool_calls";
  /** How the content is cut into deltas; one per token when omitted. */
  readonly chunks?: readonly string[];
  /** The model fails to call a tool, after `content`, with this as `failed_generation`. */
  readonly toolUseFailed?: { readonly failedGeneration: string; readonly message?: string };
  /** Length of the audio that is "heard", in seconds, for transcriptions. */
  readonly audioSeconds?: number;
  /** Its speed, instead of the server's. */
  readonly tokensPerSecond?: number;
  readonly fault?: Fault;
}

/** One run of a built-in tool. */
export interface ExecutedTool {
  readonly type: BuiltInTool;
  /** JSON text. */
  readonly arguments: string;
  readonly output?: string;
  readonly searchResults?: readonly { title: string; url: string; content: string }[];
  /** How long it ran; code is billed by time. One second when omitted. */
  readonly durationMs?: number;
}

/** An answer that waits for its request. */
export interface QueuedAnswer extends Answer {
  /** Only for a request to this model. */
  readonly model?: string;
  /** Only for a request whose body contains this text. */
  readonly whenIncludes?: string;
}

/** Answers in the order in which they will be given. */
export interface AnswerQueue {
  add(answer: QueuedAnswer): void;
  /** Takes the first answer that fits. */
  take(model: string, body: unknown): Answer | undefined;
  clear(): void;
}

export function createAnswerQueue(): AnswerQueue {
  const waiting: QueuedAnswer[] = [];
  return {
    add: (answer) => waiting.push(answer),
    take: (model, body) => {
      // Looked for as it stands in JSON, without the quotes around it.
      const text = JSON.stringify(body);
      const index = waiting.findIndex(
        (answer) =>
          (answer.model === undefined || answer.model === model) &&
          (answer.whenIncludes === undefined ||
            text.includes(JSON.stringify(answer.whenIncludes).slice(1, -1))),
      );
      return index < 0 ? undefined : waiting.splice(index, 1)[0];
    },
    clear: () => waiting.splice(0),
  };
}
