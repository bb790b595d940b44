import { window } from "vscode";
import type { LogOutputChannel } from "vscode";

/** Port of the program on the "Groq Coder" output channel. What is logged is never a key, a prompt or an answer. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** Keys of Groq and of the services that they are taken for; a message that holds one all the same is written without it. */
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
