import type {
  UsageHostMessage,
  UsagePageState,
  UsageViewMessage,
} from "../../src/protocol/usageMessages";
import type { UsageWords } from "../../src/protocol/usageWords";
import { linkToHost } from "../hostLink";

export const { words, postToHost, keepState, listenToHost } = linkToHost<
  UsageHostMessage,
  UsageViewMessage,
  UsageWords,
  UsagePageState
>();
