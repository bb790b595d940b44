/** Lets everything that waits only for promises run as far as it can. */
export async function letPromisesRun(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

/** All that an async iterable yields. */
export async function collect<T>(iterable: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of iterable) items.push(item);
  return items;
}
