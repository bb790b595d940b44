import { beforeEach, expect } from "vitest";
import type { Clock } from "../../../src/core/dispatch/clock";
import { succeed } from "../../../src/core/dispatch/failure";
import { createModelBook } from "../../../src/core/models/modelBook";
import { openUsagePage } from "../../../src/host/usageView/usagePage";
import type { UsageParts } from "../../../src/host/usageView/usagePage";
import type { ReportView } from "../../../src/protocol/reportMessages";
import { decodeUsageHostMessage } from "../../../src/protocol/usageMessages";
import { FakeClock } from "../../fakes/fakeClock";
import { fakeEditor } from "../../fakes/fakeEditor";
import { FakeWebview } from "../../fakes/fakeWebview";
import type { OpenedStore } from "../../fakes/openedStore";
import { storePorts } from "../../fakes/storePorts";
import { reservation, settlement } from "../store/storeSamples";
import { useWindows } from "../store/windows";

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

/** The usage page of each test, on a store of its own, and the page's side of it. */
export function useUsagePage() {
  const windows = useWindows();
  let store: OpenedStore;
  let webview: FakeWebview;
  let clock: FakeClock;
  beforeEach(() => {
    fakeEditor.reset();
    store = windows.open();
    webview = new FakeWebview();
    clock = new FakeClock();
  });

  function partsOf(given: Partial<UsageParts> = {}): UsageParts {
    return { ...usageParts(store, clock), ...given };
  }

  async function open(given?: Partial<UsageParts>, wanted?: unknown) {
    const page = await openUsagePage(partsOf(given), webview, wanted);
    webview.onDidReceiveMessage((message) => void page.receive(message));
    webview.say({ type: "ready" });
    return page;
  }

  /** The reports that the page was sent, as it reads them: what it would drop is an error here. */
  function drawn(): ReportView[] {
    return webview.posted.flatMap((message) => {
      const read = decodeUsageHostMessage(message);
      expect(read).toBeDefined();
      return read?.type === "report" ? [read.report] : [];
    });
  }

  /** The `count`th report. */
  async function shown(count = 1): Promise<ReportView> {
    await expect.poll(() => drawn().length).toBe(count);
    const last = drawn().at(-1);
    if (last === undefined) throw new Error("no report was sent");
    return last;
  }

  function spend(
    id: string,
    given: Parameters<typeof reservation>[1],
    cost: bigint | undefined,
  ): void {
    store.reserve(reservation(id, { ...given, cost }), {});
    store.settle(id, settlement({ cost }));
  }

  return {
    drawn,
    open,
    partsOf,
    shown,
    spend,
    /** What is opened next has a webview of its own. */
    reload() {
      webview = new FakeWebview();
    },
    get clock() {
      return clock;
    },
    get folder() {
      return windows.folder;
    },
    get store() {
      return store;
    },
    get webview() {
      return webview;
    },
  };
}
