import type { Credentials } from "./credentials";
import type { Result } from "./failure";

/** Port: the ids of the models that a key may use, by `GET /models`. Proves a key at no cost. */
export interface ModelList {
  list(credentials: Credentials, signal: AbortSignal): Promise<Result<readonly string[]>>;
}
