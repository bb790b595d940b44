import { beforeEach, describe, expect, it } from "vitest";
import { fail, succeed } from "../../../src/core/dispatch/failure";
import type { ModelList } from "../../../src/core/dispatch/modelList";
import { clearApiKey, setApiKey } from "../../../src/host/commands/keyCommands";
import { createModelListings } from "../../../src/host/modelListings";
import { createSecrets } from "../../../src/host/secrets";
import { FakeClock } from "../../fakes/fakeClock";
import { fakeEditor } from "../../fakes/fakeEditor";
import { MemorySecrets } from "../../fakes/memorySecrets";
import { MemoryState } from "../../fakes/memoryState";

beforeEach(() => fakeEditor.reset());

/** What the commands need; Groq accepts the keys that end in "good". */
function bench(environment: NodeJS.ProcessEnv = {}) {
  const secrets = createSecrets(new MemorySecrets(), environment);
  const asked: string[] = [];
  const models: ModelList = {
    list({ apiKey }) {
      asked.push(apiKey);
      return Promise.resolve(
        apiKey.endsWith("good") ? succeed([]) : fail({ kind: "invalidKey", detail: "" }),
      );
    },
  };
  const listings = createModelListings(new MemoryState(), new FakeClock(), () => secrets.baseUrl());
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  return { secrets, models, listings, log, asked };
}

describe("setApiKey", () => {
  it.each([
    " gsk_good\n",
    '"gsk_good"',
    "GROQ_API_KEY=gsk_good",
    "export GROQ_API_KEY = 'gsk_good'",
  ])("stores what Groq accepts, without what came along when it was copied: %j", async (pasted) => {
    const parts = bench();
    expect(await setApiKey(parts, pasted)).toEqual({ ok: true });
    expect(await parts.secrets.credentials()).toMatchObject({ value: { apiKey: "gsk_good" } });
  });

  it.each([
    ["gsk_wrong", "invalidKey"],
    ["xai-good", "foreignKey"],
    ["sk-good", "foreignKey"],
    ["  ", "noKey"],
  ])("keeps the key that there is when %o is not taken", async (typed, kind) => {
    const parts = bench();
    await setApiKey(parts, "gsk_good");
    expect(await setApiKey(parts, typed)).toMatchObject({ failure: { kind } });
    expect(await parts.secrets.credentials()).toMatchObject({ value: { apiKey: "gsk_good" } });
  });

  it("sends no other company's key anywhere", async () => {
    const parts = bench();
    await setApiKey(parts, "xai-good");
    await setApiKey(parts, "sk-ant-good");
    expect(parts.asked).toEqual([]);
  });

  it.each([
    // The box comes again, and the user closes it.
    ["invalidKey", "stopped"],
    // Another key would not help; the failure has ways out of its own.
    ["keyStoreUnavailable", "keyStoreUnavailable"],
    ["organizationRestricted", "organizationRestricted"],
  ] as const)("asked for, after %s it ends with %s", async (kind, end) => {
    const parts = bench();
    fakeEditor.typed = "gsk_typed";
    const models: ModelList = {
      list() {
        fakeEditor.typed = undefined;
        return Promise.resolve(fail({ kind, detail: "" }));
      },
    };
    expect(await setApiKey({ ...parts, models }, undefined)).toMatchObject({
      failure: { kind: end },
    });
  });

  it("replaces the key, and with it the account", async () => {
    const parts = bench();
    await setApiKey(parts, "gsk_good");
    const before = await parts.secrets.credentials();
    await setApiKey(parts, "gsk_2_good");
    const after = await parts.secrets.credentials();
    expect(after).toMatchObject({ value: { apiKey: "gsk_2_good" } });
    expect(after.ok && after.value.account).not.toBe(before.ok && before.value.account);
  });
});

describe("clearApiKey", () => {
  it("removes the key, and says so", async () => {
    const parts = bench();
    await setApiKey(parts, "gsk_good");
    expect(await clearApiKey(parts)).toEqual({ ok: true });
    expect(await parts.secrets.credentials()).toMatchObject({ failure: { kind: "noKey" } });
    expect(fakeEditor.notified).toEqual(["The API key was removed from this machine."]);
  });

  it("says that a key of the environment is used now", async () => {
    const parts = bench({ GROQ_API_KEY: "gsk_environment" });
    await setApiKey(parts, "gsk_good");
    expect(await clearApiKey(parts)).toEqual({ ok: true });
    expect(await parts.secrets.credentials()).toMatchObject({
      value: { apiKey: "gsk_environment" },
    });
    expect(fakeEditor.notified).toEqual([
      "The stored API key was removed. The one in the environment is used now.",
    ]);
  });
});
