import type { Model } from "../models/model";
import type { Failure } from "./failure";
import { findSmaller, forecast } from "./forecast";
import type { SmallerRequest } from "./forecast";
import { prepare } from "./prepare";
import type { PreparePorts } from "./prepare";
import type { DispatchTask } from "./task";

/** What would help when a request cannot be sent or was refused; each was checked for this request. */
export interface WaysOut {
  readonly smaller?: SmallerRequest;
  /** Ids of other models that would take it now. */
  readonly models: readonly string[];
  /** The second provider's model: configured, but not yet agreed to in this conversation. */
  readonly fallback?: string;
}

/** What the user could turn to. */
export interface Offers {
  /** Models that can be used with the same key, the best first. */
  readonly models: readonly Model[];
  readonly fallback?: Model;
}

/** Undefined where neither a smaller request nor another model or service would help. */
export async function findWaysOut(
  ports: PreparePorts,
  task: DispatchTask,
  failure: Failure,
  offers: Offers,
): Promise<WaysOut | undefined> {
  const isForMoney = failure.kind === "overCap";
  if (!isForLackOfRoom(failure) && !isForTheService(failure) && !isForMoney) return undefined;
  const smaller = isForTheService(failure) ? undefined : await smallerNow(ports, task);
  const models = isForTheService(failure) ? [] : await modelsWithRoom(ports, task, offers.models);
  const { fallback } = offers;
  // Money goes to Groq first: the second provider is asked only when Groq fails.
  const mayOffer = !isForMoney && fallback !== undefined && task.fallback === undefined;
  const offered = mayOffer ? fallback.id : undefined;
  if (smaller === undefined && models.length === 0 && offered === undefined) return undefined;
  return {
    models,
    ...(smaller !== undefined && { smaller }),
    ...(offered !== undefined && { fallback: offered }),
  };
}

/** Another model, or a smaller request, may still have room. */
function isForLackOfRoom({ kind }: Failure): boolean {
  return kind === "rateLimited" || kind === "tooLarge";
}

/** Only another service would help. */
export function isForTheService({ kind }: Failure): boolean {
  return (
    kind === "serverError" ||
    kind === "unreachable" ||
    kind === "overCapacity" ||
    kind === "spendLimitReached" ||
    kind === "organizationRestricted"
  );
}

async function smallerNow(
  ports: PreparePorts,
  task: DispatchTask,
): Promise<SmallerRequest | undefined> {
  const prepared = await prepare(ports, task);
  return prepared.ok ? findSmaller(task, prepared.value) : undefined;
}

async function modelsWithRoom(
  ports: PreparePorts,
  task: DispatchTask,
  models: readonly Model[],
): Promise<readonly string[]> {
  const others = models.filter(({ id }) => id !== task.model.id);
  const looks = others.map(async (model) => {
    const looked = await forecast(ports, { ...task, model });
    return looked.ok && looked.value.admission.kind === "now" ? [model.id] : [];
  });
  return (await Promise.all(looks)).flat();
}
