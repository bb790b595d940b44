/** One line of a bill. `amount` is in picodollars. */
export interface BillEntry {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly requestId: string;
  readonly model: string;
  readonly kind: "chat" | "batch" | "audio" | "tool";
  readonly promptTokens: number;
  /** Included in `promptTokens`. */
  readonly cachedTokens: number;
  readonly completionTokens: number;
  /** Seconds as billed. */
  readonly audioSeconds: number;
  readonly amount: bigint;
}

/** What an organisation owes. */
export interface Bill {
  readonly organization: string;
  /** Picodollars. */
  readonly total: bigint;
  readonly entries: readonly BillEntry[];
}

/** The account book of all organisations. */
export interface Ledger {
  charge(organization: string, entry: BillEntry): void;
  bill(organization: string): Bill;
}

export function createLedger(): Ledger {
  const books = new Map<string, BillEntry[]>();
  return {
    charge: (organization, entry) => {
      const book = books.get(organization) ?? [];
      book.push(entry);
      books.set(organization, book);
    },
    bill: (organization) => {
      const entries = books.get(organization) ?? [];
      const total = entries.reduce((sum, { amount }) => sum + amount, 0n);
      return { organization, total, entries: [...entries] };
    },
  };
}
