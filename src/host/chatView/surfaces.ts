import type { Webview } from "vscode";
import { decodeChatViewMessage } from "../../protocol/chatMessages";
import type { ChatViewMessage, HostMessage } from "../../protocol/chatMessages";

/** All webviews that show the chat: the sidebar's and the editor panels'. Messages are posted to all of them. */
export interface Surfaces {
  /** Takes any message of a webview; from its first `ready` on it is served. */
  receive(webview: Webview, message: unknown): void;
  /** The webview is closed. */
  leave(webview: Webview): void;
  /** Returns whether any webview was there to receive it. */
  post(message: HostMessage): boolean;
}

/**
 * `onMessage` gets each valid message, and a way to answer only its sender. A webview receives nothing
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
  // A webview that was closed meanwhile ignores the message; its successor asks for the whole state.
  void webview.postMessage(message);
}
