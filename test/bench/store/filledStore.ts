import { mkdirSync } from "node:fs";
import path from "node:path";
import { systemClock } from "../../../src/compose/systemClock";
import { storeFileIn } from "../../editor/journeys/filledLedger";
import { openStore } from "../../fakes/openedStore";
import { addCalls } from "./manyCalls";

/** Puts so many calls of the year up to today into the store of an editor that keeps its data in this folder. */
export function fillStore(dataFolder: string, calls: number): void {
  const file = storeFileIn(dataFolder);
  mkdirSync(path.dirname(file), { recursive: true });
  openStore(file).close();
  addCalls(file, calls, systemClock.localDay(Date.now()));
}
