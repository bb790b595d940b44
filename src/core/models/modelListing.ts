/** One row of `GET /models`: what the service tells of a model that an account may ask. */
export interface ListedModel {
  readonly id: string;
  /** Context and output cap in tokens; absent where the service tells none. */
  readonly contextTokens?: number;
  readonly maxOutputTokens?: number;
}

/** The list as it was read once, from which address and when. */
export interface ModelListing {
  /** The base URL that the key was sent to. */
  readonly origin: string;
  /** Milliseconds since the epoch. */
  readonly readAt: number;
  readonly models: readonly ListedModel[];
}
