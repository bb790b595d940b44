import { beforeEach, describe, expect, it } from "vitest";
import { setFallbackKey } from "../../../src/host/commands/fallbackKeyCommand";
import { createSecrets } from "../../../src/host/secrets";
import { fakeEditor } from "../../fakes/fakeEditor";
import { MemorySecrets } from "../../fakes/memorySecrets";

beforeEach(() => fakeEditor.reset());

const logged: string[] = [];
const log = {
  info: (message: string) => void logged.push(message),
  warn: () => undefined,
  error: () => undefined,
};

function parts() {
  return { secrets: createSecrets(new MemorySecrets(), {}), log };
}

describe("setFallbackKey", () => {
  it("needs a second provider", async () => {
    expect(await setFallbackKey(parts(), "secret")).toEqual({
      ok: false,
      failure: { kind: "noFallback" },
    });
  });

  it("stores the key for its address, and removes it when it is empty", async () => {
    fakeEditor.settings.set("groqCoder.fallback", {
      baseUrl: "https://second.example/v1",
      model: "m",
    });
    const given = parts();
    expect(await setFallbackKey(given, " secret ")).toEqual({ ok: true });
    expect(await given.secrets.fallback.credentials()).toMatchObject({
      value: { apiKey: "secret", baseUrl: "https://second.example/v1" },
    });
    expect(await setFallbackKey(given, "")).toEqual({ ok: true });
    expect(await given.secrets.fallback.credentials()).toMatchObject({ ok: false });
    expect(logged.join()).not.toContain("secret");
  });
});
