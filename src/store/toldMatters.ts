import type { DatabaseSync } from "node:sqlite";
import { isText, parseJson } from "../core/unchecked";
import { inTransaction } from "./database";
import { readFact, writeFact } from "./facts";

/** What the user has been told, so that only one window tells it. */
export interface ToldMatters {
  /** True for the first one to claim the matter. */
  claimTelling(matter: string): boolean;
}

/** Far more matters than are current at a time; old ones do not come up again. */
const remembered = 20;

export function createToldMatters(database: DatabaseSync): ToldMatters {
  const told = (): readonly string[] => readTold(readFact(database, "told_matters"));
  return {
    claimTelling(matter) {
      // Most have been told before, which needs no lock to find out.
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
  const told = parseJson(json);
  return Array.isArray(told) ? told.filter(isText) : [];
}
