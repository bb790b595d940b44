import { beforeEach, describe, expect, it } from "vitest";
import type { Failure } from "../../../src/core/dispatch/failure";
import { runFailureAction } from "../../../src/host/commands/failureActions";
import type { FailureActionId } from "../../../src/host/failureAction";
import { createSecrets } from "../../../src/host/secrets";
import { fakeEditor } from "../../fakes/fakeEditor";
import { MemorySecrets } from "../../fakes/memorySecrets";

beforeEach(() => fakeEditor.reset());

const secrets = createSecrets(new MemorySecrets(), {});

async function act(action: FailureActionId, failure: Failure = { kind: "cutOff" }): Promise<void> {
  const retry = () => Promise.resolve();
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
