import type { TokenSpeed } from "./backend";
import type { BatchPace } from "./batches/batchLife";
import type { ModelRow } from "./models/modelRow";
import { type Organization, type Plan, createOrganization } from "./organization";
import type { Switches } from "./switches";
import type { ClockKind } from "./time/clock";

/** How to start a server. Every part has a default. */
export interface GroqServerOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** `real` by default. */
  readonly clock?: ClockKind;
  /** What the clock shows at the start, in milliseconds since the epoch; the present by default. */
  readonly startAt?: number;
  /** Tokens per second of each answer; `unlimited`, the default, sends all at once. */
  readonly speed?: TokenSpeed;
  readonly switches?: Partial<Switches>;
  /** Plan of the organisation that owns all keys, when `organizations` is omitted. */
  readonly plan?: Plan;
  /** Limits of that organisation by model id, over those of its plan. */
  readonly limits?: Organization["limits"];
  /** Several organisations instead, told apart by the beginning of their keys. */
  readonly organizations?: readonly Partial<Organization>[];
  /** Changes to the model table by id; an unknown id adds a model like gpt-oss-20b. */
  readonly models?: Readonly<Record<string, Partial<ModelRow>>>;
  /** How long the stages of a batch take. */
  readonly batchPace?: Partial<BatchPace>;
  /** A file that every exchange is written to. */
  readonly record?: string;
  /** A recording that all answers are taken from, instead of being made. */
  readonly replay?: string;
}

/** The organisations that the options describe. */
export function organizationsOf(options: GroqServerOptions): Organization[] {
  const { organizations, plan, limits } = options;
  if (organizations !== undefined) return organizations.map(createOrganization);
  return [createOrganization({ ...(plan && { plan }), ...(limits && { limits }) })];
}
