import { beforeEach, describe, expect, it } from "vitest";
import type { Failure } from "../../../src/core/dispatch/failure";
import { runFailureAction } from "../../../src/host/commands/failureActions";
import type { FailureActionId } from "../../../src/host/failureAction";
import { createSecrets } from "../../../src/host/secrets";
import { fakeEditor } from "../../fakes/fakeEditor";
import { MemorySecrets } from "../../fakes/memorySecrets";

beforeEach(() => fakeEditor.reset());

const secrets = createSecrets(new MemorySecrets(), {});

let retries = 0;
async function act(action: FailureActionId, failure: Failure = { kind: "cutOff" }): Promise<void> {
  const retry = () => Promise.resolve(++retries);
  await runFailureAction(action, { failure, retry, secrets, showLog: () => undefined });
}

describe("a way out that is a page opens it outside", () => {
  const check = (action: FailureActionId, address: string) =>
    it(action, async () => {
      await act(action);
      expect(fakeEditor.opened).toEqual([address]);
    });
  check("getApiKey", "https://console.groq.com/keys");
  check("openLimitsPage", "https://console.groq.com/settings/limits");
  check("openProjectLimitsPage", "https://console.groq.com/settings/project/limits");
  check("openBillingPage", "https://console.groq.com/settings/billing");
  check("openSpendLimitsPage", "https://console.groq.com/docs/spend-limits");
  check("openSupportPage", "https://groq.com/contact");
  check("openStatusPage", "https://groqstatus.com");
});

it("agreeing to an address is for the key that the failure is about", async () => {
  const second = "https://second.example/v1";
  fakeEditor.settings.set("groqCoder.fallback", { baseUrl: second, model: "m" });
  await secrets.store({ apiKey: "gsk_a", baseUrl: "https://before.example" });
  await secrets.fallback.store({ apiKey: "b", baseUrl: "https://before.example" });
  await act("confirmOrigin", { kind: "originNotConfirmed", origin: second, provider: "fallback" });
  expect(await secrets.fallback.credentials()).toMatchObject({ value: { baseUrl: second } });
  expect(await secrets.credentials()).toMatchObject({ failure: { kind: "originNotConfirmed" } });
});

it("a key of the second provider is asked for by its own command", async () => {
  await act("setFallbackKey");
  expect(fakeEditor.executed).toEqual(["groqCoder.setFallbackKey"]);
});

it.each([
  ["is made once more after the raise", { ok: true }, 1],
  ["is left when the user leaves the raise", { ok: false, failure: { kind: "stopped" } }, 0],
])("a request that went over today's budget %s", async (_name, result, expected) => {
  retries = 0;
  fakeEditor.commandResults.set("groqCoder.setBudget", result);
  await act("raiseForToday", { kind: "overCap", period: "day", cap: "1", spent: "1", needed: "2" });
  expect(retries).toBe(expected);
});
