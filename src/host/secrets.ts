import { randomUUID } from "node:crypto";
import type { Event, SecretStorage } from "vscode";
import * as z from "zod/mini";
import type { Credentials, KeyStore } from "../core/dispatch/credentials";
import { fail, succeed } from "../core/dispatch/failure";
import type { Failure, Result } from "../core/dispatch/failure";
import { groqOrigin, normaliseBaseUrl, readBaseUrl } from "./settings";

/** The only file that reads the key. It is bound to the address that it was set for. */
export interface Secrets extends KeyStore {
  readonly onDidChange: Event<unknown>;
  /** The credentials that a new key would make, for trying it out before it is stored. */
  candidate(apiKey: string): Result<Credentials>;
  store(credentials: Credentials): Promise<void>;
  clear(): Promise<void>;
  /** Lets the stored key go to the address that the settings name now. */
  confirmOrigin(): Promise<Result<void>>;
}

const secretName = "groqCoder.key";

const storedSchema = z.object({
  apiKey: z.string(),
  baseUrl: z.string(),
  /** What limits and spend hang on; a random id, since the key itself is kept nowhere else. */
  accountId: z.string(),
});

export function createSecrets(storage: SecretStorage, environment: NodeJS.ProcessEnv): Secrets {
  async function readStored() {
    const text = await storage.get(secretName);
    if (text === undefined) return undefined;
    try {
      return storedSchema.safeParse(JSON.parse(text)).data;
    } catch {
      return undefined;
    }
  }

  async function store({ apiKey, baseUrl }: Credentials): Promise<void> {
    const accountId = (await readStored())?.accountId ?? randomUUID();
    await storage.store(secretName, JSON.stringify({ apiKey, baseUrl, accountId }));
  }

  return {
    onDidChange: storage.onDidChange,
    async credentials() {
      const stored = await readStored();
      return stored === undefined ? fromEnvironment(environment) : boundTo(stored);
    },
    candidate(apiKey) {
      const baseUrl = configuredBaseUrl();
      return baseUrl.ok ? succeed({ apiKey, baseUrl: baseUrl.value }) : baseUrl;
    },
    store,
    async clear() {
      await storage.delete(secretName);
    },
    async confirmOrigin() {
      const stored = await readStored();
      const baseUrl = configuredBaseUrl();
      if (!baseUrl.ok) return baseUrl;
      if (stored === undefined) return fail({ kind: "noKey" });
      await store({ apiKey: stored.apiKey, baseUrl: baseUrl.value });
      return succeed(undefined);
    },
  };
}

/** Recognises keys of other companies by their public prefixes; a Groq key starts with `gsk_`. */
export function foreignKey(apiKey: string): Failure | undefined {
  if (apiKey.startsWith("xai-")) return { kind: "foreignKey", owner: "xAI" };
  if (apiKey.startsWith("sk-ant-")) return { kind: "foreignKey", owner: "Anthropic" };
  if (apiKey.startsWith("sk-")) return { kind: "foreignKey", owner: "OpenAI" };
  return undefined;
}

function boundTo(stored: Credentials): Result<Credentials> {
  const baseUrl = configuredBaseUrl();
  if (!baseUrl.ok) return baseUrl;
  if (baseUrl.value !== stored.baseUrl)
    return fail({ kind: "originNotConfirmed", origin: baseUrl.value });
  return succeed({ apiKey: stored.apiKey, baseUrl: stored.baseUrl });
}

/** `GROQ_API_KEY` goes to `GROQ_BASE_URL` or to Groq, never to an address from the settings. */
function fromEnvironment(environment: NodeJS.ProcessEnv): Result<Credentials> {
  const apiKey = environment["GROQ_API_KEY"]?.trim();
  if (apiKey === undefined || apiKey === "") return fail({ kind: "noKey" });
  const foreign = foreignKey(apiKey);
  if (foreign !== undefined) return fail(foreign);
  const baseUrl = normaliseBaseUrl(environment["GROQ_BASE_URL"] ?? groqOrigin);
  if (!baseUrl.ok) return baseUrl;
  const configured = readBaseUrl();
  if (configured !== undefined) {
    const wanted = normaliseBaseUrl(configured);
    if (!wanted.ok) return wanted;
    if (wanted.value !== baseUrl.value)
      return fail({ kind: "originNotConfirmed", origin: wanted.value });
  }
  return succeed({ apiKey, baseUrl: baseUrl.value });
}

function configuredBaseUrl(): Result<string> {
  return normaliseBaseUrl(readBaseUrl() ?? groqOrigin);
}
