import { randomUUID } from "node:crypto";
import type { Event, SecretStorage } from "vscode";
import * as z from "zod/mini";
import type { Credentials, KeyStore } from "../core/dispatch/credentials";
import { fail, succeed } from "../core/dispatch/failure";
import type { Failure, Result } from "../core/dispatch/failure";
import { normaliseBaseUrl } from "./baseUrl";
import { groqOrigin, readBaseUrl } from "./settings";

/** The only file that reads the key. It is bound to the address that it was set for. */
export interface Secrets extends KeyStore {
  readonly onDidChange: Event<unknown>;
  /** Where requests go now: the setting, else the environment's pair, else Groq. */
  baseUrl(): Result<string>;
  store(credentials: Credentials): Promise<Result<void>>;
  clear(): Promise<Result<void>>;
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

type StoredKey = z.infer<typeof storedSchema>;

export function createSecrets(storage: SecretStorage, environment: NodeJS.ProcessEnv): Secrets {
  const fromEnvironment = readEnvironment(environment);
  // Each look into the storage is a round trip to another process, on the way of every request.
  let known: Promise<Result<StoredKey | undefined>> | undefined;
  storage.onDidChange(() => (known = undefined));

  /** The stored key, else the environment's. A keyring that is locked or missing refuses with a rejection. */
  async function readKey(): Promise<Result<Credentials>> {
    const stored = await readStored();
    if (stored.ok && stored.value !== undefined) return succeed(stored.value);
    if (fromEnvironment !== undefined) return succeed(fromEnvironment);
    return stored.ok ? fail({ kind: "noKey" }) : stored;
  }

  async function readStored(): Promise<Result<StoredKey | undefined>> {
    known ??= lookUp(storage);
    const found = await known;
    if (!found.ok) known = undefined;
    return found;
  }

  async function store(credentials: Credentials): Promise<Result<void>> {
    const before = await readStored();
    const accountId = (before.ok ? before.value?.accountId : undefined) ?? randomUUID();
    known = undefined;
    try {
      await storage.store(secretName, JSON.stringify({ ...credentials, accountId }));
      return succeed(undefined);
    } catch (error) {
      return keyStoreUnavailable(error);
    }
  }

  function baseUrl(): Result<string> {
    return normaliseBaseUrl(readBaseUrl() ?? fromEnvironment?.baseUrl ?? groqOrigin);
  }

  return {
    onDidChange: storage.onDidChange,
    async credentials() {
      const key = await readKey();
      if (!key.ok) return key;
      const foreign = foreignKey(key.value.apiKey);
      if (foreign !== undefined) return fail(foreign);
      const address = baseUrl();
      if (!address.ok) return address;
      return isSetFor(key.value, address.value)
        ? succeed({ apiKey: key.value.apiKey, baseUrl: address.value })
        : fail({ kind: "originNotConfirmed", origin: address.value });
    },
    baseUrl,
    store,
    async clear() {
      known = undefined;
      try {
        await storage.delete(secretName);
        return succeed(undefined);
      } catch (error) {
        return keyStoreUnavailable(error);
      }
    },
    async confirmOrigin() {
      const key = await readKey();
      if (!key.ok) return key;
      const address = baseUrl();
      if (!address.ok) return address;
      return store({ apiKey: key.value.apiKey, baseUrl: address.value });
    },
  };
}

async function lookUp(storage: SecretStorage): Promise<Result<StoredKey | undefined>> {
  try {
    const text = await storage.get(secretName);
    return succeed(text === undefined ? undefined : decodeKey(text));
  } catch (error) {
    return keyStoreUnavailable(error);
  }
}

function decodeKey(text: string): StoredKey | undefined {
  try {
    return storedSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function keyStoreUnavailable(error: unknown): Result<never> {
  const detail = error instanceof Error ? error.message : String(error);
  return fail({ kind: "keyStoreUnavailable", detail });
}

/** Recognises keys of other companies by their public prefixes; a Groq key starts with `gsk_`. */
export function foreignKey(apiKey: string): Failure | undefined {
  if (apiKey.startsWith("xai-")) return { kind: "foreignKey", owner: "xAI" };
  if (apiKey.startsWith("sk-ant-")) return { kind: "foreignKey", owner: "Anthropic" };
  if (apiKey.startsWith("sk-")) return { kind: "foreignKey", owner: "OpenAI" };
  return undefined;
}

/** `GROQ_API_KEY` and `GROQ_BASE_URL` count only together: neither is used with an address or key from elsewhere. */
function readEnvironment(environment: NodeJS.ProcessEnv): Credentials | undefined {
  const apiKey = environment["GROQ_API_KEY"]?.trim() ?? "";
  const baseUrl = environment["GROQ_BASE_URL"]?.trim() ?? "";
  return apiKey === "" ? undefined : { apiKey, baseUrl: baseUrl === "" ? groqOrigin : baseUrl };
}

function isSetFor(key: Credentials, baseUrl: string): boolean {
  const own = normaliseBaseUrl(key.baseUrl);
  return own.ok && own.value === baseUrl;
}
