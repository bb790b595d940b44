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

export const done: CommandResult = { ok: true };

export function toCommandResult(result: Result<unknown>): CommandResult {
  return result.ok ? done : { ok: false, failure: result.failure };
}
