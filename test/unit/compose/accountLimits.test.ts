import { beforeEach, describe, expect, it } from "vitest";
import { createAccountLimits } from "../../../src/compose/accountLimits";
import { findModel } from "../../../src/core/models/catalogue";
import { createSecrets } from "../../../src/host/secrets";
import { createSettings } from "../../../src/host/settings";
import { FakeClock } from "../../fakes/fakeClock";
import { fakeEditor } from "../../fakes/fakeEditor";
import { MemoryLimitStore } from "../../fakes/memoryLimitStore";
import { MemorySecrets } from "../../fakes/memorySecrets";

const found = findModel("openai/gpt-oss-120b");
if (found === undefined) throw new Error("the default model is gone");
const model = found;

const free = { rpm: 30, rpd: 1000, tpm: 8000, tpd: 200_000 };

function limitsWith(environment: Record<string, string>) {
  return createAccountLimits({
    secrets: createSecrets(new MemorySecrets(), environment),
    store: { limits: new MemoryLimitStore(), onChange: () => () => undefined },
    settings: createSettings(() => undefined),
    clock: new FakeClock(),
  });
}

beforeEach(() => fakeEditor.reset());

describe("the limits of an account", () => {
  it("are the plan's until headers tell others, and then those at once", async () => {
    const limits = limitsWith({ GROQ_API_KEY: "gsk_a" });
    expect(limits.limitsAtLastLook(model)).toEqual(free);
    expect(await limits.room(model)).toMatchObject({ plan: { kind: "assumedFree" } });

    const account = await limits.accountFor(model);
    if (!account.ok) throw new Error(account.failure.kind);
    const limiter = limits.limiterFor(account.value, model);
    const entry = await limiter.enter({
      need: { tokens: 100, outputCap: 50 },
      requestClass: "interactive",
    });
    if (!entry.ok || entry.value.kind !== "admitted") throw new Error("not admitted");
    const { ticket } = entry.value;
    await limiter.note((buckets, nowMs) =>
      buckets.headers(
        ticket,
        {
          rpd: { limit: 500_000, remaining: 499_999 },
          tpm: { limit: 250_000, remaining: 249_900 },
        },
        nowMs,
      ),
    );
    expect(await limits.limitsOf(model)).toMatchObject({ rpd: 500_000, tpm: 250_000 });
    expect(limits.limitsAtLastLook(model)).toMatchObject({ rpd: 500_000, tpm: 250_000 });
    expect(await limits.room(model)).toMatchObject({
      plan: { kind: "recognised", plan: "developer", told: { rpd: 500_000, tpm: 250_000 } },
    });
  });

  it("are the user's own from the moment in which they are set", async () => {
    const limits = limitsWith({ GROQ_API_KEY: "gsk_a" });
    expect(await limits.limitsOf(model)).toEqual(free);
    expect(await limits.limitsOf({ ...model, limits: { tpm: 4000 } })).toMatchObject({ tpm: 4000 });
    expect(await limits.limitsOf(model)).toEqual(free);
  });

  it("are not those of another service's model of the same name", async () => {
    const limits = limitsWith({ GROQ_API_KEY: "gsk_a" });
    const { free: _, developer: __, ...unlimited } = model;
    const elsewhere = { ...unlimited, provider: "fallback", limits: { rpm: 3 } } as const;
    await limits.limitsOf(model);
    expect(limits.limitsAtLastLook(elsewhere)).toEqual({ rpm: 3 });
  });

  it("are the plan's without a key", async () => {
    const limits = limitsWith({});
    expect(await limits.room(model)).toBeUndefined();
    expect(await limits.limitsOf(model)).toEqual(free);
  });
});
