import { EventEmitter } from "vscode";
import type { Disposable, Event } from "vscode";
import * as z from "zod/mini";
import type { Clock } from "../core/dispatch/clock";
import type { Result } from "../core/dispatch/failure";
import type { ListedModel, ModelListing } from "../core/models/modelListing";
import type { EditorState } from "./editorState";

/** The account's list of models as it was read last; it is read by a user's act only. */
export interface ModelListings extends Disposable {
  readonly onDidChange: Event<void>;
  /** The list of the address that requests go to now; undefined if none was read from there. */
  current(): ModelListing | undefined;
  remember(origin: string, models: readonly ListedModel[]): Promise<void>;
  /** Without a key there is no account whose list it could be. */
  forget(): Promise<void>;
}

const stateKey = "modelListing";

const listingSchema = z.object({
  origin: z.string(),
  readAt: z.number(),
  models: z.array(
    z.object({
      id: z.string(),
      contextTokens: z.optional(z.int()),
      maxOutputTokens: z.optional(z.int()),
    }),
  ),
});

/** Keeps the list in the editor's global state, so that it outlives the window. */
export function createModelListings(
  state: EditorState,
  clock: Clock,
  baseUrl: () => Result<string>,
): ModelListings {
  const changed = new EventEmitter<void>();
  // Settings are read often, and the list rarely changes.
  let decoded: { readonly from: unknown; readonly listing: ModelListing | undefined } | undefined;

  function stored(): ModelListing | undefined {
    const from = state.get(stateKey);
    if (decoded === undefined || decoded.from !== from)
      decoded = { from, listing: decodeListing(from) };
    return decoded.listing;
  }

  async function keep(listing: ModelListing | undefined): Promise<void> {
    await state.update(stateKey, listing);
    changed.fire();
  }

  return {
    onDidChange: changed.event,
    current() {
      const listing = stored();
      const address = baseUrl();
      return address.ok && listing?.origin === address.value ? listing : undefined;
    },
    remember: (origin, models) => keep({ origin, readAt: clock.now(), models }),
    forget: () => keep(undefined),
    dispose: () => changed.dispose(),
  };
}

function decodeListing(from: unknown): ModelListing | undefined {
  const parsed = listingSchema.safeParse(from);
  if (!parsed.success) return undefined;
  const { origin, readAt, models } = parsed.data;
  return {
    origin,
    readAt,
    models: models.map(({ id, contextTokens, maxOutputTokens }) => ({
      id,
      ...(contextTokens !== undefined && { contextTokens }),
      ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    })),
  };
}
