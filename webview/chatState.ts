import type { ComposerView, MentionView } from "../src/protocol/composerMessages";
import type { ChatStatus, HostMessage, TurnView } from "../src/protocol/chatMessages";

/** What the host found for the last file query. */
export interface MentionsFound {
  readonly query: string;
  readonly found: readonly MentionView[];
}

/** What the page draws: a copy of the host's state, which the page never changes by itself. */
export interface ChatState {
  readonly turns: readonly TurnView[];
  readonly status: ChatStatus | undefined;
  readonly composer: ComposerView | undefined;
  readonly mentions: MentionsFound;
  /** Text that the host puts into the message box; a new object each time. */
  readonly draftRequest: { readonly text: string } | undefined;
  /** What was in the box before the page was loaded: shown unless something has been typed since. */
  readonly keptDraft: { readonly text: string; readonly window: string } | undefined;
  /** What was sent, from this page or another one. */
  readonly takenDraft: { readonly text: string } | undefined;
  readonly announcement: string;
  /** A piece of text was missed: the host has to be asked for everything again. */
  readonly behind: boolean;
  /** Counts the host's requests to focus the message box. */
  readonly focusRequests: number;
}

export const initialState: ChatState = {
  turns: [],
  status: undefined,
  composer: undefined,
  mentions: { query: "", found: [] },
  draftRequest: undefined,
  keptDraft: undefined,
  takenDraft: undefined,
  announcement: "",
  behind: false,
  focusRequests: 0,
};

/** What changes the state. Files that were found concern only the links in answers. */
export type StateMessage = Exclude<HostMessage, { type: "foundFiles" }>;

export function reduce(state: ChatState, message: StateMessage): ChatState {
  switch (message.type) {
    case "conversation":
      return { ...state, turns: message.turns, status: message.status, behind: false };
    case "turn":
      return { ...state, turns: putTurn(state.turns, message.turn) };
    case "append":
      return appendText(state, message);
    case "status":
      return { ...state, status: message.status };
    case "composer":
      return { ...state, composer: message.composer };
    case "foundMentions":
      return { ...state, mentions: message };
    case "keptDraft":
      return { ...state, keptDraft: message };
    case "draftTaken":
      return { ...state, takenDraft: message };
    case "fillDraft":
      return { ...state, draftRequest: message };
    case "announce":
      return { ...state, announcement: message.text };
    case "focus":
      return { ...state, focusRequests: state.focusRequests + 1 };
  }
}

function putTurn(turns: readonly TurnView[], turn: TurnView): readonly TurnView[] {
  const at = turns.findLastIndex(({ id }) => id === turn.id);
  return at === -1 ? [...turns, turn] : turns.with(at, turn);
}

function appendText(
  state: ChatState,
  { turnId, field, offset, text }: Extract<HostMessage, { type: "append" }>,
): ChatState {
  const at = state.turns.findLastIndex(({ id }) => id === turnId);
  const turn = state.turns[at];
  if (turn?.role !== "answer") return state;
  if (offset > turn[field].length) return { ...state, behind: true };
  // Text that a snapshot has already brought comes at an offset before the end, and replaces itself.
  const grown = { ...turn, [field]: turn[field].slice(0, offset) + text };
  return { ...state, turns: state.turns.with(at, grown) };
}
