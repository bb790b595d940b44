/**
 * Makes a value once, at its first use. For values that are slow to make: the first formatter of a process takes 15 ms,
 * and values at the top of a module are made while the editor starts.
 */
export function whenUsed<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
