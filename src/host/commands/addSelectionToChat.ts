import type { ChatPlaces } from "../chatView/chatPlaces";
import type { ContextBoard, ContextRequest } from "../context/contextBoard";
import { done } from "./commandResult";
import type { CommandResult } from "./commandResult";

export interface AddSelectionParts {
  readonly board: ContextBoard;
  readonly places: ChatPlaces;
  /** Puts the cursor into the message box. */
  readonly focusMessage: () => void;
}

/** Adds code to the next message as a chip: `{uri, range}`, else the selection. Nothing is sent. */
export async function addSelectionToChat(
  { board, places, focusMessage }: AddSelectionParts,
  target: unknown,
): Promise<CommandResult> {
  // The editor's context menu passes only the document's address, which does not name code.
  const given = typeof target === "object" && target !== null && "uri" in target;
  const request: ContextRequest = given ? { kind: "selection", target } : { kind: "selection" };
  const [failure] = (await board.add(request)).failures;
  if (failure !== undefined) return { ok: false, failure };
  await places.show();
  focusMessage();
  return done;
}
