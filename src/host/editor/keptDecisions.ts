import { createHash } from "node:crypto";
import * as z from "zod/mini";
import { statesOf, withStates } from "../../core/edits/reviewState";
import type { EditorState } from "../editorState";
import type { ProposedFile } from "./proposal";
import { afterOf, beforeOf, targetOf } from "./reviewDesk";
import type { Desk } from "./reviewDesk";

/** What was decided so far in reviews, kept over a reload and while another edit is under review. */
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
const notesSchema = z.array(noteSchema);

/** Reviews that were left in the middle are rarely taken up again. */
const mostNotes = 10;

export function createKeptDecisions(state: EditorState): KeptDecisions {
  /** One for each answer, the newest last. */
  function notes(): z.infer<typeof notesSchema> {
    return notesSchema.safeParse(state.get(noteKey)).data ?? [];
  }

  function notesOfOthers({ answerId }: Desk): z.infer<typeof notesSchema> {
    return notes().filter((note) => note.answerId !== answerId);
  }

  return {
    recall(desk) {
      const note = notes().find(({ answerId }) => answerId === desk.answerId);
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
      void state.update(noteKey, [...notesOfOthers(desk), note].slice(-mostNotes));
    },
    forget(desk) {
      const others = notesOfOthers(desk);
      if (others.length < notes().length)
        void state.update(noteKey, others.length === 0 ? undefined : others);
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
