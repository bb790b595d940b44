import type { Backend } from "./backend";
import { bringUpToDate } from "./batches/batchLife";
import type { Bill } from "./billing/ledger";
import type { QueuedAnswer } from "./chat/answer";
import type { Fault } from "./faults/fault";
import type { FaultTarget } from "./faults/faultQueue";
import type { ElsewhereUse } from "./limits/rateLimiter";
import type { ModelLimits, ModelRow } from "./models/modelRow";
import type { Organization } from "./organization";
import type { LoggedRequest, RequestLog } from "./requestLog";
import { type Switches, parseSwitches } from "./switches";
import type { ClockControl } from "./time/clock";

/**
 * What tests see of a server and do to it. `organization` and `id` name an organisation; the first
 * one is meant when they are omitted. All of it throws on names that do not exist.
 */
export interface GroqServerControl {
  readonly clock: ClockControl;
  /** Requests to the API so far, the latest last. */
  readonly requests: readonly LoggedRequest[];
  /** Answers the next chat or audio request that fits, before any rule does. */
  queueAnswer(answer: QueuedAnswer): void;
  /** Goes wrong at the next request that fits, whatever its answer is. */
  queueFault(fault: Fault, target?: FaultTarget): void;
  /** Changes switches from now on. */
  setSwitches(switches: Partial<Switches>): void;
  /** Changes a model, or adds one, from now on. */
  updateModel(id: string, change: Partial<ModelRow>): void;
  /** Changes what an organisation may do from now on. */
  updateOrganization(change: OrganizationChange, id?: string): void;
  /** Replaces the given limits of a model from `at` (milliseconds since the epoch) on; now when omitted. */
  changeLimits(model: string, limits: ModelLimits, at?: number, organization?: string): void;
  /** Other clients of the organisation take tokens or requests, once. */
  useElsewhere(model: string, taken: Partial<ElsewhereUse>, organization?: string): void;
  /** Other clients of the organisation take tokens or requests every minute from now on. */
  useElsewhereSteadily(
    model: string,
    perMinute: Partial<ElsewhereUse>,
    organization?: string,
  ): void;
  /** What an organisation owes. */
  bill(organization?: string): Bill;
}

/** What can change about an organisation while the server runs. Limits have their own calls. */
type OrganizationChange = Partial<
  Pick<
    Organization,
    "restricted" | "blockedModels" | "projectBlockedModels" | "contractModels" | "spendLimit"
  >
>;

export function createControl(
  backend: Backend,
  clock: ClockControl,
  log: RequestLog,
): GroqServerControl {
  const { answers, faults, limiter, models, organizations, switches } = backend;

  function organizationOf(id: string | undefined): Organization {
    const wanted = organizations.find((organization) => id === undefined || organization.id === id);
    if (wanted === undefined) throw new RangeError(`no organization ${id ?? "at all"}`);
    return wanted;
  }

  function rowOf(id: string): ModelRow {
    const row = models.find(id);
    if (row === undefined) throw new RangeError(`no model ${id}`);
    return row;
  }

  return {
    clock,
    requests: log.entries,
    queueAnswer: (answer) => answers.add(answer),
    queueFault: (fault, target) => faults.add(fault, target),
    setSwitches: (given) => Object.assign(switches, parseSwitches(given)),
    updateModel: (id, change) => models.update(id, change),
    updateOrganization: (change, id) => {
      const owner = organizationOf(id);
      organizations[organizations.indexOf(owner)] = { ...owner, ...change };
    },
    changeLimits: (model, limits, at = clock.now(), organization) =>
      limiter.changeLimits(organizationOf(organization), rowOf(model), limits, at),
    useElsewhere: (model, taken, organization) =>
      limiter.useElsewhere(organizationOf(organization), rowOf(model), taken),
    useElsewhereSteadily: (model, perMinute, organization) =>
      limiter.useElsewhereSteadily(organizationOf(organization), rowOf(model), perMinute),
    bill: (organization) => {
      const owner = organizationOf(organization);
      for (const batch of backend.batches.values()) {
        if (batch.organization === owner.id) bringUpToDate(backend, batch, owner);
      }
      return backend.ledger.bill(owner.id);
    },
  };
}
