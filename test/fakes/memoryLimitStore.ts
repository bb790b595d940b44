import { succeed } from "../../src/core/dispatch/failure";
import type { Failure, Result } from "../../src/core/dispatch/failure";
import type { LimitKey, LimitStore, StoredLimits } from "../../src/core/limits/limitStore";

/** Limits in memory, for any number of windows. */
export class MemoryLimitStore implements LimitStore {
  readonly rows = new Map<string, StoredLimits>();
  /** Fails every operation while set. */
  failure: Failure | undefined;
  /** How often it was asked for limits. */
  loads = 0;
  readonly #names = new Map<string, string>();
  readonly #listeners = new Set<() => void>();

  /** Calls back after each write; returns what ends that. */
  readonly onChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  load(key: LimitKey): Promise<Result<StoredLimits | undefined>> {
    this.loads++;
    return this.#answer(() => this.rows.get(this.#nameOf(key)));
  }

  replace(key: LimitKey, next: StoredLimits): Promise<Result<StoredLimits | undefined>> {
    return this.#answer(() => {
      const stored = this.rows.get(this.#nameOf(key));
      if (stored !== undefined && next.version !== stored.version + 1) return stored;
      this.rows.set(this.#nameOf(key), next);
      for (const listener of this.#listeners) listener();
      return undefined;
    });
  }

  merge(account: string, into: string): Promise<Result<void>> {
    return this.#answer(() => void this.#names.set(account, into));
  }

  #answer<T>(act: () => T): Promise<Result<T>> {
    const { failure } = this;
    return Promise.resolve(failure === undefined ? succeed(act()) : { ok: false, failure });
  }

  #nameOf({ account, model }: LimitKey): string {
    return JSON.stringify([this.#names.get(account) ?? account, model]);
  }
}
