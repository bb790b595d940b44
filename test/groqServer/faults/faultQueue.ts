import type { Fault } from "./fault";

/** Which requests a fault is meant for. */
export interface FaultTarget {
  /** Only for paths with this ending, such as `/chat/completions`. */
  readonly path?: string;
  /** How many requests it hits; 1 when omitted. */
  readonly times?: number;
}

/** Faults that wait for a request. */
export interface FaultQueue {
  add(fault: Fault, target?: FaultTarget): void;
  /** Takes the first fault that is meant for this path. */
  take(path: string): Fault | undefined;
  clear(): void;
}

export function createFaultQueue(): FaultQueue {
  const waiting: { fault: Fault; path: string; left: number }[] = [];
  return {
    add: (fault, { path = "", times = 1 } = {}) => waiting.push({ fault, path, left: times }),
    take: (path) => {
      const index = waiting.findIndex((entry) => path.endsWith(entry.path));
      const entry = waiting[index];
      if (entry === undefined) return undefined;
      entry.left -= 1;
      if (entry.left <= 0) waiting.splice(index, 1);
      return entry.fault;
    },
    clear: () => waiting.splice(0),
  };
}
