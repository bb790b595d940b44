import { describe, expect, it } from "vitest";
import type { Failure } from "../../../src/core/dispatch/failure";
import { explainFailure } from "../../../src/host/explainFailure";
import type { FailureActionId } from "../../../src/host/failureAction";
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
    "noChangeAtCursor",
    "guardedLeft",
    "nothingToUndo",
    // Of commands, not of answers: nothing was lost, and the command can be run again.
    "conversationGone",
    "turnGone",
    "emptyConversation",
    "fileExists",
    "fileNotWritten",
    "fileNotRead",
    "notImported",
    // Of what was to go along: nothing was sent.
    "contextRefused",
    "noImages",
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
    /again in 9 min 39 s\. It is the limit of tokens a day\./,
  );
  check(
    {
      kind: "rateLimited",
      dimension: "tpd",
      retryAfterMs: 1000,
      detail: "",
      told: { limit: 200_000, used: 198_500, requested: 2300 },
    },
    /Of 200,000 tokens a day, 198,500 are used, and it needs 2,300\./,
  );
  check(
    {
      kind: "rateLimited",
      dimension: "unknown",
      retryAfterMs: 1000,
      detail: "",
      told: { limit: 8000, used: 7000, requested: 2300 },
    },
    /7,000 of 8,000 are used, and it needs 2,300\./,
  );
  check(
    { kind: "originNotConfirmed", origin: "https://other.example" },
    /not sent to https:\/\/other/,
  );
  check({ kind: "documentChanged", path: "a.ts" }, /a\.ts has changed[^]*Review Again/);
});

describe("what another service did", () => {
  const foreign = examples.filter(([, failure]) => "provider" in failure);

  it("has an example of most kinds", () => expect(foreign.length).toBeGreaterThan(15));

  it.each(foreign)("%s: is not laid at Groq's door", (_kind, failure) => {
    const { title, detail, actions } = explainFailure(failure);
    expect(`${title} ${detail}`.replaceAll("Groq Coder", "")).not.toMatch(/groq(?!Coder)/i);
    const ids = actions.map(({ id }) => id);
    for (const groqs of ["setApiKey", "getApiKey", "openBaseUrlSetting", "openLimitsPage"])
      expect(ids).not.toContain(groqs);
    for (const id of ids) expect(id).not.toMatch(/Page$/);
  });

  it("an invalid key of its own is replaced", () => {
    const failure = { kind: "invalidKey", detail: "", provider: "fallback" } as const;
    expect(explainFailure(failure).actions[0]?.id).toBe("setFallbackKey");
  });
});

describe("each row of the API's errors has words and ways out of its own", () => {
  const detail = "";
  const rows: readonly [string, Failure, FailureActionId][] = [
    ["400", { kind: "badRequest", status: 400, detail }, "showLog"],
    ["400 context_length_exceeded", { kind: "contextTooLong", detail }, "newChat"],
    ["400 tool_use_failed", { kind: "toolUseFailed", detail, generated: "" }, "retry"],
    ["400 json_validate_failed", { kind: "jsonInvalid", detail, generated: "" }, "retry"],
    [
      "400 model_decommissioned",
      { kind: "modelGone", model: "old", successor: "new" },
      "useSuccessor",
    ],
    ["400 blocked_api_access", { kind: "spendLimitReached", detail }, "openSpendLimitsPage"],
    ["400 organization_restricted", { kind: "organizationRestricted", detail }, "openSupportPage"],
    ["401", { kind: "invalidKey", detail }, "setApiKey"],
    ["403 …_org", { kind: "permissionDenied", detail, scope: "organization" }, "openLimitsPage"],
    [
      "403 …_project",
      { kind: "permissionDenied", detail, scope: "project" },
      "openProjectLimitsPage",
    ],
    ["403 1010", { kind: "blockedByNetwork", status: 403, detail, frontCode: 1010 }, "retry"],
    ["404", { kind: "badRequest", status: 404, detail }, "openBaseUrlSetting"],
    [
      "413 rate_limit_exceeded",
      { kind: "tooLarge", limit: 1, needed: 2, dimension: "tpm" },
      "openLimitsPage",
    ],
    ["413", { kind: "tooLarge", limit: 0, needed: 0, dimension: "body" }, "newChat"],
    ["422", { kind: "badRequest", status: 422, detail }, "retry"],
    ["424", { kind: "badRequest", status: 424, detail }, "retry"],
    [
      "429",
      { kind: "rateLimited", dimension: "tpm", retryAfterMs: 1000, detail },
      "openLimitsPage",
    ],
    ["498", { kind: "overCapacity", status: 498, detail }, "retry"],
    ["500", { kind: "serverError", status: 500, detail }, "openStatusPage"],
    ["503", { kind: "serverError", status: 503, detail }, "openStatusPage"],
  ];

  it.each(rows)("%s", (_name, failure, action) => {
    expect(explainFailure(failure).actions.map(({ id }) => id)).toContain(action);
  });

  it("no two are told alike", () => {
    const told = rows.map(([, failure]) => {
      const { title, detail: words } = explainFailure(failure);
      return `${title} ${words}`;
    });
    expect(new Set(told).size).toBe(rows.length);
  });
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
