import { createHash, randomUUID } from "node:crypto";
import { workspace } from "vscode";
import type { Event, SecretStorage } from "vscode";
import type { BoundKey, Credentials, KeyStore } from "../core/dispatch/credentials";
import { fail, succeed } from "../core/dispatch/failure";
import type { AccountFailure, Failure, Result } from "../core/dispatch/failure";
import { parseJson } from "../core/unchecked";
import { normaliseBaseUrl, readSafeUrl } from "./baseUrl";
import { parseFallback } from "./modelSettings";
import { readTexts } from "./plainData";
import { groqOrigin, readBaseUrl, section } from "./settings";

/** The only file that reads keys: Groq's, and the second provider's. */
export interface Secrets extends KeySlot {
  readonly onDidChange: Event<unknown>;
  readonly fallback: KeySlot;
  /** Removes both keys. */
  clearAll(): Promise<Result<void>>;
}

/** One service's key. It is bound to the address that it was set for. */
export interface KeySlot extends KeyStore {
  /** The current address. For Groq: the setting, else the environment's, else Groq's own. */
  baseUrl(): Result<string>;
  /** The same key keeps its account; another key is taken to belong to another account. */
  store(key: BoundKey): Promise<Result<void>>;
  clear(): Promise<Result<void>>;
  /** Allows the key to be sent to the current address. */
  confirmOrigin(): Promise<Result<void>>;
}

export function createSecrets(storage: SecretStorage, environment: NodeJS.ProcessEnv): Secrets {
  const fromEnvironment = readEnvironment(environment);
  const groq = createKeySlot(storage, {
    secretName: groqKeyName,
    address: () => normaliseBaseUrl(readBaseUrl() ?? fromEnvironment?.baseUrl ?? groqOrigin),
    normalise: normaliseBaseUrl,
    objection: foreignKey,
    environmentKey: fromEnvironment,
    mark: (failure) => failure,
  });
  const fallback = createKeySlot(storage, {
    secretName: fallbackKeyName,
    address: fallbackAddress,
    normalise: normaliseFallbackUrl,
    objection: () => undefined,
    environmentKey: undefined,
    mark: (failure) => ({ ...failure, provider: "fallback" }),
  });
  return {
    ...groq,
    fallback,
    onDidChange: storage.onDidChange,
    async clearAll() {
      const names = [groqKeyName, fallbackKeyName];
      const removed = await Promise.all(names.map((name) => remove(storage, name)));
      return removed.find(({ ok }) => !ok) ?? succeed(undefined);
    },
  };
}

const groqKeyName = "groqCoder.key";
const fallbackKeyName = "groqCoder.fallbackKey";

/** `accountId` identifies limits and spend: a random id, because a stored key is stored nowhere else. */
const storedFields = ["apiKey", "baseUrl", "accountId"] as const;

type StoredKey = Readonly<Record<(typeof storedFields)[number], string>>;

interface SlotOptions {
  readonly secretName: string;
  readonly address: () => Result<string>;
  readonly normalise: (url: string) => Result<string>;
  /** Why this key must not be sent at all. */
  readonly objection: (apiKey: string, baseUrl: string) => AccountFailure | undefined;
  readonly environmentKey: BoundKey | undefined;
  /** Adds to a failure whose key it is about. */
  readonly mark: (failure: AccountFailure) => AccountFailure;
}

function createKeySlot(storage: SecretStorage, options: SlotOptions): KeySlot {
  const { secretName, address, normalise, environmentKey, mark } = options;
  // Every request needs the key, and each read of the storage is a round trip to another process.
  let known: Promise<Result<StoredKey | undefined>> | undefined;
  storage.onDidChange(() => {
    known = undefined;
  });

  /** The stored key, else the environment's. A keyring that is locked or missing refuses with a rejection. */
  async function readKey(): Promise<Result<StoredKey>> {
    const stored = await readStored();
    if (stored.ok && stored.value !== undefined) return succeed(stored.value);
    if (environmentKey !== undefined)
      return succeed({ ...environmentKey, accountId: accountOf(environmentKey.apiKey) });
    return stored.ok ? fail(mark({ kind: "noKey" })) : stored;
  }

  async function readStored(): Promise<Result<StoredKey | undefined>> {
    known ??= lookUp(storage, secretName);
    const found = await known;
    if (!found.ok) known = undefined;
    return found;
  }

  async function save(key: StoredKey): Promise<Result<void>> {
    known = undefined;
    try {
      await storage.store(secretName, JSON.stringify(key));
      return succeed(undefined);
    } catch (error) {
      return keyStoreUnavailable(error);
    }
  }

  function isSetFor(key: BoundKey, baseUrl: string): boolean {
    const own = normalise(key.baseUrl);
    return own.ok && own.value === baseUrl;
  }

  async function credentials(): Promise<Result<Credentials>> {
    const key = await readKey();
    if (!key.ok) return key;
    const { apiKey, accountId } = key.value;
    const to = address();
    if (!to.ok) return to;
    const objection = options.objection(apiKey, to.value);
    if (objection !== undefined) return fail(objection);
    return isSetFor(key.value, to.value)
      ? succeed({ apiKey, baseUrl: to.value, account: accountId })
      : fail(mark({ kind: "originNotConfirmed", origin: to.value }));
  }

  return {
    credentials,
    baseUrl: address,
    async store({ apiKey, baseUrl }) {
      const before = await readStored();
      const kept = before.ok && before.value?.apiKey === apiKey ? before.value : undefined;
      return save({ apiKey, baseUrl, accountId: kept?.accountId ?? randomUUID() });
    },
    clear() {
      known = undefined;
      return remove(storage, secretName);
    },
    async confirmOrigin() {
      const key = await readKey();
      if (!key.ok) return key;
      const to = address();
      return to.ok ? save({ ...key.value, baseUrl: to.value }) : to;
    },
  };
}

async function lookUp(
  storage: SecretStorage,
  secretName: string,
): Promise<Result<StoredKey | undefined>> {
  try {
    return succeed(readTexts(parseJson((await storage.get(secretName)) ?? ""), storedFields));
  } catch (error) {
    return keyStoreUnavailable(error);
  }
}

async function remove(storage: SecretStorage, secretName: string): Promise<Result<void>> {
  try {
    await storage.delete(secretName);
    return succeed(undefined);
  } catch (error) {
    return keyStoreUnavailable(error);
  }
}

/**
 * The account of a key in the environment: a hash, since all windows must come to the same id, and not every editor's
 * windows share what they store as secrets. Nothing of a key can be read from it.
 */
function accountOf(apiKey: string): string {
  return createHash("sha256").update(`account of ${apiKey}`).digest("hex").slice(0, 32);
}

function keyStoreUnavailable(error: unknown): Result<never> {
  const detail = error instanceof Error ? error.message : String(error);
  return fail({ kind: "keyStoreUnavailable", detail });
}

/** The key in a pasted text, which may be copied from a shell or an `.env` file. */
export function pastedKey(text: string): string {
  const value = text.trim().replace(/^(?:export\s+)?GROQ_API_KEY\s*=\s*/, "");
  return value.replace(/^(["'])(.*)\1$/, "$2").trim();
}

type ForeignKey = Extract<Failure, { kind: "foreignKey" }>;

/** Prefixes of other companies' keys; a Groq key starts with `gsk_`. The first match counts. */
const foreignKeys: readonly (readonly [beginning: string, owner: ForeignKey["owner"]])[] = [
  ["xai-", "xAI"],
  ["sk-ant-", "Anthropic"],
  ["sk-or-", "OpenRouter"],
  ["sk-", "OpenAI"],
  ["AIza", "Google"],
  ["hf_", "Hugging Face"],
];

/**
 * Recognises keys of other companies, so that none is sent to Groq. With another base URL, a gateway may issue keys of
 * any form; but xAI's are refused there as well, because people confuse its Grok with Groq.
 */
export function foreignKey(apiKey: string, baseUrl: string): ForeignKey | undefined {
  const owner = foreignKeys.find(([beginning]) => apiKey.startsWith(beginning))?.[1];
  if (owner === undefined || (owner !== "xAI" && baseUrl !== groqOrigin)) return undefined;
  return { kind: "foreignKey", owner };
}

/** `GROQ_API_KEY` and `GROQ_BASE_URL` count only together: neither is used with an address or key from elsewhere. */
function readEnvironment(environment: NodeJS.ProcessEnv): BoundKey | undefined {
  const apiKey = environment["GROQ_API_KEY"]?.trim() ?? "";
  const baseUrl = environment["GROQ_BASE_URL"]?.trim() ?? "";
  return apiKey === "" ? undefined : { apiKey, baseUrl: baseUrl === "" ? groqOrigin : baseUrl };
}

function fallbackAddress(): Result<string> {
  const setting = workspace.getConfiguration(section).get<unknown>("fallback");
  const { value: fallback } = parseFallback(setting);
  return fallback === undefined ? fail({ kind: "noFallback" }) : succeed(fallback.baseUrl);
}

/** https, or http to this machine; with its path, without a slash at the end. */
function normaliseFallbackUrl(text: string): Result<string> {
  const url = readSafeUrl(text);
  if (url === undefined) return fail({ kind: "invalidBaseUrl", url: "", provider: "fallback" });
  return succeed(url.origin + url.pathname.replace(/\/+$/, ""));
}
