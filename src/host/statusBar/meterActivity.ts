import type { Chat } from "../../core/chat/chat";
import type { MeterActivity } from "./meterState";

/** Whether the last answer waits for the limits, or failed because the service could not be reached. Calm without a chat. */
export function activityOf(chat: Pick<Chat, "conversation"> | undefined): MeterActivity {
  const last = chat?.conversation().turns.findLast((turn) => turn.role === "answer");
  if (last?.role !== "answer") return "calm";
  switch (last.status.kind) {
    case "waiting":
      return last.status.untilMs === undefined ? "calm" : "waiting";
    case "failed":
      return last.status.failure.kind === "unreachable" ? "offline" : "calm";
    case "streaming":
    case "complete":
      return "calm";
  }
}
