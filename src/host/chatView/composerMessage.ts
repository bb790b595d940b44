import type { ChatViewMessage } from "../../protocol/chatMessages";

/** Messages of the webview that are about its message box. */
export type ComposerMessage = Extract<
  ChatViewMessage,
  {
    type:
      | "draft"
      | "removeContext"
      | "automatic"
      | "mentions"
      | "attach"
      | "drop"
      | "attachFile"
      | "instructions"
      | "addContext"
      | "choose"
      | "unqueue"
      | "summarise"
      | "removeSummary";
  }
>;
