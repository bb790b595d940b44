import { fail, succeed } from "../../src/core/dispatch/failure";
import type { Result } from "../../src/core/dispatch/failure";
import type { HoldUps } from "../../src/core/dispatch/holdUps";
import type { Ledger } from "../../src/core/dispatch/ledger";
import type { LimitStore } from "../../src/core/limits/limitStore";
import type { OpenedStore } from "./openedStore";

/** The core's ports on an opened store, in this thread: a step that throws is a bug here. */
export function storePorts(store: OpenedStore): {
  readonly ledger: Ledger;
  readonly limits: LimitStore;
  readonly holdUps: HoldUps;
} {
  const answer = async <T>(step: () => T): Promise<Result<T>> => Promise.resolve(succeed(step()));
  return {
    ledger: {
      async reserve(reservation, caps) {
        const refusal = store.reserve(reservation, caps);
        return Promise.resolve(refusal === undefined ? succeed(undefined) : fail(refusal));
      },
      settle: (id, settlement) => answer(() => store.settle(id, settlement)),
      cancel: (id) => answer(() => store.cancel(id)),
      spent: (scope) => answer(() => store.spent(scope)),
    },
    limits: {
      load: (key) => answer(() => store.loadLimits(key)),
      replace: (key, next) => answer(() => store.replaceLimits(key, next)),
      merge: (account, into) => answer(() => store.mergeAccounts(account, into)),
    },
    holdUps: { note: (holdUp) => answer(() => store.noteHoldUp(holdUp)) },
  };
}
