import type { Clock } from "../../../src/core/dispatch/clock";
import { succeed } from "../../../src/core/dispatch/failure";
import { createModelBook } from "../../../src/core/models/modelBook";
import type { UsageParts } from "../../../src/host/usageView/usagePage";
import { fakeEditor } from "../../fakes/fakeEditor";
import type { OpenedStore } from "../../fakes/openedStore";
import { storePorts } from "../../fakes/storePorts";

/** What the usage page is made of, on an opened store: a free account with a monthly budget of $5. */
export function usageParts(store: OpenedStore, clock: Clock): UsageParts {
  const book = createModelBook(undefined, new Map());
  const answer = <T>(value: T) => Promise.resolve(succeed(value));
  return {
    ledger: storePorts(store).ledger,
    reports: {
      bookedDays: () => answer(store.bookedDays()),
      read: (request) => answer(store.readReport(request)),
      speeds: (range) => answer(store.readSpeeds(range)),
    },
    calls: { calls: (after, range) => answer(store.readCalls(after, range)) },
    usage: {
      spentByModel: (month) => answer(store.spentByModel(month)),
      spentByHour: (day) => answer(store.spentByHour(day)),
    },
    caps: () => ({ month: 5_000_000_000_000n }),
    clock,
    settings: () => ({ book, plan: "free", fallback: undefined }),
    limitsOf: ({ free = {} }) => Promise.resolve(free),
    reporter: {
      report: (act) => Promise.resolve(act()),
      act: () => Promise.resolve(),
    },
    log: {
      info: () => undefined,
      warn: (message) => void fakeEditor.logged.push(message),
      error: (message) => void fakeEditor.logged.push(message),
    },
  };
}
