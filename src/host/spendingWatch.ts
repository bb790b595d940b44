import { l10n, window } from "vscode";
import { formatDollars } from "../core/budget/money";
import { isNearlyUsedUp } from "../core/budget/caps";
import type { CapPeriod, Caps } from "../core/budget/caps";
import { unusualHour } from "../core/budget/spendingHabit";
import type { UsageQueries } from "../core/budget/usageQueries";
import type { Warnings } from "../core/budget/warnings";
import { readCapStates } from "../core/dispatch/capStates";
import type { Clock } from "../core/dispatch/clock";
import type { Ledger } from "../core/dispatch/ledger";
import { monthOf } from "../core/report/calendar";
import { openSettings } from "./openSettings";
import { section } from "./settings";

/** Warns about spending before a cap stops it. */
export interface SpendingWatch {
  /** To be called after a change of spend; gives each warning once. */
  look(): Promise<void>;
}

export interface SpendingWatchParts {
  readonly ledger: Ledger;
  readonly usage: UsageQueries;
  readonly clock: Clock;
  readonly caps: () => Caps;
  /** Percent of a cap at which to warn. */
  readonly warnAt: () => number;
  readonly conversationId: () => string;
  readonly warnings: Warnings;
}

const habitDays = 28;
const dayMs = 86_400_000;

export function createSpendingWatch(parts: SpendingWatchParts): SpendingWatch {
  const { ledger, usage, clock, warnings } = parts;
  /** Warnings that were given, by this window or another one. */
  const told = new Set<string>();

  /** Once on this machine: other windows see the same spending at the same moment. */
  async function warn(matter: string, words: string): Promise<void> {
    if (told.has(matter)) return;
    told.add(matter);
    const claimed = await warnings.claim(matter);
    // Without the store nothing is spent either; the next look asks again.
    if (!claimed.ok) told.delete(matter);
    if (!claimed.ok || !claimed.value) return;
    const change = l10n.t("Change Budget");
    // Not awaited: the next look must not wait for the user.
    void window.showWarningMessage(words, change).then((chosen) => {
      if (chosen === change) void openSettings(`${section}.budget`);
    });
  }

  async function lookAtCaps(day: string): Promise<void> {
    const conversationId = parts.conversationId();
    const states = await readCapStates(ledger, parts.caps(), { conversationId, day });
    if (!states.ok) return;
    for (const cap of states.value.filter((each) => isNearlyUsedUp(each, parts.warnAt())))
      await warn(
        `${cap.period} ${matterOf(cap.period, day, conversationId)} ${cap.cap}`,
        l10n.t(
          "{0} of the budget of {1} for {2} is spent or reserved.",
          formatDollars(cap.spent),
          formatDollars(cap.cap),
          periodWords(cap.period),
        ),
      );
  }

  async function lookAtHabit(day: string, hour: number): Promise<void> {
    const since = clock.localDay(clock.now() - habitDays * dayMs);
    const hours = await usage.spentByHour(since);
    const unusual = hours.ok ? unusualHour(hours.value, { day, hour }) : undefined;
    if (unusual === undefined) return;
    await warn(
      `hour ${day} ${hour}`,
      l10n.t(
        "{0} was spent in this hour. Your most expensive hour of the last four weeks cost {1}.",
        formatDollars(unusual.spent),
        formatDollars(unusual.usual),
      ),
    );
  }

  return {
    async look() {
      const now = clock.now();
      const day = clock.localDay(now);
      await lookAtCaps(day);
      await lookAtHabit(day, clock.localHour(now));
    },
  };
}

function matterOf(period: CapPeriod, day: string, conversationId: string): string {
  switch (period) {
    case "session":
      return conversationId;
    case "day":
      return day;
    case "month":
      return monthOf(day);
  }
}

function periodWords(period: CapPeriod): string {
  switch (period) {
    case "session":
      return l10n.t("this chat");
    case "day":
      return l10n.t("today");
    case "month":
      return l10n.t("this month");
  }
}
