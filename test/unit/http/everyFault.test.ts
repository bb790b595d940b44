import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { collect } from "../../fakes/asyncSteps";
import { startGroqServer } from "../../groqServer/groqServer";
import type { GroqServer } from "../../groqServer/groqServer";
import { faultCases } from "./faultCases";
import type { FaultCase } from "./faultCases";
import { outcomeOf, request, services, textOf } from "./services";

let server: GroqServer;
beforeAll(async () => {
  server = await startGroqServer({ plan: "custom" });
});
afterAll(() => server.close());

const content = "one Grüße three four five six seven eight";

describe.each(services)("$name: what goes wrong is told as what it is", ({ ask, provider }) => {
  const cases = Object.values(faultCases)
    .flat()
    .map((each): [string, FaultCase] => [JSON.stringify(each.fault), each]);

  it.each(cases)("%s", async (_name, { fault, outcome, billable = true, text, idleMs }) => {
    server.queueAnswer({ content, fault });
    const before = server.requests.length;
    const events = await collect(
      ask(server.origin, idleMs).stream(request, new AbortController().signal),
    );
    expect(outcomeOf(events, provider)).toBe(outcome);
    const failures = events.filter((event) => event.kind === "failure");
    expect(failures.length).toBeLessThanOrEqual(1);
    for (const failure of failures) {
      expect(events.at(-1)).toBe(failure);
      expect(failure.billable).toBe(billable);
      expect("provider" in failure.failure).toBe(provider === "fallback");
    }
    if (text === "whole") expect(textOf(events)).toBe(content);
    else expect(content.startsWith(textOf(events))).toBe(true);
    if (text === "begun") expect(textOf(events)).toMatch(/^one/);
    if (text === "none") expect(textOf(events)).toBe("");
    // Retries are the dispatcher's business: it has to see each attempt.
    expect(server.requests.length - before).toBe(1);
  });
});
