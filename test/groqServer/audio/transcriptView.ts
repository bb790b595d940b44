import { encodeText } from "../tokens/harmonyTokens";
import type { AudioRequest, AudioTask } from "./audioRequest";

/** A transcript in the form `verbose_json`; words are spread evenly over the time. */
export function transcriptView(
  audio: AudioRequest,
  spoken: { readonly text: string; readonly seconds: number; readonly task: AudioTask },
): object {
  const { text, seconds, task } = spoken;
  return {
    task,
    language: task === "translate" ? "english" : (audio.language ?? "english"),
    duration: seconds,
    text,
    ...(audio.words && { words: timedWords(text, seconds) }),
    ...(audio.segments && { segments: [segment(text, seconds)] }),
  };
}

function timedWords(text: string, seconds: number): object[] {
  const words = text.split(/\s+/).filter((word) => word !== "");
  const each = seconds / words.length;
  return words.map((word, index) => ({ word, start: index * each, end: (index + 1) * each }));
}

function segment(text: string, seconds: number): object {
  return {
    id: 0,
    seek: 0,
    start: 0,
    end: seconds,
    text,
    tokens: encodeText(text),
    temperature: 0,
    avg_logprob: -0.1,
    compression_ratio: 1.2,
    no_speech_prob: 0.01,
  };
}
