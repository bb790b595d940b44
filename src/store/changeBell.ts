import { openDoorbell } from "./doorbell";
import type { Doorbell } from "./doorbell";

/** Tells listeners about changes by this window and, where files can be watched, by other windows. */
export interface ChangeBell {
  /** This window has changed something. Never rejects. */
  ring(): Promise<void>;
  /** Tells only this window's listeners. */
  tell(): void;
  onRing(listener: () => void): () => void;
  close(): Promise<void>;
}

/** The doorbell is set up with the first listener or ring. */
export function createChangeBell(path: string): ChangeBell {
  const listeners = new Set<() => void>();
  let doorbell: Promise<Doorbell | undefined> | undefined;

  function tell(): void {
    for (const listener of listeners) listener();
  }

  /** Without a doorbell (for lack of permission, say) this window still hears of its own changes. */
  function hang(): Promise<Doorbell | undefined> {
    return openDoorbell(path, tell).catch(() => undefined);
  }

  return {
    async ring() {
      doorbell ??= hang();
      const bell = await doorbell;
      if (bell === undefined) tell();
      else await bell.ring().catch(tell);
    },
    tell,
    onRing(listener) {
      doorbell ??= hang();
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      (await doorbell)?.close();
    },
  };
}
