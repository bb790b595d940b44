/** Port: what happens to the store, in whatever window of this machine. */
export interface StoreEvents {
  /** Called soon after a reservation or settlement anywhere; returns what ends the listening. */
  onSpendChange(listener: () => void): () => void;
}
