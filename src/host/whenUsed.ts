/**
 * What is made once, at its first use. For what takes long to make: the first formatter of a process alone takes 15 ms,
 * and what stands at the top of a module is made while the editor starts.
 */
export function whenUsed<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
