import { basename } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer } from "vitest/node";
import type { TestSpecification } from "vitest/node";

/** Those that take longest: begun last, one of them would run alone at the end. */
const longest = [
  "troubles",
  "reviewStreaming",
  "history",
  "composer",
  "usage",
  "commands",
  "review",
  "summary",
  "askAndEdit",
  "replay",
];

class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files.toSorted((one, other) => rank(one) - rank(other)));
  }
}

/** A journey's place among the longest; the others follow, in any order. */
function rank({ moduleId }: TestSpecification): number {
  const place = longest.indexOf(basename(moduleId, ".journey.ts"));
  return place === -1 ? longest.length : place;
}

export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: ["test/editor/journeys/**/*.journey.ts"],
    // Journeys mostly wait for an editor; more than two at a time would wait for each other.
    maxWorkers: 2,
    // What they import takes seconds, and none of it keeps anything between two files.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // As long as Playwright waits: one second is short on a busy machine.
    expect: { poll: { timeout: 60_000 } },
  },
});
