import { expect } from "vitest";
import type { Caps } from "../../../src/core/budget/caps";
import { readCapStates } from "../../../src/core/dispatch/capStates";
import type { Ledger, Reservation, Settlement } from "../../../src/core/dispatch/ledger";
import type { GroqServer } from "../../groqServer/groqServer";
import type { LoggedRequest } from "../../groqServer/requestLog";

/** One call as it was booked, and what the service that it went to bills for it. Amounts are picodollars. */
export interface BilledCall {
  readonly reservation: Reservation;
  /** The most that it could cost. */
  readonly reserved: bigint;
  /** 0 for what was cancelled. */
  readonly charged: bigint;
  /** Marked: the service has not reported what it used. */
  readonly estimated: boolean;
  readonly settled: boolean;
  readonly billed: bigint;
  /** Of the prompt, as reported. */
  readonly cachedTokens: number;
}

/** Everything that was booked, in any window, whatever becomes of it in the store. */
export interface Bookings {
  /** The same ledger, with all that is done to it written down, and no reservation over a cap. */
  over(ledger: Ledger): Ledger;
  calls(): readonly BilledCall[];
}

interface Booking {
  readonly reservation: Reservation;
  settlement?: Settlement;
  ended: boolean;
}

/** `services` have Groq first. A call's id begins with the mark of its question, which the request carries, too. */
export function createBookings(
  services: readonly [groq: GroqServer, second: GroqServer],
): Bookings {
  const booked = new Map<string, Booking>();

  function find(id: string): Booking {
    const booking = booked.get(id);
    if (booking === undefined || booking.ended) throw new Error(`not open: ${id}`);
    return booking;
  }

  return {
    over: (ledger) => ({
      ...ledger,
      async reserve(reservation, caps) {
        const result = await ledger.reserve(reservation, caps);
        if (!result.ok) return result;
        booked.set(reservation.id, { reservation, ended: false });
        await expectWithin(ledger, reservation, caps);
        return result;
      },
      settle(id, settlement) {
        Object.assign(find(id), { settlement, ended: true });
        return ledger.settle(id, settlement);
      },
      cancel(id) {
        find(id).ended = true;
        return ledger.cancel(id);
      },
    }),
    calls() {
      /** How many calls of a question a service has had before. */
      const earlier = new Map<string, number>();
      return [...booked.values()].map(({ reservation, settlement, ended }) => {
        if (!ended) throw new Error(`left open: ${reservation.id}`);
        const [mark = ""] = reservation.id.split(" ");
        const service = services[reservation.provider === "groq" ? 0 : 1];
        const place = `${mark} ${reservation.provider}`;
        const count = earlier.get(place) ?? 0;
        earlier.set(place, count + 1);
        const request = service.requests.filter((sent) => carries(sent, mark))[count];
        return {
          reservation,
          reserved: reservation.cost ?? 0n,
          charged: settlement?.cost ?? 0n,
          estimated: settlement?.estimated ?? false,
          settled: settlement !== undefined,
          cachedTokens: settlement?.usage.cachedTokens ?? 0,
          billed: request === undefined ? 0n : billedFor(service, request.id),
        };
      });
    },
  };
}

/** At this moment the worst that can come of all that is under way is in the sums. */
async function expectWithin(ledger: Ledger, reservation: Reservation, caps: Caps): Promise<void> {
  const states = await readCapStates(ledger, caps, reservation);
  if (!states.ok) throw new Error("the caps cannot be read");
  for (const { spent, cap } of states.value) expect(spent).toBeLessThanOrEqual(cap);
}

function carries({ body }: LoggedRequest, mark: string): boolean {
  return JSON.stringify(body).includes(mark);
}

function billedFor(service: GroqServer, requestId: string): bigint {
  return service
    .bill()
    .entries.filter((entry) => entry.requestId === requestId)
    .reduce((sum, { amount }) => sum + amount, 0n);
}
