import { decodeUsageHostMessage } from "../../src/protocol/usageMessages";
import type {
  UsageHostMessage,
  UsagePageState,
  UsageViewMessage,
} from "../../src/protocol/usageMessages";
import type { UsageWords } from "../../src/protocol/usageWords";

interface VsCodeApi {
  postMessage(message: UsageViewMessage): void;
  setState(state: UsagePageState): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

/** The page's words in the user's language, written into it by the host. */
export const words = JSON.parse(document.body.dataset["words"] ?? "{}") as UsageWords;

export function postToHost(message: UsageViewMessage): void {
  api.postMessage(message);
}

/** Left with the editor, which gives it to the host after a reload. */
export function keepState(state: UsagePageState): void {
  api.setState(state);
}

/** Hears the host's messages; what is none is dropped. */
export function listenToHost(onMessage: (message: UsageHostMessage) => void): void {
  window.addEventListener("message", (event: MessageEvent<unknown>) => {
    const message = decodeUsageHostMessage(event.data);
    if (message !== undefined) onMessage(message);
  });
}

/** The word with its `{0}` filled in. */
export function filled(word: string, value: string): string {
  return word.replace("{0}", () => value);
}
