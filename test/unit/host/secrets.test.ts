import { beforeEach, describe, expect, it } from "vitest";
import { createSecrets, foreignKey } from "../../../src/host/secrets";
import type { KeySlot, Secrets } from "../../../src/host/secrets";
import { fakeEditor } from "../../fakes/fakeEditor";
import { MemorySecrets } from "../../fakes/memorySecrets";

beforeEach(() => fakeEditor.reset());

const groq = "https://api.groq.com";
const other = "https://other.example";

interface Given {
  readonly stored?: { readonly apiKey: string; readonly baseUrl: string };
  readonly environment?: NodeJS.ProcessEnv;
  readonly setting?: string;
}

async function secretsWith(given: Given): Promise<{ secrets: Secrets; storage: MemorySecrets }> {
  if (given.setting !== undefined) fakeEditor.settings.set("groqCoder.baseUrl", given.setting);
  const storage = new MemorySecrets();
  const secrets = createSecrets(storage, given.environment ?? {});
  if (given.stored !== undefined) await secrets.store(given.stored);
  return { secrets, storage };
}

describe("where a key goes", () => {
  const check = (
    name: string,
    given: Given,
    expected: { apiKey: string; baseUrl: string } | string,
  ) =>
    it(name, async () => {
      const { secrets } = await secretsWith(given);
      const found = await secrets.credentials();
      if (typeof expected === "string")
        expect(found).toMatchObject({ ok: false, failure: { kind: expected } });
      else expect(found).toMatchObject({ ok: true, value: expected });
    });
  const stored = { apiKey: "gsk_stored", baseUrl: groq };
  const environment = { GROQ_API_KEY: "gsk_environment" };

  check("no key", {}, "noKey");
  check("a stored key goes to Groq", { stored }, stored);
  check(
    "a stored key is not sent to another address",
    { stored, setting: other },
    "originNotConfirmed",
  );
  check("nor to another port", { stored, setting: `${groq}:8443` }, "originNotConfirmed");
  check("nor to another path", { stored, setting: `${groq}/elsewhere` }, "originNotConfirmed");
  check(
    "the same address in other words is the same",
    { stored, setting: `${groq}/openai/v1/` },
    stored,
  );
  check(
    "a key for another address goes there",
    {
      stored: { apiKey: "gsk_other", baseUrl: other },
      setting: other,
    },
    { apiKey: "gsk_other", baseUrl: other },
  );
  check(
    "and not to Groq when the setting is gone",
    {
      stored: { apiKey: "gsk_other", baseUrl: other },
    },
    "originNotConfirmed",
  );
  check("an address that is none", { stored, setting: "http://evil.example" }, "invalidBaseUrl");

  check(
    "the environment's key goes to Groq",
    { environment },
    {
      apiKey: "gsk_environment",
      baseUrl: groq,
    },
  );
  check(
    "or to the environment's address",
    {
      environment: { ...environment, GROQ_BASE_URL: `${other}/openai/v1` },
    },
    { apiKey: "gsk_environment", baseUrl: other },
  );
  check(
    "an empty address is none",
    { environment: { ...environment, GROQ_BASE_URL: " " } },
    {
      apiKey: "gsk_environment",
      baseUrl: groq,
    },
  );
  check("never to the address of a setting", { environment, setting: other }, "originNotConfirmed");
  check(
    "the environment's address does not move a stored key",
    {
      stored,
      environment: { GROQ_BASE_URL: other },
    },
    stored,
  );
  check(
    "nor does its pair",
    {
      stored,
      environment: { ...environment, GROQ_BASE_URL: other },
    },
    "originNotConfirmed",
  );
  check("a stored key comes first", { stored, environment }, stored);
  check("an empty key is none", { environment: { GROQ_API_KEY: "  " } }, "noKey");
  check("an xAI key is named as such", { environment: { GROQ_API_KEY: "xai-abc" } }, "foreignKey");
});

describe("a stored key", () => {
  it("may go to a new address after the user agreed", async () => {
    const { secrets } = await secretsWith({
      stored: { apiKey: "gsk_stored", baseUrl: groq },
      setting: other,
    });
    expect(await secrets.credentials()).toMatchObject({ ok: false });
    expect(await secrets.confirmOrigin()).toMatchObject({ ok: true });
    expect(await secrets.credentials()).toMatchObject({
      ok: true,
      value: { apiKey: "gsk_stored", baseUrl: other },
    });
  });

  it("does not go to an address that cannot be used, agreed or not", async () => {
    const { secrets } = await secretsWith({
      stored: { apiKey: "gsk_stored", baseUrl: groq },
      setting: "http://evil.example",
    });
    expect(await secrets.confirmOrigin()).toMatchObject({ ok: false });
    fakeEditor.settings.clear();
    expect(await secrets.credentials()).toMatchObject({ value: { baseUrl: groq } });
  });

  it("is gone after it was cleared", async () => {
    const { secrets } = await secretsWith({ stored: { apiKey: "gsk_stored", baseUrl: groq } });
    await secrets.clear();
    expect(await secrets.credentials()).toMatchObject({ failure: { kind: "noKey" } });
  });

  it.each(["", "null", "{", "[]", '{"apiKey":7}', '{"apiKey":"gsk_a"}'])(
    "that cannot be read counts as none: %s",
    async (text) => {
      const { secrets, storage } = await secretsWith({});
      await storage.store("groqCoder.key", text);
      expect(await secrets.credentials()).toMatchObject({ failure: { kind: "noKey" } });
    },
  );
});

describe("the account of a key", () => {
  const accountOf = async (secrets: KeySlot) => {
    const found = await secrets.credentials();
    return found.ok ? found.value.account : found.failure.kind;
  };
  const idPattern = /^[0-9a-f-]{32,36}$/;

  it("stays when the same key is set again, or agreed to another address", async () => {
    const { secrets } = await secretsWith({ stored: { apiKey: "gsk_a", baseUrl: groq } });
    const first = await accountOf(secrets);
    expect(first).toMatch(idPattern);
    await secrets.store({ apiKey: "gsk_a", baseUrl: groq });
    expect(await accountOf(secrets)).toBe(first);
    fakeEditor.settings.set("groqCoder.baseUrl", other);
    await secrets.confirmOrigin();
    expect(await accountOf(secrets)).toBe(first);
  });

  it("is another's with another key", async () => {
    const { secrets } = await secretsWith({ stored: { apiKey: "gsk_a", baseUrl: groq } });
    const first = await accountOf(secrets);
    await secrets.store({ apiKey: "gsk_b", baseUrl: groq });
    expect(await accountOf(secrets)).not.toBe(first);
  });

  it("in the environment is the same in all windows, also where they share no secrets", async () => {
    const withKey = (apiKey: string) =>
      createSecrets(new MemorySecrets(), { GROQ_API_KEY: apiKey });
    const first = await accountOf(withKey("gsk_a"));
    expect(first).toMatch(idPattern);
    expect(await accountOf(withKey("gsk_a"))).toBe(first);
    expect(await accountOf(withKey("gsk_b"))).not.toBe(first);
  });

  it("goes along when an environment's key is agreed to another address", async () => {
    const { secrets } = await secretsWith({ environment: { GROQ_API_KEY: "gsk_a" } });
    const first = await accountOf(secrets);
    fakeEditor.settings.set("groqCoder.baseUrl", other);
    expect(await accountOf(secrets)).toBe("originNotConfirmed");
    await secrets.confirmOrigin();
    expect(await accountOf(secrets)).toBe(first);
  });
});

describe("the second provider's key", () => {
  const second = "https://second.example/v1";
  const setFallback = (baseUrl: string) =>
    fakeEditor.settings.set("groqCoder.fallback", { baseUrl, model: "some-model" });
  const failing = (kind: string) => ({ ok: false, failure: { kind } });

  it("needs a second provider, and then a key", async () => {
    const { secrets } = await secretsWith({ stored: { apiKey: "gsk_a", baseUrl: groq } });
    expect(secrets.fallback.baseUrl()).toMatchObject(failing("noFallback"));
    setFallback(second);
    expect(await secrets.fallback.credentials()).toMatchObject({
      failure: { kind: "noKey", provider: "fallback" },
    });
  });

  it("goes to its address and nowhere else, whatever it looks like", async () => {
    setFallback(`${second}/`);
    const { secrets } = await secretsWith({ environment: { GROQ_API_KEY: "gsk_a" } });
    await secrets.fallback.store({ apiKey: "sk-b", baseUrl: second });
    expect(await secrets.fallback.credentials()).toMatchObject({
      value: { apiKey: "sk-b", baseUrl: second },
    });
    expect(await secrets.credentials()).toMatchObject({
      value: { apiKey: "gsk_a", baseUrl: groq },
    });
    for (const elsewhere of ["https://evil.example/v1", "https://second.example/v2"]) {
      setFallback(elsewhere);
      expect(await secrets.fallback.credentials()).toMatchObject({
        failure: { kind: "originNotConfirmed", origin: elsewhere, provider: "fallback" },
      });
    }
    setFallback("http://second.example/v1");
    expect(await secrets.fallback.credentials()).toMatchObject(failing("noFallback"));
  });

  it("has an account of its own, and goes alone", async () => {
    setFallback(second);
    const { secrets } = await secretsWith({ stored: { apiKey: "same", baseUrl: groq } });
    await secrets.fallback.store({ apiKey: "same", baseUrl: second });
    const [one, two] = [await secrets.credentials(), await secrets.fallback.credentials()];
    if (!one.ok || !two.ok) throw new Error("no key");
    expect(one.value.account).not.toBe(two.value.account);
    await secrets.fallback.clear();
    expect(await secrets.fallback.credentials()).toMatchObject(failing("noKey"));
    expect(await secrets.credentials()).toMatchObject({ ok: true });
  });

  it("may go to a new address after the user agreed", async () => {
    setFallback(second);
    const { secrets } = await secretsWith({});
    await secrets.fallback.store({ apiKey: "b", baseUrl: "https://before.example" });
    await secrets.fallback.confirmOrigin();
    expect(await secrets.fallback.credentials()).toMatchObject({ value: { baseUrl: second } });
  });
});

describe("foreignKey", () => {
  const check = (apiKey: string, owner: string | undefined, address = groq) =>
    it(`${apiKey} for ${address}: ${owner ?? "Groq's or not known"}`, () =>
      expect(foreignKey(apiKey, address)).toEqual(owner && { kind: "foreignKey", owner }));
  check("xai-abc", "xAI");
  check("sk-ant-abc", "Anthropic");
  check("sk-or-v1-abc", "OpenRouter");
  check("sk-proj-abc", "OpenAI");
  check("AIzaabc", "Google");
  check("hf_abc", "Hugging Face");
  check("gsk_abc", undefined);
  check("abc", undefined);
  // A gateway of one's own, which takes the form of OpenAI's.
  check("sk-abc", undefined, other);
  check("xai-abc", "xAI", other);
});

describe("a keyring that does not open", () => {
  class LockedSecrets extends MemorySecrets {
    override get(): Promise<never> {
      return Promise.reject(new Error("locked"));
    }
    override store(): Promise<never> {
      return Promise.reject(new Error("locked"));
    }
    override delete(): Promise<never> {
      return Promise.reject(new Error("locked"));
    }
  }
  const locked = { ok: false, failure: { kind: "keyStoreUnavailable", detail: "locked" } };

  it("is told, whatever is asked of it", async () => {
    const secrets = createSecrets(new LockedSecrets(), {});
    expect(await secrets.credentials()).toEqual(locked);
    expect(await secrets.confirmOrigin()).toEqual(locked);
    expect(await secrets.store({ apiKey: "gsk_x", baseUrl: groq })).toEqual(locked);
    expect(await secrets.clear()).toEqual(locked);
  });

  it("does not keep the environment's key from working", async () => {
    const secrets = createSecrets(new LockedSecrets(), { GROQ_API_KEY: "gsk_environment" });
    expect(await secrets.credentials()).toMatchObject({ ok: true });
  });
});
