import type { SecretStorage, SecretStorageChangeEvent } from "vscode";
import { EventEmitter } from "./vscode";

/** The editor's secret storage, in memory. */
export class MemorySecrets implements SecretStorage {
  readonly #kept = new Map<string, string>();
  readonly #changed = new EventEmitter<SecretStorageChangeEvent>();
  readonly onDidChange = this.#changed.event;
  /** While set, every access fails with this, as with a locked keyring. */
  trouble: Error | undefined;

  async get(key: string): Promise<string | undefined> {
    await this.#ready();
    return this.#kept.get(key);
  }

  async store(key: string, value: string): Promise<void> {
    await this.#ready();
    this.#kept.set(key, value);
    this.#changed.fire({ key });
  }

  async delete(key: string): Promise<void> {
    await this.#ready();
    this.#kept.delete(key);
    this.#changed.fire({ key });
  }

  async keys(): Promise<string[]> {
    await this.#ready();
    return [...this.#kept.keys()];
  }

  #ready(): Promise<void> {
    return this.trouble === undefined ? Promise.resolve() : Promise.reject(this.trouble);
  }
}
