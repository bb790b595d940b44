import { extensions } from "vscode";
import type { Uri } from "vscode";
import { isRecord } from "../../core/unchecked";
import { readTexts } from "../plainData";
import { gitProgram } from "./gitProgram";
import type { GitProgram } from "./gitProgram";

/** The part of a repository of VS Code's own Git extension that is used (`vscode.git`, API version 1). */
interface Repository {
  readonly rootUri: Uri;
}

interface GitApi {
  /** The program that the editor has found. */
  readonly git: { readonly path: string };
  readonly repositories: readonly unknown[];
  getRepository(uri: Uri): unknown;
}

/** The editor's Git extension, which the user may have switched off. */
export interface Git {
  /** The repository of a file, else the workspace's first. */
  repositoryOf(uri: Uri | undefined): Promise<GitRepository | undefined>;
  /** Whether Git ignores a file; false without a repository to ask, true where Git fails: what cannot be told stays here. */
  isIgnored(uri: Uri): Promise<boolean>;
}

export interface GitRepository {
  readonly rootUri: Uri;
  /** Undefined when Git fails. */
  diff(staged: boolean): Promise<string | undefined>;
}

export function createGit(program: GitProgram = gitProgram): Git {
  return {
    async repositoryOf(uri) {
      const found = (uri && (await repositoryAt(uri))) ?? (await firstRepository());
      if (found === undefined) return undefined;
      const { rootUri } = found;
      return {
        rootUri,
        diff: (staged) =>
          orUndefined(async () => {
            const api = await gitApi();
            return api && program.diff(api.git.path, rootUri.fsPath, staged);
          }),
      };
    },
    async isIgnored(uri) {
      const [api, found] = await Promise.all([gitApi(), repositoryAt(uri)]);
      if (api === undefined || found === undefined) return false;
      const { fsPath } = found.rootUri;
      const ignored = await orUndefined(() => program.isIgnored(api.git.path, fsPath, uri.fsPath));
      return ignored ?? true;
    },
  };
}

async function repositoryAt(uri: Uri): Promise<Repository | undefined> {
  const found = await orUndefined(async () => (await gitApi())?.getRepository(uri));
  return isRepository(found) ? found : undefined;
}

async function firstRepository(): Promise<Repository | undefined> {
  const found = (await gitApi())?.repositories[0];
  return isRepository(found) ? found : undefined;
}

async function gitApi(): Promise<GitApi | undefined> {
  return orUndefined(async () => {
    const extension = extensions.getExtension<unknown>("vscode.git");
    if (extension === undefined) return undefined;
    const exported = extension.isActive ? extension.exports : await extension.activate();
    if (!hasFunctions(exported, "getAPI")) return undefined;
    // It throws when Git is switched off in the settings.
    const api: unknown = exported.getAPI(1);
    return isApi(api) ? api : undefined;
  });
}

/** Errors of another extension are not our failure; its result is simply missing. */
async function orUndefined<T>(ask: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await ask();
  } catch {
    return undefined;
  }
}

function isApi(value: unknown): value is GitApi {
  return (
    hasFunctions(value, "getRepository") &&
    "repositories" in value &&
    Array.isArray(value.repositories) &&
    "git" in value &&
    readTexts(value.git, ["path"]) !== undefined
  );
}

function isRepository(value: unknown): value is Repository {
  return isRecord(value) && "rootUri" in value;
}

function hasFunctions<Name extends string>(
  value: unknown,
  ...names: readonly Name[]
): value is Record<Name, (...given: readonly unknown[]) => unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    names.every((name) => typeof Reflect.get(value, name) === "function")
  );
}
