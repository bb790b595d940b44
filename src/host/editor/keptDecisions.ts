import { createHash } from "node:crypto";
import * as z from "zod/mini";
import { statesOf, withStates } from "../../core/edits/reviewState";
import type { EditorState } from "../editorState";
import type { ProposedFile } from "./proposal";
import { afterOf, beforeOf, targetOf } from "./reviewDesk";
import type { Desk } from "./reviewDesk";

/** What was decided so far of the open review, kept over a reload. */
export interface KeptDecisions {
  /** The desk with what was decided on the very same proposal; unchanged if nothing was. */
  recall(desk: Desk): Desk;
  keep(desk: Desk): void;
  /** Its review has ended. */
  forget(desk: Desk): void;
}

const noteKey = "reviewDecisions";

/** `prints` are hashes of the files with their texts, before and after: decisions apply to no other text. */
const noteSchema = z.object({
  answerId: z.string(),
  prints: z.array(z.string()),
  states: z.array(z.array(z.enum(["open", "accepted", "rejected"]))),
});

export function createKeptDecisions(state: EditorState): KeptDecisions {
  /** What is kept of a desk's answer. */
  function noteOf({ answerId }: Desk): z.infer<typeof noteSchema> | undefined {
    const note = noteSchema.safeParse(state.get(noteKey)).data;
    return note?.answerId === answerId ? note : undefined;
  }

  return {
    recall(desk) {
      const note = noteOf(desk);
      if (note === undefined) return desk;
      const prints = printsOf(desk);
      const isSame =
        note.prints.length === prints.length && note.prints.every((one, at) => one === prints[at]);
      const decisions = isSame ? withStates(desk.decisions, note.states) : undefined;
      return decisions === undefined ? desk : { ...desk, decisions };
    },
    keep(desk) {
      const { answerId, decisions } = desk;
      const note = { answerId, prints: printsOf(desk), states: statesOf(decisions) };
      void state.update(noteKey, note);
    },
    forget(desk) {
      if (noteOf(desk) !== undefined) void state.update(noteKey, undefined);
    },
  };
}

/** A proposal never changes, and its files may be large. */
const knownPrints = new WeakMap<ProposedFile, string>();

function printsOf({ files }: Desk): readonly string[] {
  return files.map(({ proposed }) => {
    const print = knownPrints.get(proposed) ?? printOf(proposed);
    knownPrints.set(proposed, print);
    return print;
  });
}

function printOf(file: ProposedFile): string {
  const parts = [file.kind, file.uri, targetOf(file) ?? "", beforeOf(file), afterOf(file)];
  return createHash("sha256")
    .update(JSON.stringify(parts.map(String)))
    .digest("base64url");
}
