import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withNewIds } from "../../../src/core/chat/conversationFile";
import {
  readConversationJson,
  writeConversationJson,
} from "../../../src/core/chat/conversationJson";
import { writeConversationMarkdown } from "../../../src/core/chat/conversationMarkdown";
import type { AnswerTurn, Conversation, Summary, Turn } from "../../../src/core/chat/conversation";
import { hideSecrets } from "../../../src/core/chat/hideSecrets";
import { readConversationMarkdown } from "../../../src/core/chat/readConversationMarkdown";
import type { CodeItem } from "../../../src/core/context/contextItem";
import { decodeTurn, encodeTurn } from "../../../src/store/turnRow";
import { answerTurn, settlement, userTurn } from "../store/storeSamples";

const codec = { encode: encodeTurn, decode: decodeTurn };
const hide = (text: string) => hideSecrets(text, ["own key"]);
const words = {
  title: "A title",
  summary: "Exported",
  you: "You",
  assistant: "Groq Coder",
  summaryOf: "In short",
  receiptOf: ({ model }: AnswerTurn | Summary) => `${model} · $0.01`,
};

const json = (conversation: Conversation) => writeConversationJson(conversation, codec, hide);
const markdown = (conversation: Conversation) =>
  writeConversationMarkdown(conversation, words, hide);

const code: CodeItem = {
  kind: "selection",
  uri: "file:///home/somebody/project/a.ts",
  path: "a.ts",
  languageId: "typescript",
  startLine: 1,
  endLine: 2,
  text: "let a;\nlet b;",
};

const sample: Conversation = {
  id: "c",
  createdAt: 7,
  workspace: "project",
  title: "Mine",
  turns: [
    userTurn({ attachments: [code], focus: { startLine: 1, endLine: 1 } }),
    answerTurn({ reasoning: "hm", settlement: settlement({ cost: 2n ** 62n + 1n }) }),
    userTurn({ id: "u2", text: "more" }),
    answerTurn({
      id: "a2",
      questionId: "u2",
      text: "cut o",
      status: { kind: "failed", failure: { kind: "timedOut", idleMs: 5 } },
      settlement: settlement({ cost: undefined, estimated: true }),
    }),
  ],
};

/** As it is read: no place on this machine. */
function unbound(turns: readonly Turn[]): readonly Turn[] {
  return turns.map((turn) =>
    turn.role === "user"
      ? {
          ...turn,
          attachments: turn.attachments.map((item) =>
            "uri" in item ? { ...item, uri: "" } : item,
          ),
        }
      : turn,
  );
}

const { id: _id, ...sampleRead } = { ...sample, turns: unbound(sample.turns) };

/** Signs that mean something in one of the formats, and any others. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom("```", "~~~", "\n", "\r\n", "## You", "<!-- groq-coder-1 end -->", "-->"),
      fc.constantFrom("<!-- groq-coder-2 question {} -->", "\u2028", '"', "\\", "`", "# ", "  "),
      fc.string({ unit: "grapheme" }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

const anyCode = fc
  .record({ path: anyText, text: anyText, startLine: fc.nat(), endLine: fc.nat() })
  .map((given): CodeItem => ({ ...code, ...given, uri: "" }));

const anyTurns = fc
  .array(fc.record({ question: anyText, answer: anyText, shown: fc.array(anyCode) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((exchanges) =>
    exchanges.flatMap(({ question, answer, shown }, place) => [
      userTurn({ id: `u${place}`, text: question, attachments: shown }),
      answerTurn({ id: `a${place}`, questionId: `u${place}`, text: answer, reasoning: "" }),
    ]),
  );

describe("JSON", () => {
  it("comes back whole", () => {
    expect(readConversationJson(json(sample), codec)).toEqual({
      ok: true,
      conversation: sampleRead,
    });
  });

  it("of any conversation comes back whole", () => {
    fc.assert(
      fc.property(anyTurns, fc.option(anyText, { nil: undefined }), (turns, title) => {
        const conversation = {
          createdAt: 1,
          workspace: "w",
          ...(title !== undefined && { title }),
          turns,
        };
        expect(readConversationJson(json({ id: "c", ...conversation }), codec)).toEqual({
          ok: true,
          conversation,
        });
      }),
    );
  });

  it("of an answer under way is that of one that was interrupted, and offers no ways out", () => {
    const waysOut = { shorterAnswer: 700 } as never;
    const failure = { kind: "stopped" } as const;
    const turns = [
      answerTurn({ id: "1", status: { kind: "streaming" } }),
      answerTurn({ id: "2", status: { kind: "failed", failure, waysOut } }),
    ];
    const read = readConversationJson(json({ ...sample, turns }), codec);
    expect(read.ok && read.conversation.turns).toMatchObject([
      { status: { kind: "failed", failure: { kind: "interrupted" } } },
      { status: { kind: "failed", failure } },
    ]);
    expect(JSON.stringify(read)).not.toContain("waysOut");
  });

  it.each<[string, string]>([
    ["foreign", ""],
    ["foreign", "{}"],
    ["foreign", "[]"],
    ["foreign", "# Notes\n"],
    ["foreign", '{"format":"other","version":1}'],
    ["newer", json(sample).replace('"version": 1', '"version": 2')],
    ["damaged", json(sample).slice(0, 400)],
    ["damaged", json(sample).replace('"version": 1', '"version": "1"')],
    ["damaged", json(sample).replace('"createdAt": 7', '"createdAt": "7"')],
    ["damaged", json(sample).replace('"role": "user"', '"role": "system"')],
    ["damaged", json(sample).replace('"id": "u2"', '"id": "u1"')],
    ["damaged", json(sample).replace('"text": "more"', '"text": 7')],
    ["damaged", json({ ...sample, turns: [] })],
  ])("is refused as %s: %#", (reason, text) => {
    expect(readConversationJson(text, codec)).toEqual({ ok: false, reason });
  });
});

describe("Markdown", () => {
  it("reads well", () => {
    expect(markdown(sample)).toMatchSnapshot();
  });

  it("has a summary below the answers that it stands for, with its price", () => {
    const [first, ...others] = sample.turns;
    const summary = { text: "They said hello.", model: "fast", turnIds: ["u1", "a1"] };
    const turns = [userTurn({ ...first, role: "user", summary }), ...others];
    const texts = ["hello", "Hi", "## In short\n\nThey said hello.", "*fast · $0.01*", "more"];
    const text = markdown({ ...sample, turns });
    const places = texts.map((part) => text.indexOf(`\n\n${part}\n\n`));
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(places[0]).toBeGreaterThan(0);
  });

  it("gives back questions, code and answers", () => {
    const read = readConversationMarkdown(markdown(sample), codec);
    expect(read.ok && read.conversation).toMatchObject({
      createdAt: 7,
      workspace: "project",
      title: "Mine",
      turns: [
        sampleRead.turns[0],
        { id: "a1", text: "Hi", model: "openai/gpt-oss-120b", status: { kind: "complete" } },
        sampleRead.turns[2],
        { id: "a2", questionId: "u2", text: "cut o", status: { kind: "failed" } },
      ],
    });
  });

  it("of any conversation gives back every text, whatever stands in it", () => {
    fc.assert(
      fc.property(anyTurns, (turns) => {
        const read = readConversationMarkdown(markdown({ ...sample, turns }), codec);
        expect(read.ok && read.conversation.turns).toEqual(turns);
      }),
    );
  });

  it("is read after an editor has changed its line ends, and after somebody changed words", () => {
    const changed = markdown(sample)
      .replaceAll("\n", "\r\n")
      .replace("## You\r\n\r\nhello", "## Me\r\nhello there");
    const read = readConversationMarkdown(changed, codec);
    expect(read.ok && read.conversation.turns[0]).toEqual({
      ...sampleRead.turns[0],
      text: "hello there",
    });
  });

  it.each<[string, string]>([
    ["foreign", ""],
    ["foreign", "# A title\n\n## You\n"],
    ["newer", markdown(sample).replace('"version":1', '"version":2')],
    ["damaged", markdown(sample).replace('"createdAt":7', '"createdAt":"7"')],
    ["damaged", markdown(sample).replace('"createdAt":7', '"createdAt":1e999')],
    ["damaged", markdown(sample).replace('"createdAt":7', '"createdAt":7.5')],
    ["damaged", markdown(sample).replace('"id":"u1"', '"id":7')],
    ["damaged", markdown({ ...sample, turns: [] })],
    ["damaged", markdown(sample).slice(0, 300)],
  ])("is refused as %s: %#", (reason, text) => {
    expect(readConversationMarkdown(text, codec)).toEqual({ ok: false, reason });
  });
});

const nested = `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`;

it.each([
  [
    "JSON",
    () =>
      readConversationJson(
        json(sample).replace('"details": {', `"details": { "x": ${nested},`),
        codec,
      ),
  ],
  [
    "Markdown",
    () =>
      readConversationMarkdown(
        markdown(sample).replace('"task":"chat"', `"task":"chat","x":${nested}`),
        codec,
      ),
  ],
])("%s that is nested without end is read up to a depth", (_, read) => {
  expect(read()).toMatchObject({
    ok: true,
    conversation: { turns: [{ text: "hello" }, {}, {}, {}] },
  });
});

describe("an export", () => {
  const secrets = [
    `gsk_${"a1".repeat(20)}`,
    `sk-proj-${"b2".repeat(20)}`,
    `ghp_${"c3".repeat(18)}`,
    "own key",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
  ];
  const turns = [
    userTurn({
      text: secrets.join("\n"),
      attachments: [{ ...code, text: `const key = "${secrets[0]}";` }],
    }),
    answerTurn({ text: secrets.join(" and "), reasoning: secrets.join() }),
  ];
  const telling = { ...sample, title: `About ${secrets[1]}`, turns };

  it.each([
    ["JSON", json(telling)],
    ["Markdown", markdown(telling)],
  ])("in %s has no key in it, and no place on this machine", (_format, text) => {
    for (const secret of secrets) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(JSON.stringify(secret).slice(1, -1));
    }
    expect(text).toContain("[key]");
    expect(text).not.toContain("somebody");
  });

  it.each([
    [
      "JSON",
      (said: readonly Turn[]) => readConversationJson(json({ ...sample, turns: said }), codec),
    ],
    [
      "Markdown",
      (said: readonly Turn[]) =>
        readConversationMarkdown(markdown({ ...sample, turns: said }), codec),
    ],
  ])("in %s has a summary, which stands for the same turns when they are read", (_, through) => {
    const [first] = sample.turns;
    const text = "so far:\n```ts\nlet a; <!-- groq-coder-1 end -->";
    const summary = { text, model: "m", turnIds: ["u1", "a1"], unread: 3 };
    const read = through(sample.turns.with(0, userTurn({ ...first, role: "user", summary })));
    if (!read.ok) throw new Error(read.reason);
    let last = 0;
    const imported = withNewIds(read.conversation, () => `new ${++last}`);
    const [asked, answered] = imported.turns;
    expect(asked).toMatchObject({
      summary: { ...summary, turnIds: [asked?.id, answered?.id] },
    });
  });

  it("twice read is two conversations with nothing in common", () => {
    const read = readConversationJson(json(sample), codec);
    if (!read.ok) throw new Error(read.reason);
    let last = 0;
    const [one, other] = [1, 2].map(() => withNewIds(read.conversation, () => `new ${++last}`));
    const idsOf = (conversation?: Conversation) => [
      conversation?.id,
      ...(conversation?.turns.map(({ id }) => id) ?? []),
    ];
    expect(new Set([...idsOf(one), ...idsOf(other), ...idsOf(sample)]).size).toBe(15);
    const [asked, answered] = one?.turns ?? [];
    expect(answered).toMatchObject({ questionId: asked?.id });
  });
});
