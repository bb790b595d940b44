import { openDoorbell } from "./doorbell";
import type { Doorbell } from "./doorbell";

/** Tells listeners of changes, of this window and, where files can be watched, of others at once. */
export interface ChangeBell {
  /** This window has changed something. Never rejects. */
  ring(): Promise<void>;
  /** Tells this window's listeners alone. */
  tell(): void;
  onRing(listener: () => void): () => void;
  close(): Promise<void>;
}

/** The doorbell is hung with the first listener or ring. */
export function createChangeBell(path: string): ChangeBell {
  const listeners = new Set<() => void>();
  let doorbell: Promise<Doorbell | undefined> | undefined;

  function tell(): void {
    for (const listener of listeners) listener();
  }

  /** Without a doorbell (no right to watch, say) this window still hears of its own changes. */
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
