import { EventEmitter } from "vscode";
import type { Disposable, Event } from "vscode";
import type { Clock } from "../core/dispatch/clock";
import type { Result } from "../core/dispatch/failure";
import type { ListedModel, ModelListing } from "../core/models/modelListing";
import type { EditorState } from "./editorState";
import { isCount, isRecord } from "../core/unchecked";

/** The account's list of models as it was last read, which happens only by a user's act. */
export interface ModelListings extends Disposable {
  readonly onDidChange: Event<void>;
  /** The list of the current address; undefined if none was read from there. */
  current(): ModelListing | undefined;
  remember(origin: string, models: readonly ListedModel[]): Promise<void>;
  /** To be called when the key is removed: without a key there is no account whose list it could be. */
  forget(): Promise<void>;
}

const stateKey = "modelListing";

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
  if (!isRecord(from)) return undefined;
  const { origin, readAt, models } = from;
  if (typeof origin !== "string" || typeof readAt !== "number" || !Array.isArray(models))
    return undefined;
  const decoded = models.map(decodeModel);
  return decoded.every((model) => model !== undefined)
    ? { origin, readAt, models: decoded }
    : undefined;
}

function decodeModel(from: unknown): ListedModel | undefined {
  if (!isRecord(from)) return undefined;
  const { id, contextTokens, maxOutputTokens } = from;
  if (typeof id !== "string") return undefined;
  const counts = [contextTokens, maxOutputTokens];
  if (!counts.every((count) => count === undefined || isCount(count))) return undefined;
  return {
    id,
    ...(isCount(contextTokens) && { contextTokens }),
    ...(isCount(maxOutputTokens) && { maxOutputTokens }),
  };
}
