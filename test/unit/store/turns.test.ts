import { DatabaseSync } from "node:sqlite";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Turn } from "../../../src/core/chat/conversation";
import { openStore } from "../../fakes/openedStore";
import type { OpenedStore } from "../../fakes/openedStore";
import { decodeTurn, encodeTurn } from "../../../src/store/turnRow";
import { TemporaryFolder } from "../../fakes/temporaryFolder";
import { answerTurn, settlement, userTurn } from "./storeSamples";

let folder: TemporaryFolder;
let store: OpenedStore;
beforeEach(() => {
  folder = new TemporaryFolder();
  store = openStore(folder.file("groqCoder.db"));
  store.createConversation("c1", 7);
});
afterEach(() => {
  store.close();
  folder[Symbol.dispose]();
});

const hostile = [
  "'; DROP TABLE turns; --",
  "a\0b",
  "\u202e reversed \u200b\ufeff",
  '😀 \r\n\t \\ " ` ${x}',
  '{"role":"user"}',
  "x".repeat(300_000),
];

const excerpt = {
  kind: "selection" as const,
  uri: "file:///a.ts",
  path: "a.ts",
  languageId: "typescript",
  startLine: 1,
  endLine: 2,
  text: "let a;\nlet b;",
};

describe("a turn comes back as it was saved", () => {
  const check = (name: string, turn: Turn) =>
    it(name, () => {
      store.saveTurn("c1", 0, turn);
      expect(store.loadConversation("c1")).toEqual({
        id: "c1",
        createdAt: 7,
        workspace: "",
        turns: [turn],
      });
    });

  check("a question", userTurn());
  check(
    "a question about code",
    userTurn({
      task: "edit",
      attachments: [excerpt, excerpt],
      focus: { startLine: 1, endLine: 1 },
    }),
  );
  const summary = { text: "In short.", model: "m", turnIds: ["u0", "a0", "u1"], unread: 2 };
  check("a question with a summary", userTurn({ summary }));
  check(
    "a question with a summary that was paid for",
    userTurn({ summary: { ...summary, settlement: settlement({ cost: 2n ** 62n + 1n }) } }),
  );
  for (const text of hostile) {
    check(`the text ${JSON.stringify(text.slice(0, 20))}`, userTurn({ text }));
    check(
      `answer and code with ${JSON.stringify(text.slice(0, 20))}`,
      answerTurn({ text, reasoning: text, model: text }),
    );
  }
  check("a settled answer", answerTurn({ settlement: settlement() }));
  check("one past 2^53", answerTurn({ settlement: settlement({ cost: 2n ** 62n + 1n }) }));
  check("a waiting answer", answerTurn({ status: { kind: "waiting", untilMs: 5 } }));
  check("a streaming answer", answerTurn({ status: { kind: "streaming" } }));
  check(
    "a failed answer",
    answerTurn({
      status: {
        kind: "failed",
        failure: { kind: "tooLarge", limit: 1, needed: 2, dimension: "tpm" },
      },
    }),
  );

  it("without a price: unknown, never nothing", () => {
    store.saveTurn("c1", 0, answerTurn({ settlement: settlement({ cost: undefined }) }));
    const [turn] = store.loadConversation("c1")?.turns ?? [];
    expect(turn?.role === "answer" && turn.settlement?.cost).toBeUndefined();
  });
});

describe("a conversation", () => {
  it("keeps its turns in order, each in its newest form", () => {
    store.saveTurn("c1", 0, userTurn());
    store.saveTurn("c1", 1, answerTurn({ text: "H", status: { kind: "streaming" } }));
    store.saveTurn("c1", 2, userTurn({ id: "u2", text: "more" }));
    store.saveTurn("c1", 1, answerTurn({ text: "Hi" }));
    expect(store.loadConversation("c1")?.turns.map(({ text }) => text)).toEqual([
      "hello",
      "Hi",
      "more",
    ]);
  });

  it("that is not there is undefined", () => {
    expect(store.loadConversation("c2")).toBeUndefined();
  });

  it("begins anew with a turn, since another window may have deleted all data", () => {
    store.saveTurn("c2", 4, userTurn());
    expect(store.loadConversation("c2")).toMatchObject({ id: "c2", turns: [userTurn()] });
  });
});

describe("details that cannot be read cost the details, never the text", () => {
  /** Puts `details` into the row, as another version of the extension or a damaged disk may. */
  function read(turn: Turn, details: string): Turn {
    store.saveTurn("c1", 0, turn);
    const database = new DatabaseSync(folder.file("groqCoder.db"));
    database.prepare("UPDATE turns SET details = ?").run(details);
    database.close();
    const [loaded] = store.loadConversation("c1")?.turns ?? [];
    if (loaded === undefined) throw new Error("the turn is lost");
    return loaded;
  }

  it.each([
    "",
    "{",
    "null",
    "7",
    "[]",
    '"text"',
    "{}",
    '{"task":"delete all","attachments":7,"focus":null}',
    '{"attachments":[null,7,{"path":"a"}],"focus":{"startLine":"1"}}',
    '{"id":"other","role":"answer","text":"other"}',
  ])("a question: %s", (details) => {
    expect(read(userTurn(), details)).toEqual(userTurn());
  });

  it.each([
    "",
    "null",
    "{}",
    '{"status":null,"settlement":null}',
    '{"status":{"kind":"new kind"},"turnsLeftOut":-1,"model":7}',
    '{"status":{"kind":"failed"},"settlement":{"usage":{}}}',
    '{"status":{"kind":"failed","failure":7},"settlement":{"cost":7}}',
    '{"status":{"kind":"failed","failure":{"kind":"cutOff"},"waysOut":{}}}',
    '{"status":{"kind":"failed","failure":{"kind":"cutOff"},"waysOut":{"models":[],"smaller":{"kind":"new kind"}}}}',
    '{"status":{"kind":"complete","finishReason":"guess"}}',
    '{"id":"other","role":"user","text":"other","reasoning":7}',
  ])("an answer: %s", (details) => {
    expect(read(answerTurn(), details)).toEqual(
      answerTurn({
        questionId: "",
        model: "",
        status: { kind: "failed", failure: { kind: "interrupted" } },
      }),
    );
  });

  it("a settlement whose cost is no number has an unknown cost", () => {
    const turn = answerTurn({ settlement: settlement() });
    const { details } = encodeTurn(turn);
    const loaded = read(turn, details.replace('"500000000"', '"much"'));
    expect(loaded).toEqual({ ...turn, settlement: settlement({ cost: undefined }) });
  });

  it("never throws", () => {
    const roles = fc.constantFrom("user", "answer");
    fc.assert(
      fc.property(roles, fc.oneof(fc.json(), fc.string()), (role, details) => {
        const row = { id: "1", role, text: "kept", reasoning: "", details };
        expect(decodeTurn(row)).toMatchObject({ id: "1", role, text: "kept" });
      }),
    );
  });
});
