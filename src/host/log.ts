import { window } from "vscode";
import type { LogOutputChannel } from "vscode";

/** The "Groq Coder" output channel. Keys, prompts and answers are never logged. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** Keys of Groq and of services that are mistaken for it: should a message contain one, it is removed. */
const keyPattern = /(?:gsk_|\bxai-|\bsk-|\bhf_|\bAIza)[A-Za-z0-9_-]{6,}/g;

export function createLog(): Log & { readonly channel: LogOutputChannel } {
  const channel = window.createOutputChannel("Groq Coder", { log: true });
  return {
    channel,
    info: (message) => channel.info(clean(message)),
    warn: (message) => channel.warn(clean(message)),
    error: (message) => channel.error(clean(message)),
  };
}

function clean(message: string): string {
  return message.replace(keyPattern, "[key]");
}
