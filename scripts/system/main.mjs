import { runCleanups } from "./cleanup.mjs";
import { Failure, messageOf } from "./failure.mjs";

const OLDEST_NODE = 20;

/** What a shell expects of a process that a signal ended: 128 and the signal's number. */
const SIGNAL_EXIT_CODES = /** @type {const} */ ({ SIGHUP: 129, SIGINT: 130, SIGTERM: 143 });

/**
 * Runs a command's body, and then leaves the process with its exit code, cleaned up: also after a failure and
 * after Ctrl+C. A failure is one sentence on stderr and exit code 1; set GROQ_CODER_DEBUG for its stack.
 * @param {() => Promise<number | void>} body resolves to the exit code, 0 when it gives none
 */
export async function runMain(body) {
  requireNode();
  for (const [signal, exitCode] of Object.entries(SIGNAL_EXIT_CODES)) {
    process.once(signal, () => void leave(exitCode));
  }
  try {
    await leave((await body()) ?? 0);
  } catch (error) {
    report(error);
    await leave(1);
  }
}

/** Ends the process at once where not even the cleaning up would run. */
function requireNode() {
  const { node } = process.versions;
  if (Number.parseInt(node, 10) >= OLDEST_NODE) return;
  console.error(`Node.js ${OLDEST_NODE} or newer is needed; this is ${node}.`);
  process.exit(1);
}

let leaving = false;

/** @param {number} exitCode */
async function leave(exitCode) {
  // A body that fails because a signal took its children away must not change the exit code.
  if (leaving) return;
  leaving = true;
  await runCleanups();
  process.exit(exitCode);
}

/** @param {unknown} error */
function report(error) {
  if (leaving) return;
  const prefix = error instanceof Failure ? "" : "Unexpected: ";
  console.error(`${prefix}${messageOf(error)}`);
  if (process.env["GROQ_CODER_DEBUG"] && error instanceof Error) console.error(error.stack);
}
