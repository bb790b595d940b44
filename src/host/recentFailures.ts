import type { Clock } from "../core/dispatch/clock";
import type { Failure } from "../core/dispatch/failure";

/** A failure without its texts, which are the service's and may repeat what the user asked. */
export interface FailureNote {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly kind: Failure["kind"];
  /** Of the HTTP answer, where there was one. */
  readonly status?: number;
  /** The second provider's. */
  readonly ofFallback: boolean;
}

/** The last failures of this window, for its diagnostics; they are not stored. */
export interface RecentFailures {
  /** `occasion` identifies the failure: if it is reported twice in a row, it counts once. */
  note(failure: Failure, occasion?: string): void;
  /** The oldest first. */
  all(): readonly FailureNote[];
}

const mostNotes = 20;

export function createRecentFailures(clock: Clock): RecentFailures {
  const notes: FailureNote[] = [];
  let lastOccasion: string | undefined;
  return {
    note(failure, occasion) {
      if (occasion !== undefined && occasion === lastOccasion) return;
      lastOccasion = occasion;
      notes.push({
        at: clock.now(),
        kind: failure.kind,
        ofFallback: "provider" in failure,
        ...("status" in failure && { status: failure.status }),
      });
      if (notes.length > mostNotes) notes.shift();
    },
    all: () => [...notes],
  };
}
