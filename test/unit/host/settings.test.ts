import { beforeEach, describe, expect, it } from "vitest";
import { normaliseBaseUrl, readBaseUrl, readSettings } from "../../../src/host/settings";
import { fakeEditor } from "../../fakes/fakeEditor";

beforeEach(() => fakeEditor.reset());

describe("normaliseBaseUrl", () => {
  const accepts = (text: string, expected: string) =>
    it(`accepts ${text}`, () =>
      expect(normaliseBaseUrl(text)).toEqual({ ok: true, value: expected }));
  const refuses = (text: string) =>
    it(`refuses ${JSON.stringify(text)}`, () =>
      expect(normaliseBaseUrl(text)).toMatchObject({
        ok: false,
        failure: { kind: "invalidBaseUrl" },
      }));

  accepts("https://api.groq.com", "https://api.groq.com");
  accepts("https://api.groq.com/", "https://api.groq.com");
  accepts(" https://API.Groq.com ", "https://api.groq.com");
  // groq-sdk adds this path by itself, and would double it.
  accepts("https://api.groq.com/openai/v1", "https://api.groq.com");
  accepts("https://api.groq.com/openai/v1/", "https://api.groq.com");
  accepts("https://proxy.example/groq/openai/v1", "https://proxy.example/groq");
  accepts("https://proxy.example:8443/groq/", "https://proxy.example:8443/groq");
  accepts("https://api.groq.com:443", "https://api.groq.com");
  accepts("http://127.0.0.1:8080", "http://127.0.0.1:8080");
  accepts("http://localhost:8080/openai/v1", "http://localhost:8080");
  accepts("http://[::1]:8080", "http://[::1]:8080");
  accepts("http://127.1:8080", "http://127.0.0.1:8080");

  refuses("http://api.groq.com");
  refuses("http://192.168.0.7:8080");
  refuses("http://127.0.0.1.evil.example");
  refuses("http://localhost.evil.example");
  refuses("http://evil.example/#localhost");
  refuses("http://localhost@evil.example");
  refuses("http://0.0.0.0:8080");
  refuses("http://[::ffff:192.168.0.7]");
  refuses("https://user:secret@api.groq.com");
  refuses("https://user@api.groq.com");
  refuses("ftp://api.groq.com");
  refuses("file:///etc/passwd");
  refuses("javascript:alert(1)");
  refuses("api.groq.com");
  refuses("https://");
  refuses("");
});

describe("readBaseUrl", () => {
  const check = (value: unknown, expected: string | undefined) =>
    it(value === undefined ? "unset" : JSON.stringify(value), () => {
      fakeEditor.settings.set("groqCoder.baseUrl", value);
      expect(readBaseUrl()).toBe(expected);
    });
  check("https://a.example", "https://a.example");
  check("", undefined);
  check("  ", undefined);
  check(undefined, undefined);
  check(7, undefined);
  check(["https://a.example"], undefined);
});

describe("readSettings takes what is of the wrong kind for unset", () => {
  const usual = {
    plan: "auto",
    maxOutputTokens: 4096,
    reasoningEffort: "medium",
    model: "openai/gpt-oss-120b",
  };
  const check = (name: string, value: unknown, expected: Partial<typeof usual>) =>
    it(`${name} = ${JSON.stringify(value)}`, () => {
      fakeEditor.settings.set(`groqCoder.${name}`, value);
      const { model, ...rest } = readSettings();
      expect({ ...rest, model: model.id }).toEqual({ ...usual, ...expected });
    });
  check("plan", "developer", { plan: "developer" });
  check("plan", "gold", {});
  check("maxOutputTokens", 900, { maxOutputTokens: 900 });
  for (const wrong of [0, -5, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "900", null])
    check("maxOutputTokens", wrong, {});
  check("reasoningEffort", "high", { reasoningEffort: "high" });
  check("reasoningEffort", "extreme", {});
  check("model", "openai/gpt-oss-20b", { model: "openai/gpt-oss-20b" });
  check("model", " my-model ", { model: "my-model" });
  for (const wrong of ["", " ", 7, null, {}]) check("model", wrong, {});

  it("a model that is not known has no price and no limits", () => {
    fakeEditor.settings.set("groqCoder.model", "my-model");
    const { model } = readSettings();
    expect(model.price).toBeUndefined();
    expect(model.free).toBeUndefined();
  });
});
