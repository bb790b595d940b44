import { writeSync } from "node:fs";
import { primaryCode, sqliteCodes } from "../../../src/store/sqliteError";
import { openStoreSession } from "../../../src/store/storeSession";
import { reservation, seededChance, settlement } from "./loadSamples";

/**
 * A window that works on the store as fast as it can, until it is killed. It says each thing before it does it, in
 * small letters, and after it was acknowledged, in capitals: `r ID COST`, `R ID`, `s ID COST`, `S ID`, `c ID`,
 * `l`, `L`, `D` for each refusal at a cap, and `B` for each time that the store was locked for too long.
 */
const [path = "", name = "", seed = "1", cap = "0"] = process.argv.slice(2);
const chance = seededChance(Number(seed));
const session = openStoreSession(path);
const caps = { day: BigInt(cap) };
const key = { account: "a", model: "m" };

function say(words: string): void {
  // At once, and into a pipe that outlives this process.
  writeSync(1, `${words}\n`);
}

/** A store that was locked for too long is tried again; anything else is a fault of the test's. */
function insist<T>(act: () => T): T {
  for (;;) {
    try {
      return act();
    } catch (error) {
      if (primaryCode(error) !== sqliteCodes.busy) throw error;
      say("B");
    }
  }
}

function oneCall(id: string): void {
  const cost = BigInt(Math.floor(chance() * 1000));
  say(`r ${id} ${cost}`);
  const refusal = insist(() => session.run((store) => store.reserve(reservation(id, cost), caps)));
  if (refusal !== undefined) return say("D");
  say(`R ${id}`);
  const end = chance();
  if (end < 0.1) return;
  if (end < 0.3) {
    say(`c ${id}`);
    insist(() => session.run((store) => store.cancel(id)));
    return;
  }
  const charged = BigInt(Math.floor(chance() * Number(cost + 1n)));
  say(`s ${id} ${charged}`);
  insist(() => session.run((store) => store.settle(id, settlement(charged))));
  say(`S ${id}`);
}

/** Adds one to this window's count in the state that all share. */
function oneLimitUpdate(): void {
  say("l");
  for (;;) {
    const stored = insist(() => session.run((store) => store.loadLimits(key)));
    const counts = JSON.parse(stored?.state ?? "{}") as Record<string, number>;
    counts[name] = (counts[name] ?? 0) + 1;
    const version = (stored?.version ?? 0) + 1;
    const next = {
      version,
      state: JSON.stringify(counts),
      savedAtMs: 0,
      savedAtMonotonicMs: chance(),
    };
    if (insist(() => session.run((store) => store.replaceLimits(key, next))) === undefined) break;
  }
  say("L");
}

for (let call = 0; ; call++) {
  oneCall(`${name} ${call}`);
  if (chance() < 0.3) oneLimitUpdate();
}
