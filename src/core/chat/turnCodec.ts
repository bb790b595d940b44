import type { Turn } from "./conversation";

/** A turn as it is written down: its texts, and the rest as JSON. */
export interface WrittenTurn {
  readonly id: string;
  readonly role: string;
  readonly text: string;
  readonly reasoning: string;
  readonly details: string;
}

/** Port: how turns are written down. What cannot be read of the details is left out, never the text. */
export interface TurnCodec {
  encode(turn: Turn): WrittenTurn;
  decode(written: WrittenTurn): Turn;
}
