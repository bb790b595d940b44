import { describe, expect, it } from "vitest";
import type { Failure } from "../../../src/core/dispatch/failure";
import { explainFailure } from "../../../src/host/explainFailure";
import { failureExamples } from "./failureExamples";

const examples = Object.entries(failureExamples).flatMap(([kind, failures]) =>
  failures.map((failure): [string, Failure] => [kind, failure]),
);

describe("every failure is explained", () => {
  it.each(examples)("%s", (_kind, failure) => {
    const { title, detail, actions } = explainFailure(failure);
    expect(title).toMatch(/^\S.*\S$/);
    expect(title.length).toBeLessThan(120);
    for (const text of [title, detail, ...actions.map(({ label }) => label)]) {
      expect(text).not.toMatch(/undefined|null|NaN|Infinity|\[object|\{\d\}/);
      expect(text).toBe(text.trim());
    }
    for (const { id, label } of actions) expect([id, label.trim()]).not.toContain("");
    expect(new Set(actions.map(({ label }) => label)).size).toBe(actions.length);
  });
});

describe("a failure that leaves the user without an answer has a way out", () => {
  // These are over when the user does the obvious thing, or the file decides.
  const withoutWayOut = new Set([
    "busy",
    "emptyMessage",
    "noEditor",
    "emptySelection",
    "noProposal",
    "fileMissing",
    "fileNotAllowed",
  ]);
  it.each(examples)("%s", (kind, failure) => {
    const { actions } = explainFailure(failure);
    if (!withoutWayOut.has(kind)) expect(actions.length).toBeGreaterThan(0);
  });
});

describe("the words", () => {
  const check = (failure: Failure, expected: RegExp) =>
    it(`${failure.kind}: ${expected.source}`, () => {
      const { title, detail, actions } = explainFailure(failure);
      expect([title, detail, ...actions.map(({ label }) => label)].join("\n")).toMatch(expected);
    });
  check({ kind: "foreignKey", owner: "xAI" }, /xAI makes Grok; Groq is another company/);
  check({ kind: "modelGone", model: "old", successor: "new" }, /old[^]*new[^]*Use new/);
  check(
    { kind: "tooLarge", limit: 8000, needed: 12_903, dimension: "tpm" },
    /12,903 tokens[^]*8,000 are admitted/,
  );
  check(
    { kind: "rateLimited", dimension: "tpd", retryAfterMs: 578_016, detail: "" },
    /again in 9 min 39 s/,
  );
  check(
    { kind: "originNotConfirmed", origin: "https://other.example" },
    /not sent to https:\/\/other/,
  );
  check({ kind: "documentChanged", path: "a.ts" }, /a\.ts has changed[^]*Review Again/);
});

it.each([
  ["of another version", { kind: "notInvented" }],
  ["without its details", { kind: "editNotApplicable" }],
  [
    "with an amount that is none",
    { kind: "overCap", period: "day", cap: "x", spent: "", needed: "1" },
  ],
])("a stored failure %s is told all the same", (_name, stored) => {
  const { title, detail } = explainFailure(stored as unknown as Failure);
  expect(title).toBe("The answer failed");
  expect(detail).toContain(stored.kind);
});
