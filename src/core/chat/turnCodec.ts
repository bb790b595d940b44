import type { Turn } from "./conversation";

/** A turn as it is written down, in a file or the database: what is searched by itself, the rest as JSON. */
export interface WrittenTurn {
  readonly id: string;
  readonly role: string;
  readonly text: string;
  readonly reasoning: string;
  readonly details: string;
}

/** Port: how turns are serialised. Details that cannot be read are left out; the text never is. */
export interface TurnCodec {
  encode(turn: Turn): WrittenTurn;
  decode(written: WrittenTurn): Turn;
}
