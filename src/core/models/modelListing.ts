/** One row of `GET /models`: a model that the account may use. */
export interface ListedModel {
  readonly id: string;
  /** Context and output cap in tokens; absent where the service gives none. */
  readonly contextTokens?: number;
  readonly maxOutputTokens?: number;
}

/** The list as it was once read, with its address and time. */
export interface ModelListing {
  /** The base URL that the key was sent to. */
  readonly origin: string;
  /** Milliseconds since the epoch. */
  readonly readAt: number;
  readonly models: readonly ListedModel[];
}
