import type { Webview } from "vscode";
import { decodeChatViewMessage } from "../../protocol/chatMessages";
import type { ChatViewMessage, HostMessage } from "../../protocol/chatMessages";

/** All webviews that show the chat: the sidebar's and the editor panels'. What is posted reaches each. */
export interface Surfaces {
  /** Takes what a webview says, whatever that is; from its first `ready` on it is served. */
  receive(webview: Webview, message: unknown): void;
  /** It is closed. */
  leave(webview: Webview): void;
  /** Whether there was any webview to hear it. */
  post(message: HostMessage): boolean;
}

/**
 * `onMessage` gets each valid message, and a way to answer its sender alone. A webview hears nothing
 * before it has said that it is ready; unknown messages are dropped.
 */
export function createSurfaces(
  onMessage: (message: ChatViewMessage, reply: (answer: HostMessage) => void) => void,
  onDropped: () => void,
): Surfaces {
  const ready = new Set<Webview>();
  return {
    receive(webview, raw) {
      const message = decodeChatViewMessage(raw);
      if (message === undefined) return onDropped();
      if (message.type === "ready") ready.add(webview);
      onMessage(message, (answer) => send(webview, answer));
    },
    leave: (webview) => ready.delete(webview),
    post(message) {
      for (const webview of ready) send(webview, message);
      return ready.size > 0;
    },
  };
}

function send(webview: Webview, message: HostMessage): void {
  // A webview that was closed meanwhile takes no message; its successor asks for the whole state.
  void webview.postMessage(message);
}
