import type { EditorState } from "../editorState";

/** Where a message stands that is in no conversation yet: in the box, or waiting for the answer under way. */
export type MessagePlace = "draft" | "queued";

/** The messages that are not sent yet, over reloads. */
export interface KeptMessages {
  /** "" for none. */
  at(place: MessagePlace): string;
  put(place: MessagePlace, text: string): void;
  /** Takes a message away; another one that was typed meanwhile stays. */
  forget(place: MessagePlace, text: string): void;
}

export function createKeptMessages(state: EditorState): KeptMessages {
  function at(place: MessagePlace): string {
    const kept = state.get(place);
    return typeof kept === "string" ? kept : "";
  }

  function put(place: MessagePlace, text: string): void {
    if (text !== at(place)) void state.update(place, text === "" ? undefined : text);
  }

  return {
    at,
    put,
    forget(place, text) {
      if (at(place) === text) put(place, "");
    },
  };
}

/** Two messages in one place. */
export function joinMessages(first: string, second: string): string {
  return [first, second].filter((text) => text !== "").join("\n\n");
}
