import type { Failure, Result } from "../../core/dispatch/failure";

/** What every command returns: plain data, so that other extensions and tests can use it without dialogs. */
export type CommandResult =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly failure: Failure;
      /** The failure is shown in the transcript and needs no other notice. */
      readonly shownInChat?: boolean;
    };

/** An answer that is whole, with what other extensions may want of it. */
export interface AnsweredResult {
  readonly ok: true;
  /** As `applyEdit` takes it. */
  readonly answerId: string;
  readonly model: string;
  readonly text: string;
  /** US dollars as decimal text; absent where no price is known. */
  readonly costUsd?: string;
}

export const done: CommandResult = { ok: true };

export function toCommandResult(result: Result<unknown>): CommandResult {
  return result.ok ? done : { ok: false, failure: result.failure };
}
