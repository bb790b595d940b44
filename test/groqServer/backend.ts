import type { Batch } from "./batches/batch";
import type { BatchPace } from "./batches/batchLife";
import { type Ledger, createLedger } from "./billing/ledger";
import { type AnswerQueue, createAnswerQueue } from "./chat/answer";
import { type FaultQueue, createFaultQueue } from "./faults/faultQueue";
import { type FileStore, createFileStore } from "./files/fileStore";
import { type Identifiers, createIdentifiers } from "./identifiers";
import { type RateLimiter, createRateLimiter } from "./limits/rateLimiter";
import { type ModelRegistry, createModelRegistry } from "./models/modelRegistry";
import type { Organization } from "./organization";
import type { Switches } from "./switches";
import type { Clock } from "./time/clock";
import { type PromptCache, createPromptCache } from "./tokens/promptCache";

/** How fast answers are generated, in tokens per second of the server's clock. */
export type TokenSpeed = number | "model" | "unlimited";

/** Everything that outlives a request. */
export interface Backend {
  readonly clock: Clock;
  readonly switches: Switches;
  readonly speed: TokenSpeed;
  readonly batchPace: BatchPace;
  readonly organizations: Organization[];
  readonly identifiers: Identifiers;
  readonly models: ModelRegistry;
  readonly limiter: RateLimiter;
  readonly promptCache: PromptCache;
  readonly ledger: Ledger;
  readonly answers: AnswerQueue;
  readonly faults: FaultQueue;
  readonly files: FileStore;
  /** By id. */
  readonly batches: Map<string, Batch>;
}

/** What a backend is made of; the rest starts empty. */
export type BackendParts = Pick<
  Backend,
  "clock" | "switches" | "speed" | "batchPace" | "organizations"
>;

export function createBackend(parts: BackendParts): Backend {
  const { clock, switches } = parts;
  const identifiers = createIdentifiers();
  return {
    ...parts,
    identifiers,
    models: createModelRegistry(switches),
    limiter: createRateLimiter(clock, switches),
    promptCache: createPromptCache(clock, switches),
    ledger: createLedger(),
    answers: createAnswerQueue(),
    faults: createFaultQueue(),
    files: createFileStore(clock, identifiers),
    batches: new Map(),
  };
}
