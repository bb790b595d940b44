import type { TokenPrice } from "../budget/price";
import { beginningOf } from "../report/calendar";
import { speechModels, transcriptionModels } from "./audioModels";
import { catalogue } from "./catalogue";
import type { Model, ProviderId } from "./model";
import type { ListedModel, ModelListing } from "./modelListing";
import { unknownModel, withOverrides } from "./modelRows";
import type { FallbackSettings, UserRows } from "./modelRows";
import type { Plan } from "./planLimits";

/**
 * Every model for text that there is, each row merged from the bundled catalogue, the account's own list and
 * the user's numbers; the later wins.
 */
export interface ModelBook {
  /** The row of any id. A model that nobody knows can be used, without a price. */
  find(id: string): Model;
  /** Every row: the catalogue's first, then others of the list and the user's. */
  readonly models: readonly Model[];
}

/** `listing` is the newest list of the address that requests go to; undefined if none was read. */
export function createModelBook(listing: ModelListing | undefined, userRows: UserRows): ModelBook {
  const listed = new Map(listing?.models.map((model) => [model.id, model]));
  const complete = (model: Model): Model => {
    const merged = listing === undefined ? model : withListed(model, listed, listing.readAt);
    return withOverrides(merged, userRows.get(model.id));
  };
  const known = new Map(catalogue.map((model) => [model.id, complete(model)]));
  for (const { id } of listed.values())
    if (!known.has(id))
      known.set(id, complete({ ...unknownModel(id, "GET /models"), ...kindOf(id) }));
  for (const id of userRows.keys())
    if (!known.has(id)) known.set(id, complete(unknownModel(id, "groqCoder.limits")));
  return {
    find: (id) => known.get(id) ?? complete(unknownModel(id, "groqCoder.model")),
    models: [...known.values()],
  };
}

/**
 * Whether the account may ask the model, as far as is known. Its own list has the last word: enterprise
 * contracts keep models that are retired for others.
 */
export function isAvailable({ listed, status }: Model, plan: Plan): boolean {
  return listed ?? (status !== "retired" || plan === "enterprise");
}

/**
 * Today's price of a model that was used; undefined if it is not known. Of the second provider only the price of the model
 * that is set now is known.
 */
export function priceNow(
  known: { readonly book: ModelBook; readonly fallback: FallbackSettings | undefined },
  used: { readonly model: string; readonly provider: ProviderId },
): TokenPrice | undefined {
  if (used.provider === "groq") return known.book.find(used.model).price;
  const model = known.fallback?.model;
  return model?.id === used.model ? model.price : undefined;
}

/** The models that can be asked in a chat. */
export function chatModels({ models }: ModelBook, plan: Plan): readonly Model[] {
  return models.filter((model) => model.kind === "chat" && isAvailable(model, plan));
}

/**
 * The model that answers in place of one that is gone: its successor, or that one's, if it is in production.
 * Undefined for a model that is still there; a preview model never stands in.
 */
export function standInFor(book: ModelBook, gone: Model, plan: Plan): Model | undefined {
  const seen = new Set<string>();
  let model = gone;
  while (!isAvailable(model, plan)) {
    seen.add(model.id);
    if (model.successor === undefined || seen.has(model.successor)) return undefined;
    model = book.find(model.successor);
  }
  return model !== gone && model.status === "production" && model.kind === "chat"
    ? model
    : undefined;
}

function withListed(model: Model, listed: ReadonlyMap<string, ListedModel>, readAt: number): Model {
  const row = listed.get(model.id);
  if (row === undefined) return { ...model, listed: false };
  const { contextTokens, maxOutputTokens } = row;
  // A list from before the model's retirement does not tell who keeps it.
  const isOutOfDate = model.retiredOn !== undefined && readAt < beginningOf(model.retiredOn);
  return {
    ...model,
    ...(!isOutOfDate && { listed: true }),
    ...(contextTokens !== undefined && { contextTokens }),
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
  };
}

/** The list does not say what a model is for; those that cannot chat are recognised by name. */
function kindOf(id: string): Pick<Model, "kind"> {
  const isAudio = [...transcriptionModels, ...speechModels].some((model) => model.id === id);
  if (isAudio || /whisper|tts|orpheus|speech/i.test(id)) return { kind: "audio" };
  return { kind: /guard|moderation/i.test(id) ? "moderation" : "chat" };
}
