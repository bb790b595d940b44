import { afterEach, describe, expect, it } from "vitest";
import type { ChatModelEvent } from "../../../src/core/dispatch/chatModel";
import { createGroqChatModel } from "../../../src/groq/groqChatModel";
import { collect } from "../../fakes/asyncSteps";
import { FixedKey } from "../../fakes/fixedKey";
import { startGroqServer } from "../../groqServer/groqServer";
import type { GroqServer } from "../../groqServer/groqServer";
import type { Switches } from "../../groqServer/switches";
import { outcomeOf, request } from "./services";
import { switchCases } from "./switchCases";
import type { SwitchCase } from "./switchCases";

let server: GroqServer | undefined;
afterEach(() => server?.close());

async function ask(given: SwitchCase, switches: Partial<Switches>): Promise<ChatModelEvent[]> {
  server = await startGroqServer({ plan: "custom", ...given.options, switches });
  given.prepare?.(server);
  const model = createGroqChatModel(
    new FixedKey(server.origin),
    given.userAgent ?? "groq-coder/test",
  );
  return collect(model.stream({ ...request, ...given.given }, new AbortController().signal));
}

describe.each(Object.entries(switchCases))("the switch %s", (name, settings) => {
  it.each(Object.entries<SwitchCase>(settings))("at %s", async (value, given) => {
    const events = await ask(given, { [name]: value });
    expect(outcomeOf(events)).toBe(given.expected);
    const last = events.at(-1);
    if (last?.kind !== "failure") return;
    expect(last.billable).toBe(false);
    if (given.detail === undefined) return;
    expect(last.failure).toMatchObject(given.detail);
    expect(last.organization).toMatch(/^org_/);
  });

  it("in every setting lets our own agent in, and answers", async () => {
    for (const value of Object.keys(settings)) {
      expect(outcomeOf(await ask({ expected: "complete" }, { [name]: value }))).toBe("complete");
      await server?.close();
    }
  });
});
