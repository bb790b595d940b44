import { capPeriods, refuseOverCap } from "../../src/core/budget/caps";
import type { Caps } from "../../src/core/budget/caps";
import { fail, succeed } from "../../src/core/dispatch/failure";
import type { Failure, Result } from "../../src/core/dispatch/failure";
import type {
  Ledger,
  Reservation,
  Settlement,
  Spend,
  SpendScope,
} from "../../src/core/dispatch/ledger";
import { spendScopes } from "../../src/core/dispatch/spendScopes";

/** What happened to a reservation. */
export type Booking =
  | { readonly kind: "open"; readonly reservation: Reservation }
  | { readonly kind: "cancelled"; readonly reservation: Reservation }
  | {
      readonly kind: "settled";
      readonly reservation: Reservation;
      readonly settlement: Settlement;
    };

/** A ledger in memory that keeps every booking, cancelled ones too. */
export class MemoryLedger implements Ledger {
  readonly bookings = new Map<string, Booking>();
  /** Refuses every reservation while set. */
  refusal: Failure | undefined;

  reserve(reservation: Reservation, caps: Caps): Promise<Result<void>> {
    const refusal = this.refusal ?? this.#overCap(reservation, caps);
    if (refusal !== undefined) return Promise.resolve(fail(refusal));
    if (this.bookings.has(reservation.id)) throw new Error(`reserved twice: ${reservation.id}`);
    this.bookings.set(reservation.id, { kind: "open", reservation });
    return Promise.resolve(succeed(undefined));
  }

  settle(id: string, settlement: Settlement): Promise<Result<void>> {
    const { reservation } = this.#open(id);
    this.bookings.set(id, { kind: "settled", reservation, settlement });
    return Promise.resolve(succeed(undefined));
  }

  cancel(id: string): Promise<Result<void>> {
    const { reservation } = this.#open(id);
    this.bookings.set(id, { kind: "cancelled", reservation });
    return Promise.resolve(succeed(undefined));
  }

  spent(scope: SpendScope): Promise<Result<Spend>> {
    return Promise.resolve(succeed(this.#sum((reservation) => isWithin(reservation, scope))));
  }

  #overCap(reservation: Reservation, caps: Caps): Failure | undefined {
    const scopes = spendScopes(reservation.conversationId, reservation.day);
    const states = capPeriods.flatMap((period) => {
      const cap = caps[period];
      const { cost: spent } = this.#sum((other) => isWithin(other, scopes[period]));
      return cap === undefined ? [] : [{ period, cap, spent }];
    });
    return refuseOverCap(states, reservation.model, reservation.cost);
  }

  #open(id: string): Booking {
    const booking = this.bookings.get(id);
    if (booking?.kind !== "open") throw new Error(`booked twice or never reserved: ${id}`);
    return booking;
  }

  #sum(counts: (reservation: Reservation) => boolean): Spend {
    let spend: Spend = { cost: 0n, calls: 0, estimated: false, unpriced: 0 };
    for (const booking of this.bookings.values()) {
      if (booking.kind === "cancelled" || !counts(booking.reservation)) continue;
      const settlement = booking.kind === "settled" ? booking.settlement : undefined;
      const cost = settlement === undefined ? booking.reservation.cost : settlement.cost;
      spend = {
        cost: spend.cost + (cost ?? 0n),
        calls: spend.calls + 1,
        estimated: spend.estimated || (settlement?.estimated ?? true),
        unpriced: spend.unpriced + (cost === undefined ? 1 : 0),
      };
    }
    return spend;
  }
}

function isWithin(reservation: Reservation, scope: SpendScope): boolean {
  switch (scope.kind) {
    case "session":
      return reservation.conversationId === scope.conversationId;
    case "day":
      return reservation.day === scope.day;
    case "month":
      return reservation.day.startsWith(scope.month);
  }
}
