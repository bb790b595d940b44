import type { ChatViewMessage, HostMessage } from "../src/protocol/chatMessages";
import type { ChatWords } from "../src/protocol/chatWords";
import { linkToHost } from "./hostLink";
import { loadLexer } from "./markdown/lexer";

const link = linkToHost<HostMessage, ChatViewMessage, ChatWords>();
export const { words, postToHost } = link;

/**
 * Listens to the host's messages once they can be read and drawn. What that needs takes 20 ms to be made, after the first
 * paint, when the message box can be typed into already. Until the page has said that it is ready nothing is sent to it.
 */
export async function listenToHost(onMessage: (message: HostMessage) => void): Promise<void> {
  const [{ decodeHostMessage }] = await Promise.all([
    import("../src/protocol/chatMessages"),
    loadLexer(),
  ]);
  link.listenToHost(decodeHostMessage, onMessage);
}
