import { readFileSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import { beforeEach, describe, expect, it } from "vitest";
import { fail, succeed } from "../../../src/core/dispatch/failure";
import type { Failure } from "../../../src/core/dispatch/failure";
import { findModel } from "../../../src/core/models/catalogue";
import { unknownModel } from "../../../src/core/models/modelRows";
import { copyDiagnostics } from "../../../src/host/commands/copyDiagnostics";
import type { DiagnosticsParts } from "../../../src/host/commands/copyDiagnostics";
import { settingRules } from "../../../src/host/diagnostics/settingReport";
import { createRecentFailures } from "../../../src/host/recentFailures";
import { createSecrets } from "../../../src/host/secrets";
import { FakeClock } from "../../fakes/fakeClock";
import { fakeEditor } from "../../fakes/fakeEditor";
import { MemorySecrets } from "../../fakes/memorySecrets";
import { failureExamples } from "./failureExamples";

beforeEach(() => fakeEditor.reset());

const gptOss = findModel("openai/gpt-oss-120b") ?? unknownModel("missing", "");

function partsWith(changed: Partial<DiagnosticsParts> = {}): DiagnosticsParts {
  const clock = new FakeClock();
  return {
    extensionVersion: "0.1.0",
    environment: {},
    clock,
    secrets: createSecrets(new MemorySecrets(), { GROQ_API_KEY: "gsk_0123456789abcdefghij" }),
    settings: () => ({ model: gptOss }),
    limitsOf: () => Promise.resolve({ rpm: 30, tpm: 8000 }),
    evidenceOf: () =>
      Promise.resolve({ told: { rpd: 1000, tpm: 8000 }, readings: { all: 12, trusted: 4 } }),
    data: {
      describe: () =>
        Promise.resolve(succeed({ schemaVersion: 6, newestVersion: 6, bytes: 40960 })),
    },
    failures: createRecentFailures(clock),
    ...changed,
  };
}

async function textOf(parts: DiagnosticsParts): Promise<string> {
  const copied = await copyDiagnostics(parts);
  expect(copied).toEqual({ ok: true, text: fakeEditor.clipboard });
  return fakeEditor.clipboard;
}

describe("what a fault may hang on is told", () => {
  it("versions, limits with their evidence, the store, changed settings, failures", async () => {
    fakeEditor.settings.set("groqCoder.plan", "developer");
    fakeEditor.settings.set("groqCoder.budget.daily", 0.5);
    fakeEditor.settings.set("groqCoder.customInstructions", "Answer in French.");
    fakeEditor.settings.set("groqCoder.limits", { "openai/gpt-oss-20b": { tpm: 9000, note: "x" } });
    fakeEditor.settings.set("groqCoder.fallback", {
      baseUrl: "https://second.example/v1?team=blue",
      model: "ours",
      inputPrice: 0,
    });
    fakeEditor.remoteName = "wsl";
    const parts = partsWith({ environment: { HTTPS_PROXY: "http://proxy.example" } });
    parts.failures.note({ kind: "serverError", status: 503, detail: "words" }, "answer-1");
    parts.failures.note({ kind: "serverError", status: 503, detail: "words" }, "answer-1");
    parts.failures.note({ kind: "cutOff", provider: "fallback" });
    const text = await textOf(parts);
    for (const line of [
      "Groq Coder 0.1.0, 2026-11-20T12:00:00.000Z",
      "  editor: VS Code 1.106.0, desktop, desktop",
      "  remote: wsl",
      "  workspace: trusted, folders: 0",
      "  key: usable",
      "  address: api.groq.com",
      "  model: openai/gpt-oss-120b (production)",
      "  limits: rpm 30, tpm 8000",
      "  told by headers: rpd 1000, tpm 8000; plan: free",
      "  readings of Groq's counting: 4 of 12 trusted",
      "  plan: developer",
      "  budget.daily: 0.5",
      "  customInstructions: 17 characters",
      "  limits: openai/gpt-oss-20b: tpm 9000",
      "  fallback: second.example, a model that is not in the catalogue, inputPrice 0",
      "  file: schema 6 of 6, 40960 bytes",
      "  2026-11-20T12:00:00.000Z: serverError (HTTP 503)",
      "  2026-11-20T12:00:00.000Z: cutOff (second provider)",
    ])
      expect(text.split("\n")).toContain(line);
    expect(text).toContain("http.proxy not set, proxy variables set");
    expect(text.match(/serverError/g)).toHaveLength(1);
  });

  it("what cannot be had is named as such", async () => {
    fakeEditor.trusted = false;
    const text = await textOf(
      partsWith({
        secrets: createSecrets(new MemorySecrets(), {}),
        evidenceOf: () => Promise.resolve(undefined),
        data: { describe: () => Promise.resolve(fail({ kind: "storeTooNew" })) },
      }),
    );
    for (const line of [
      "  workspace: restricted, folders: 0",
      "  remote: none",
      "  key: noKey",
      "  told by headers: not looked up",
      "  file: storeTooNew",
      "  none",
    ])
      expect(text.split("\n")).toContain(line);
  });

  it("every setting has a rule", () => {
    const file = new URL("../../../package.json", import.meta.url);
    const { contributes } = JSON.parse(readFileSync(file, "utf8")) as {
      contributes: { configuration: { properties: Record<string, unknown> } };
    };
    const names = Object.keys(contributes.configuration.properties);
    expect(Object.keys(settingRules).map((name) => `groqCoder.${name}`)).toEqual(names);
  });

  it("Show opens the text before it is passed on", async () => {
    fakeEditor.answer = (_message, [show]) => show;
    const text = await textOf(partsWith());
    await expect.poll(() => fakeEditor.documents.get("untitled://1")?.getText()).toBe(text);
  });
});

describe("nothing of the user's comes through", () => {
  const secret = "PLANTED";
  const key = `gsk_${secret}0123456789abcdefghijklmnop`;
  const everywhere = [
    key,
    `https://${secret}.example:${secret}@host.example/${secret}?${secret}`,
    {
      [secret]: { tpm: secret, [secret]: 1 },
      baseUrl: `https://host.example/${secret}`,
      model: secret,
    },
    [secret],
  ];

  it.each(everywhere)("planted in every setting: %o", async (value) => {
    for (const name of Object.keys(settingRules))
      fakeEditor.settings.set(`groqCoder.${name}`, value);
    fakeEditor.settings.set("http.proxy", `http://${secret}:${secret}@proxy.example`);
    fakeEditor.settings.set("http.proxySupport", secret);
    expect(await textOf(partsWith())).not.toContain(secret);
  });

  it("planted in the environment, the address, the model, the remote's and the folder's name", async () => {
    fakeEditor.remoteName = `host-of-${secret}`;
    fakeEditor.folder = `/home/${secret}/project-${secret}`;
    const environment = {
      GROQ_API_KEY: key,
      GROQ_BASE_URL: `https://host.example/${secret}`,
      HTTPS_PROXY: `http://${secret}:${secret}@proxy.example`,
      HOME: `/home/${secret}`,
      USER: secret,
    };
    const text = await textOf(
      partsWith({
        environment,
        secrets: createSecrets(new MemorySecrets(), environment),
        settings: () => ({ model: unknownModel(secret, secret) }),
      }),
    );
    expect(text).not.toContain(secret);
    expect(text).toContain("address: host.example");
  });

  it("planted in the words of every failure", async () => {
    for (const examples of Object.values(failureExamples))
      for (const example of examples) {
        const parts = partsWith();
        const planted = Object.fromEntries(
          Object.entries(example).map(([name, value]: [string, unknown]) => [
            name,
            typeof value === "string" && name !== "kind" ? `${secret} ${key}` : value,
          ]),
        ) as unknown as Failure;
        parts.failures.note(planted);
        const text = await textOf(parts);
        expect(text).not.toContain(secret);
        expect(text).toContain(example.kind);
      }
  });

  it("nor does the name of the user or the machine, or a path", async () => {
    const text = await textOf(partsWith());
    const { homedir } = userInfo();
    for (const own of [hostname(), homedir, process.cwd()]) expect(text).not.toContain(own);
    expect(text).not.toMatch(/(?:^|\s)[/\\~]|[A-Za-z]:\\/);
  });
});
