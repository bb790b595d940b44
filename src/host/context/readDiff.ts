import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** A repository's changes as text. Rejects when Git cannot be run, fails, or takes too long. */
export type ReadDiff = (git: string, folder: string, staged: boolean) => Promise<string>;

/**
 * A repository may name programs for Git to run: for a diff, for the text of a file, to watch for changes. None of them is
 * run for a message, as it would be by the diff of VS Code's own Git extension. Prefixes that the user has changed
 * are as usual again.
 */
const harmless = ["--no-optional-locks", "-c", "core.fsmonitor=false", "diff"];
const asText = ["--no-ext-diff", "--no-textconv", "--no-color", "--ignore-submodules=dirty"];
const prefixes = ["--src-prefix=a/", "--dst-prefix=b/"];

const longestMs = 10_000;
/** Bytes; only the first few thousand are sent, but all files are named. */
const mostRead = 32 * 1024 * 1024;

const run = promisify(execFile);

/** Of the working tree against the index, or of the index against the last commit. */
export const readDiff: ReadDiff = async (git, folder, staged) => {
  const { stdout } = await run(
    git,
    [...harmless, ...asText, ...prefixes, ...(staged ? ["--cached"] : [])],
    { cwd: folder, timeout: longestMs, maxBuffer: mostRead, windowsHide: true },
  );
  return stdout;
};
