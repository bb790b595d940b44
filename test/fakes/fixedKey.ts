import type { Credentials, KeyStore } from "../../src/core/dispatch/credentials";
import { succeed } from "../../src/core/dispatch/failure";
import type { Result } from "../../src/core/dispatch/failure";

/** A key that is set, for one address. */
export class FixedKey implements KeyStore {
  readonly #credentials: Credentials;

  constructor(baseUrl: string, apiKey = "gsk_test_key_0001") {
    this.#credentials = { apiKey, baseUrl, account: "account" };
  }

  credentials(): Promise<Result<Credentials>> {
    return Promise.resolve(succeed(this.#credentials));
  }
}
