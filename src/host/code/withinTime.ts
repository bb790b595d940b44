/** What work comes to, or undefined where a signal ends the patience first: language servers can hang. */
export async function withinTime<T>(
  work: PromiseLike<T>,
  signal: AbortSignal,
): Promise<T | undefined> {
  if (signal.aborted) return undefined;
  const ended = new AbortController();
  const patience = new Promise<undefined>((resolve) => {
    signal.addEventListener("abort", () => resolve(undefined), {
      once: true,
      signal: ended.signal,
    });
  });
  try {
    return await Promise.race([work, patience]);
  } catch {
    // Another extension's error is no failure of ours: what it does not tell is not known.
    return undefined;
  } finally {
    ended.abort();
  }
}
