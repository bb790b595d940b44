import { fail, succeed } from "../../src/core/dispatch/failure";
import type { Failure, Result } from "../../src/core/dispatch/failure";
import type { Ledger, Reservation, Settlement, Spend } from "../../src/core/dispatch/ledger";

/** What has become of a reservation. */
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

  reserve(reservation: Reservation): Promise<Result<void>> {
    if (this.refusal !== undefined) return Promise.resolve(fail(this.refusal));
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

  spentOn(day: string): Promise<Result<Spend>> {
    return Promise.resolve(succeed(this.#sum((reservation) => reservation.day === day)));
  }

  spentIn(conversationId: string): Promise<Result<Spend>> {
    return Promise.resolve(
      succeed(this.#sum((reservation) => reservation.conversationId === conversationId)),
    );
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
