import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { openStore } from "../../fakes/openedStore";
import type { OpenedStore } from "../../fakes/openedStore";
import { loadDay, seededChance } from "./loadSamples";

/** What several windows did on one file while they were killed one after the other. */
export interface CrashReport {
  readonly kills: number;
  readonly reserved: number;
  readonly settled: number;
  readonly refused: number;
  /** How often a window found the store locked for longer than it waits. */
  readonly locked: number;
  readonly limitUpdates: number;
  /** How often the cap was looked at while the windows worked. */
  readonly looks: number;
  /** What should not be; empty if all held. */
  readonly faults: readonly string[];
}

export interface CrashLoad {
  readonly path: string;
  /** The bundled `storeWindow.ts`. */
  readonly program: string;
  readonly seed: number;
  readonly windows: number;
  readonly kills: number;
  /** Of all windows, at their reservations; each call reserves up to 1,000. */
  readonly cap: bigint;
}

/** Runs the windows, kills one after so many of its words as chance says, and starts the next in its place. */
export async function runCrashLoad(load: CrashLoad): Promise<CrashReport> {
  const chance = seededChance(load.seed);
  const watcher = openStore(load.path);
  const said: Words[] = [];
  const faults: string[] = [];
  let started = 0;
  let looks = 0;

  function look(): void {
    looks++;
    const { cost } = watcher.spent({ kind: "day", day: loadDay });
    if (cost > load.cap) faults.push(`${cost} spent of ${load.cap}`);
  }

  async function oneWindow(): Promise<void> {
    const words = new Words(`w${started++}`);
    said.push(words);
    const seed = String(Math.floor(chance() * 2 ** 31));
    const parameters = [load.program, load.path, words.name, seed, load.cap.toString()];
    const child = spawn(process.execPath, parameters, { stdio: ["ignore", "pipe", "inherit"] });
    await killAfter(child, Math.floor(5 + chance() * 400), words, look);
    if (!words.wasKilled) faults.push(`${words.name} ended by itself`);
  }

  async function place(): Promise<void> {
    while (started < load.kills) await oneWindow();
  }

  await Promise.all(Array.from({ length: load.windows }, place));
  watcher.close();
  // Opened anew, as after a start of the editor: what was left open is charged.
  const store = openStore(load.path);
  faults.push(...compare(store, said, load.cap));
  store.close();
  const count = (read: (words: Words) => number) => said.reduce((sum, one) => sum + read(one), 0);
  return {
    kills: said.length,
    reserved: count((words) => words.reserved.size),
    settled: count((words) => words.settled.size),
    refused: count((words) => words.refused),
    locked: count((words) => words.locked),
    limitUpdates: count((words) => words.limitsDone),
    looks,
    faults,
  };
}

async function killAfter(
  child: ChildProcess & { stdout: NodeJS.ReadableStream },
  lines: number,
  words: Words,
  look: () => void,
): Promise<void> {
  const ended = once(child, "close");
  let left = lines;
  createInterface({ input: child.stdout }).on("line", (line) => {
    words.hear(line);
    if (left % 16 === 0) look();
    if (--left === 0) words.wasKilled = child.kill("SIGKILL");
  });
  await ended;
}

/** What a window said that it would do, and what was acknowledged. */
class Words {
  readonly name: string;
  readonly meantCost = new Map<string, bigint>();
  readonly meantCharge = new Map<string, bigint>();
  readonly reserved = new Set<string>();
  readonly settled = new Set<string>();
  readonly cancelled = new Set<string>();
  refused = 0;
  locked = 0;
  limitsMeant = 0;
  limitsDone = 0;
  wasKilled = false;

  constructor(name: string) {
    this.name = name;
  }

  hear(line: string): void {
    const [act, window, number, amount = "0"] = line.split(" ");
    const id = `${window} ${number}`;
    if (act === "r") this.meantCost.set(id, BigInt(amount));
    else if (act === "R") this.reserved.add(id);
    else if (act === "s") this.meantCharge.set(id, BigInt(amount));
    else if (act === "S") this.settled.add(id);
    else if (act === "c") this.cancelled.add(id);
    else if (act === "l") this.limitsMeant++;
    else if (act === "L") this.limitsDone++;
    else if (act === "D") this.refused++;
    else if (act === "B") this.locked++;
  }
}

/** Holds the file against what was said. */
function compare(store: OpenedStore, said: readonly Words[], cap: bigint): string[] {
  const faults: string[] = [];
  const booked = new Map<string, { readonly state: string; readonly cost: bigint | undefined }>();
  let sum = 0n;
  for (let page = store.readCalls(0); page.length > 0;) {
    for (const call of page) {
      booked.set(call.id, call);
      sum += call.cost ?? 0n;
      if (call.state === "open") faults.push(`${call.id} was left open`);
    }
    page = store.readCalls(page.at(-1)?.position ?? 0);
  }
  for (const words of said) {
    for (const id of words.reserved) {
      const call = booked.get(id);
      if (call === undefined) {
        if (!words.cancelled.has(id)) faults.push(`${id} was reserved and is lost`);
        continue;
      }
      const charge = words.meantCharge.get(id);
      const fits =
        call.state === "settled" ? call.cost === charge : call.cost === words.meantCost.get(id);
      if (!fits) faults.push(`${id} is ${call.state} at ${call.cost}`);
      if (words.settled.has(id) && call.state !== "settled")
        faults.push(`${id} was settled and is ${call.state}`);
    }
  }
  const { cost } = store.spent({ kind: "day", day: loadDay });
  if (cost !== sum) faults.push(`the calls cost ${sum}, the roll-up says ${cost}`);
  if (cost > cap) faults.push(`${cost} spent of ${cap}`);
  return [...faults, ...compareLimits(store, said)];
}

function compareLimits(store: OpenedStore, said: readonly Words[]): string[] {
  const stored = store.loadLimits({ account: "a", model: "m" });
  const counts = JSON.parse(stored?.state ?? "{}") as Record<string, number>;
  return said.flatMap(({ name, limitsDone, limitsMeant }) => {
    const count = counts[name] ?? 0;
    if (count >= limitsDone && count <= limitsMeant) return [];
    return [`${name} updated limits ${limitsDone} to ${limitsMeant} times, ${count} are there`];
  });
}
