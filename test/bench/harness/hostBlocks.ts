import { monitorEventLoopDelay } from "node:perf_hooks";

/** Watches the event loop from now on; `longest` ends it and gives the longest hold-up in milliseconds. */
export function watchBlocks() {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  return {
    longest(): number {
      delay.disable();
      return delay.max / 1e6;
    },
  };
}
