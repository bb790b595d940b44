import { decodeHostMessage } from "../src/protocol/chatMessages";
import type { ChatViewMessage, HostMessage } from "../src/protocol/chatMessages";
import type { ChatWords } from "../src/protocol/chatWords";

interface VsCodeApi {
  postMessage(message: ChatViewMessage): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

/** The page's words in the user's language, written into it by the host. */
export const words = JSON.parse(document.body.dataset["words"] ?? "{}") as ChatWords;

export function postToHost(message: ChatViewMessage): void {
  api.postMessage(message);
}

/** Hears the host's messages; what is none is dropped. */
export function listenToHost(onMessage: (message: HostMessage) => void): void {
  window.addEventListener("message", (event: MessageEvent<unknown>) => {
    const message = decodeHostMessage(event.data);
    if (message !== undefined) onMessage(message);
  });
}

/** The word with its `{0}` filled in. */
export function filled(word: string, value: string): string {
  return word.replace("{0}", () => value);
}
