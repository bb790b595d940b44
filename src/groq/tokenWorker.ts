import { parentPort } from "node:worker_threads";
import { countTokens } from "gpt-tokenizer/encoding/o200k_harmony";
import type { CountCall, CountAnswer } from "./tokenCounter";

// Text that looks like a special token (`<|start|>`) is only text here: the service escapes it as well.
const asText = { disallowedSpecial: new Set<string>() };

parentPort?.on("message", ({ sequence, texts }: CountCall) => {
  const answer: CountAnswer = {
    sequence,
    counts: texts.map((text) => countTokens(text, asText)),
  };
  parentPort?.postMessage(answer);
});
