import type { Chat } from "../../core/chat/chat";
import type { MeterActivity } from "./meterState";

/** Of the last answer: it waits for the limits, or the service could not be reached. Calm while there is no chat. */
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
