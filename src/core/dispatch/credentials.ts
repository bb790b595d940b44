import type { Result } from "./failure";

/** What a request needs to reach an account. Never logged, stored or shown. */
export interface Credentials {
  readonly apiKey: string;
  /** Without `/openai/v1`, which groq-sdk adds by itself. */
  readonly baseUrl: string;
}

/** Port: the key, bound to the origin that it was set for. */
export interface KeyStore {
  credentials(): Promise<Result<Credentials>>;
}
