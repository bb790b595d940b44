import type { Result } from "./failure";

/** A key and the one address that it may be sent to. Never logged, stored or shown. */
export interface BoundKey {
  readonly apiKey: string;
  /** Of Groq: without `/openai/v1`, which groq-sdk adds by itself. */
  readonly baseUrl: string;
}

/** What a request needs to reach an account. */
export interface Credentials extends BoundKey {
  /** Whose limits and spend these are: a random id that is kept beside the key. */
  readonly account: string;
}

/** Port: the key, bound to the address that it was set for. */
export interface KeyStore {
  credentials(): Promise<Result<Credentials>>;
}
