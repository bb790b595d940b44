/** The result of `work`, or undefined if the signal comes first: language servers can hang. */
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
    // An error in another extension is not our failure; its result is simply missing.
    return undefined;
  } finally {
    ended.abort();
  }
}
