import type { EditorState } from "../editorState";

/** Where a message is before it is sent: in the box, or queued behind the answer under way. */
export type MessagePlace = "draft" | "queued";

/** Messages that are not sent yet, kept over reloads. */
export interface KeptMessages {
  /** "" for none. */
  at(place: MessagePlace): string;
  put(place: MessagePlace, text: string): void;
  /** Removes a message, unless another one has been typed meanwhile. */
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
