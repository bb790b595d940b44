import { fail, succeed } from "../../src/core/dispatch/failure";
import type { AppliedEdit, AppliedEdits } from "../../src/core/edits/appliedEdits";

/** Keeps applied edits for the length of a test. */
export class MemoryAppliedEdits implements AppliedEdits {
  readonly edits: AppliedEdit[] = [];
  works = true;

  add(edit: AppliedEdit) {
    if (!this.works) return Promise.resolve(fail({ kind: "storeUnavailable", detail: "locked" }));
    const known = this.edits.findIndex(({ id }) => id === edit.id);
    this.edits.splice(known < 0 ? this.edits.length : known, known < 0 ? 0 : 1, edit);
    return Promise.resolve(succeed(undefined));
  }

  last(workspace: string) {
    return Promise.resolve(succeed(this.edits.findLast((edit) => edit.workspace === workspace)));
  }

  remove(id: string) {
    const at = this.edits.findIndex((edit) => edit.id === id);
    if (at >= 0) this.edits.splice(at, 1);
    return Promise.resolve(succeed(undefined));
  }
}
