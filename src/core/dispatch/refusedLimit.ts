import type { RefusedLimit } from "../limits/limits";
import type { Failure } from "./failure";

/** The numbers of a refusal for a limit; undefined for other failures, and for refusals without numbers. */
export function refusedLimit(failure: Failure): RefusedLimit | undefined {
  switch (failure.kind) {
    case "rateLimited": {
      const { dimension, told } = failure;
      if (told === undefined || dimension === "itpm" || dimension === "otpm") return undefined;
      const numbers = { ...told, waitMs: failure.retryAfterMs };
      return dimension === "unknown" ? numbers : { ...numbers, dimension };
    }
    case "tooLarge": {
      const { dimension, limit, needed } = failure;
      switch (dimension) {
        case "context":
        case "body":
        case "itpm":
        case "otpm":
          return undefined;
        default:
          return { dimension, limit, requested: needed };
      }
    }
    default:
      return undefined;
  }
}
