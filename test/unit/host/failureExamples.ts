import type { Failure } from "../../../src/core/dispatch/failure";

const detail = "Words of the service.";
const provider = "fallback";

/** At least one failure of each kind; the compiler asks for those that are missing. */
export const failureExamples: {
  readonly [Kind in Failure["kind"]]: readonly Extract<Failure, { kind: Kind }>[];
} = {
  noKey: [{ kind: "noKey" }, { kind: "noKey", provider }],
  noFallback: [{ kind: "noFallback" }],
  foreignKey: [
    { kind: "foreignKey", owner: "xAI" },
    { kind: "foreignKey", owner: "OpenAI" },
  ],
  keyStoreUnavailable: [{ kind: "keyStoreUnavailable", detail: "locked" }],
  extensionChanged: [{ kind: "extensionChanged" }],
  overCap: [
    { kind: "overCap", period: "session", cap: "1", spent: "0", needed: "2" },
    {
      kind: "overCap",
      period: "day",
      cap: "500000000000",
      spent: "499000000000",
      needed: "2000000000",
    },
    { kind: "overCap", period: "month", cap: "0", spent: "0", needed: "1" },
  ],
  invalidBudget: [{ kind: "invalidBudget" }],
  raiseRefused: [
    { kind: "raiseRefused", reason: "noDailyCap" },
    {
      kind: "raiseRefused",
      reason: "outOfBounds",
      least: "500000000000",
      most: "5000000000000",
    },
  ],
  noPrice: [{ kind: "noPrice", model: "some/model" }],
  invalidKey: [
    { kind: "invalidKey", detail },
    { kind: "invalidKey", detail: "" },
    { kind: "invalidKey", detail, provider },
  ],
  originNotConfirmed: [
    { kind: "originNotConfirmed", origin: "https://other.example" },
    { kind: "originNotConfirmed", origin: "https://other.example", provider },
  ],
  invalidBaseUrl: [{ kind: "invalidBaseUrl", url: "http://192.168.0.7" }],
  permissionDenied: [
    { kind: "permissionDenied", detail },
    { kind: "permissionDenied", detail: "", scope: "organization" },
    { kind: "permissionDenied", detail, scope: "project" },
    { kind: "permissionDenied", detail, provider },
  ],
  organizationRestricted: [{ kind: "organizationRestricted", detail }],
  blockedByNetwork: [
    { kind: "blockedByNetwork", status: 403, detail },
    { kind: "blockedByNetwork", status: 403, detail: "" },
    { kind: "blockedByNetwork", status: 407, detail: "" },
    { kind: "blockedByNetwork", status: 403, detail: "", frontCode: 1010 },
    { kind: "blockedByNetwork", status: 403, detail: "", frontCode: 1020, provider },
  ],
  spendLimitReached: [
    { kind: "spendLimitReached", detail },
    { kind: "spendLimitReached", detail, provider },
  ],
  modelGone: [
    { kind: "modelGone", model: "old" },
    { kind: "modelGone", model: "old", successor: "new" },
    { kind: "modelGone", model: "old", provider },
  ],
  contextTooLong: [{ kind: "contextTooLong", detail }],
  toolUseFailed: [{ kind: "toolUseFailed", detail, generated: "{" }],
  jsonInvalid: [{ kind: "jsonInvalid", detail, generated: "{" }],
  badRequest: [
    { kind: "badRequest", status: 400, detail },
    { kind: "badRequest", status: 404, detail: "" },
    { kind: "badRequest", status: 422, detail },
    { kind: "badRequest", status: 424, detail },
    { kind: "badRequest", status: 400, detail, provider },
  ],
  tooLarge: [
    { kind: "tooLarge", limit: 8000, needed: 9000, dimension: "tpm" },
    { kind: "tooLarge", limit: 131_072, needed: 200_000, dimension: "context" },
    { kind: "tooLarge", limit: 4000, needed: 4200, dimension: "itpm" },
    { kind: "tooLarge", limit: 4000, needed: 4200, dimension: "otpm", provider },
    { kind: "tooLarge", limit: 0, needed: 0, dimension: "body" },
  ],
  rateLimited: [
    { kind: "rateLimited", dimension: "tpd", retryAfterMs: 578_016, detail },
    { kind: "rateLimited", dimension: "unknown", retryAfterMs: 0, detail: "" },
    { kind: "rateLimited", dimension: "rpm", retryAfterMs: 1000, detail: "", provider },
  ],
  overCapacity: [
    { kind: "overCapacity", status: 498, detail },
    { kind: "overCapacity", status: 498, detail, provider },
  ],
  serverError: [
    { kind: "serverError", status: 503, detail },
    { kind: "serverError", status: 500, detail: "" },
    { kind: "serverError", status: 502, detail: "<html>", provider },
  ],
  unreachable: [
    { kind: "unreachable", origin: "https://api.groq.com", detail },
    { kind: "unreachable", origin: "https://api.groq.com", detail, untrusted: true },
    { kind: "unreachable", origin: "http://localhost:11434/v1", detail: "", provider },
  ],
  timedOut: [
    { kind: "timedOut", idleMs: 45_000 },
    { kind: "timedOut", idleMs: 45_000, provider },
  ],
  cutOff: [{ kind: "cutOff" }, { kind: "cutOff", provider }],
  brokenOff: [
    { kind: "brokenOff", detail },
    { kind: "brokenOff", detail, provider },
    { kind: "brokenOff", detail: "" },
  ],
  unreadableAnswer: [
    { kind: "unreadableAnswer", detail },
    { kind: "unreadableAnswer", detail: "" },
    { kind: "unreadableAnswer", detail: "text/html", provider },
  ],
  stopped: [{ kind: "stopped" }],
  interrupted: [{ kind: "interrupted" }],
  turnGone: [{ kind: "turnGone" }],
  busy: [{ kind: "busy" }],
  emptyMessage: [{ kind: "emptyMessage" }],
  noEditor: [{ kind: "noEditor" }],
  emptySelection: [{ kind: "emptySelection" }],
  untrustedWorkspace: [{ kind: "untrustedWorkspace" }],
  noProposal: [{ kind: "noProposal" }],
  noEdit: [{ kind: "noEdit" }],
  answerIncomplete: [{ kind: "answerIncomplete" }],
  editNotApplicable: [
    {
      kind: "editNotApplicable",
      problems: [{ kind: "not-found", path: "a.ts", message: "These lines are not in a.ts." }],
    },
    {
      kind: "editNotApplicable",
      problems: [{ kind: "not-found", path: "a.ts", message: "These lines are not in a.ts." }],
      repair: { answerId: "1", tokens: 620, cost: "120000000" },
    },
    {
      kind: "editNotApplicable",
      problems: [{ kind: "not-found", path: "a.ts", message: "These lines are not in a.ts." }],
      repair: { answerId: "1", tokens: undefined, cost: undefined },
    },
  ],
  alreadyApplied: [{ kind: "alreadyApplied" }],
  readOnly: [{ kind: "readOnly", path: "a.ts" }],
  fileMissing: [{ kind: "fileMissing", path: "a.ts" }],
  fileNotAllowed: [
    { kind: "fileNotAllowed", path: "a.ts", reason: "outsideWorkspace" },
    { kind: "fileNotAllowed", path: "a.ts", reason: "notOffered" },
    { kind: "fileNotAllowed", path: ".git/config", reason: "git" },
    { kind: "fileNotAllowed", path: ".vscode/settings.json", reason: "editorConfiguration" },
    {
      kind: "fileNotAllowed",
      path: ".vscode/tasks.json",
      reason: "editorConfiguration",
      text: "{}",
    },
    { kind: "fileNotAllowed", path: "nul.txt", reason: "badName" },
    { kind: "fileNotAllowed", path: "a.ts", reason: "exists" },
  ],
  contextRefused: (
    [
      "outsideWorkspace",
      "git",
      "missing",
      "notText",
      "empty",
      "tooLarge",
      "restrictedMode",
      "noProblems",
      "noRepository",
      "noChanges",
      "noCommand",
      "notAnImage",
      "declined",
    ] as const
  ).map((reason) => ({ kind: "contextRefused", name: "a.ts", reason })),
  noImages: [
    { kind: "noImages", name: "a.png", model: "some/model" },
    { kind: "noImages", name: "a.png", model: "some/model", able: "other/model" },
  ],
  documentChanged: [{ kind: "documentChanged", path: "a.ts" }],
  notRestored: [{ kind: "notRestored", paths: ["a.ts", "b.ts"] }],
  noChangeAtCursor: [{ kind: "noChangeAtCursor" }],
  guardedLeft: [{ kind: "guardedLeft", paths: ["package.json"] }],
  nothingToUndo: [{ kind: "nothingToUndo" }],
  undoConflict: [{ kind: "undoConflict", paths: ["a.ts"] }],
  applyRefused: [{ kind: "applyRefused", path: "a.ts" }],
  conversationGone: [{ kind: "conversationGone" }],
  emptyConversation: [{ kind: "emptyConversation" }],
  fileExists: [{ kind: "fileExists", path: "chat.md" }],
  fileNotWritten: [{ kind: "fileNotWritten", path: "chat.md", detail: "The disk is full." }],
  fileNotRead: [{ kind: "fileNotRead", path: "chat.json", detail: "There is no such file." }],
  notImported: (["foreign", "newer", "damaged", "tooLarge"] as const).map((reason) => ({
    kind: "notImported",
    path: "chat.json",
    reason,
  })),
  storeUnavailable: [
    { kind: "storeUnavailable", detail: "database is locked" },
    { kind: "storeUnavailable", detail: "" },
  ],
  storeTooNew: [{ kind: "storeTooNew" }],
};
