/** What loading and activating one extension cost the extension host. */
export interface Activation {
  readonly milliseconds: number;
  /** The longest that the event loop was held up, in milliseconds, until two seconds after. */
  readonly longestBlock: number;
  readonly heapBytes: number;
  readonly residentBytes: number;
}

/** What the probe writes, as JSON, when it has measured. */
export interface HostReport {
  /** By the extension's id. */
  readonly activations: Readonly<Record<string, Activation>>;
  /** Where the probe answers with the longest block since the last time it was asked. */
  readonly port: number;
}
