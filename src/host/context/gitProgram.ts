import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { isRecord } from "../../core/unchecked";

/** Git itself, by the path `git`. All reject when it cannot be run, fails, or takes too long. */
export interface GitProgram {
  /** A repository's changes as text: of the working tree against the index, or of the index against the last commit. */
  diff(git: string, folder: string, staged: boolean): Promise<string>;
  /** Whether the rules of a repository ignore a file, by its absolute path. */
  isIgnored(git: string, folder: string, file: string): Promise<boolean>;
}

/**
 * A repository may name programs for Git to run: for a diff, for the text of a file, to watch for changes. None of them is
 * run for a message, as it would be by the diff of VS Code's own Git extension.
 */
const harmless = ["--no-optional-locks", "-c", "core.fsmonitor=false"];
/** Prefixes that the user has changed are as usual again. */
const asText = [
  "--no-ext-diff",
  "--no-textconv",
  "--no-color",
  "--ignore-submodules=dirty",
  "--src-prefix=a/",
  "--dst-prefix=b/",
];

const longestMs = 10_000;
/** Bytes; only the first few thousand are sent, but all files are named. */
const mostRead = 32 * 1024 * 1024;

const runFile = promisify(execFile);

function run(git: string, folder: string, words: readonly string[]): Promise<{ stdout: string }> {
  return runFile(git, [...harmless, ...words], {
    cwd: folder,
    timeout: longestMs,
    maxBuffer: mostRead,
    windowsHide: true,
  });
}

export const gitProgram: GitProgram = {
  async diff(git, folder, staged) {
    const { stdout } = await run(git, folder, ["diff", ...asText, ...(staged ? ["--cached"] : [])]);
    return stdout;
  },
  // VS Code's own Git extension may miss what Git prints right before it ends.
  async isIgnored(git, folder, file) {
    try {
      await run(git, folder, ["check-ignore", "--quiet", "--", file]);
      return true;
    } catch (error) {
      if (isRecord(error) && error["code"] === 1) return false;
      throw error;
    }
  },
};
