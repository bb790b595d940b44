import { watch } from "node:fs";
import type { FSWatcher } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { basename, dirname } from "node:path";

/** Tells the other windows of this machine that the store has changed, by writing to a file that all of them watch. */
export interface Doorbell {
  ring(): Promise<void>;
  close(): void;
}

/** In milliseconds: rings closer together than this are heard as one. */
const settleMs = 50;

/** `onRing` is called after rings of any window, this one included. */
export async function openDoorbell(path: string, onRing: () => void): Promise<Doorbell> {
  await mkdir(dirname(path), { recursive: true });
  let timer: NodeJS.Timeout | undefined;
  const hear = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      onRing();
    }, settleMs);
  };
  // The folder is watched, since the file may not exist yet or may be replaced.
  const watcher: FSWatcher = watch(dirname(path), { persistent: false }, (_event, name) => {
    if (name === basename(path)) hear();
  });
  // A watcher that dies (a network drive, too many watches) leaves this window to its own changes.
  watcher.on("error", () => watcher.close());
  let pause: NodeJS.Timeout | undefined;
  let isDue = false;
  // Rings in quick succession are heard as one, so they need not be written one by one.
  const touch = async (): Promise<void> => {
    isDue = pause !== undefined;
    if (isDue) return;
    pause = setTimeout(() => {
      pause = undefined;
      if (isDue) touch().catch(onRing);
    }, settleMs);
    pause.unref();
    await writeFile(path, String(performance.now()));
  };
  return {
    async ring() {
      // This window hears itself even where files cannot be watched.
      hear();
      await touch();
    },
    close() {
      clearTimeout(timer);
      clearTimeout(pause);
      watcher.close();
    },
  };
}
