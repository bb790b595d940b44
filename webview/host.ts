import { decodeHostMessage } from "../src/protocol/chatMessages";
import type { ChatViewMessage, HostMessage } from "../src/protocol/chatMessages";
import type { ChatWords } from "../src/protocol/chatWords";
import { linkToHost } from "./hostLink";

export const { words, postToHost, listenToHost } = linkToHost<
  HostMessage,
  ChatViewMessage,
  ChatWords
>(decodeHostMessage);
