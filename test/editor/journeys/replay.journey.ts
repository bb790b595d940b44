import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeTemporaryFolder, removeFolder } from "../../../scripts/system/cleanup.mjs";
import type { GroqServerOptions } from "../../groqServer/groqServerOptions";
import { sessionsPerTest } from "./session";
import { answerInputBox, selectFunction, sendMessage } from "./steps";

const file = "src/core/limits/bucket.ts";
const open = sessionsPerTest();
let folder: string;
let recording: string;
beforeAll(() => {
  folder = makeTemporaryFolder("recording");
  recording = join(folder, "session.jsonl");
});
afterAll(() => removeFolder(folder));

it("a recorded session of the extension replays identically", async () => {
  const recorded = await run({ record: recording });
  const replayed = await run({ replay: recording });
  expect(replayed.answers).toEqual(recorded.answers);
  expect(replayed.bodies).toEqual(recorded.bodies);
  expect(replayed.strangers).toEqual([]);
  expect(replayed.remaining).toBe(0);
});

/** A question, an explanation and an edit: what was answered, and what was asked for it. */
async function run(groq: GroqServerOptions) {
  // On the small plan it would wait for the minute.
  const session = await open({
    file,
    groq: { plan: "developer", ...groq },
    settings: { "groqCoder.plan": "developer" },
  });
  try {
    const { editor } = session;
    const chat = editor.webview("view");
    const answers = chat.getByRole("article", { name: "Groq Coder" });
    await editor.runCommand("groqCoder.openChat");
    await sendMessage(chat, "hello");
    await answers.nth(0).getByText("tokens/s").waitFor();
    await selectFunction(editor, join(session.folder, file), "waitMs");
    await editor.runCommand("groqCoder.explainSelection");
    await answers.nth(1).getByText("tokens/s").waitFor();
    await selectFunction(editor, join(session.folder, file), "waitMs");
    await editor.runCommand("groqCoder.refactorSelection");
    await answerInputBox(editor, "Rename over to excess");
    await chat.getByRole("button", { name: "Accept" }).click();
    await answers.nth(2).getByText("Accepted").waitFor();
    return {
      answers: await chat.getByRole("log").locator(".markdown").allTextContents(),
      bodies: session.groq.requests.map(({ body }) => body),
      strangers: session.groq.replayer?.strangers ?? [],
      remaining: session.groq.replayer?.remaining() ?? 0,
    };
  } finally {
    await session.close();
  }
}
