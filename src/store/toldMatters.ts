import type { DatabaseSync } from "node:sqlite";
import { inTransaction } from "./database";
import { readFact, writeFact } from "./facts";

/** What the windows have told the user of, so that one of them does. */
export interface ToldMatters {
  /** True for whoever is the first to ask for it. */
  claimTelling(matter: string): boolean;
}

/** Far more than can be told at a time; what was told long ago does not come back. */
const remembered = 20;

export function createToldMatters(database: DatabaseSync): ToldMatters {
  const told = (): readonly string[] => readTold(readFact(database, "told_matters"));
  return {
    claimTelling(matter) {
      // Most were told before: that needs no lock.
      if (told().includes(matter)) return false;
      return inTransaction(database, () => {
        const newest = told();
        if (newest.includes(matter)) return false;
        const kept = [...newest, matter].slice(-remembered);
        writeFact(database, "told_matters", JSON.stringify(kept));
        return true;
      });
    },
  };
}

function readTold(json = "[]"): readonly string[] {
  try {
    const told: unknown = JSON.parse(json);
    return Array.isArray(told) ? told.filter((matter) => typeof matter === "string") : [];
  } catch {
    return [];
  }
}
