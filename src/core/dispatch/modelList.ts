import type { ListedModel } from "../models/modelListing";
import type { BoundKey } from "./credentials";
import type { Result } from "./failure";

/** Port: the models that a key may use, by `GET /models`. Proves a key at no cost. */
export interface ModelList {
  list(key: BoundKey, signal: AbortSignal): Promise<Result<readonly ListedModel[]>>;
}
