import type { ToldLimit } from "../limits/limits";
import type { Failure } from "./failure";

/** The numbers that a refusal for the limits tells, if it is one and tells them. */
export function toldLimit(failure: Failure): ToldLimit | undefined {
  switch (failure.kind) {
    case "rateLimited": {
      if (failure.told === undefined) return undefined;
      const told = { ...failure.told, waitMs: failure.retryAfterMs };
      return failure.dimension === "unknown" ? told : { ...told, dimension: failure.dimension };
    }
    case "tooLarge": {
      const { dimension, limit, needed } = failure;
      if (dimension === "context" || dimension === "body") return undefined;
      return { dimension, limit, requested: needed };
    }
    default:
      return undefined;
  }
}
