import type { Caps } from "../budget/caps";
import type { Picodollars } from "../budget/money";
import type { Usage } from "../budget/price";
import type { ProviderId } from "../models/model";
import type { Result } from "./failure";

/** What a question asks for; the store saves these names. */
export const taskKinds = ["chat", "explain", "edit", "fix", "document", "tests"] as const;

export type TaskKind = (typeof taskKinds)[number];

/** What a request is for, as it is booked and as reports sum by it: a question, or a summary of what was said. */
export type WorkKind = TaskKind | "summary";

/** Booked before a request is sent: the most that it can cost. Undefined cost: the model has no known price. */
export interface Reservation {
  readonly id: string;
  readonly conversationId: string;
  readonly task: WorkKind;
  readonly model: string;
  readonly provider: ProviderId;
  /** Whose limits it uses: the id that is kept beside the key. */
  readonly account: string;
  /** Where it was asked: the name of the workspace, "" without one. Reports sum by it. */
  readonly workspace: string;
  /** Milliseconds since the epoch; `day` and `hour` (0 to 23) are its local date and time. */
  readonly reservedAt: number;
  readonly day: string;
  readonly hour: number;
  /** Milliseconds that it waited in line for the limits. */
  readonly waitedMs: number;
  readonly cost: Picodollars | undefined;
}

/** What a request cost in the end. */
export interface Settlement {
  readonly usage: Usage;
  readonly cost: Picodollars | undefined;
  /** True when the service reported no usage and the worst case is charged instead. */
  readonly estimated: boolean;
  readonly timeToFirstTokenMs: number | undefined;
  readonly durationMs: number;
}

/** A sum of settled costs and open reservations. */
export interface Spend {
  readonly cost: Picodollars;
  readonly calls: number;
  /** Part of `cost` is an estimate. */
  readonly estimated: boolean;
  /** Calls of models without a known price, which `cost` does not hold. */
  readonly unpriced: number;
}

/** What a sum is over: a conversation, a local day (`2026-11-20`) or a local month (`2026-11`). */
export type SpendScope =
  | { readonly kind: "session"; readonly conversationId: string }
  | { readonly kind: "day"; readonly day: string }
  | { readonly kind: "month"; readonly month: string };

/** Port: the book of all spending, shared by all windows. Never throws. */
export interface Ledger {
  /** Checks the caps and books in one transaction: no window can go over a cap. */
  reserve(reservation: Reservation, caps: Caps): Promise<Result<void>>;
  settle(id: string, settlement: Settlement): Promise<Result<void>>;
  /** The request never reached the service, or was refused unbilled. */
  cancel(id: string): Promise<Result<void>>;
  /** Settled costs and open reservations. */
  spent(scope: SpendScope): Promise<Result<Spend>>;
}
