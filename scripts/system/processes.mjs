import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { onLeave } from "./cleanup.mjs";

const GUARD = fileURLToPath(new URL("guard.mjs", import.meta.url));

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [show] let its output through to the terminal instead of collecting it
 */

/**
 * Runs a command to its end. Never rejects: a command that cannot be started has code 127.
 * @param {string} command
 * @param {readonly string[]} commandArguments
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>} `output` holds stdout and stderr as they came
 */
export async function run(command, commandArguments, options = {}) {
  const child = spawn(command, commandArguments, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: options.show ? "inherit" : ["ignore", "pipe", "pipe"],
    windowsHide: true,
  });
  const forget = onLeave(() => void child.kill());
  let output = "";
  const collect = (/** @type {Buffer} */ chunk) => (output += chunk.toString());
  child.stdout?.on("data", collect);
  child.stderr?.on("data", collect);
  const code = await new Promise((resolve) => {
    child.once("close", (exitCode) => resolve(exitCode ?? 1));
    child.once("error", (error) => {
      output += error.message;
      resolve(127);
    });
  });
  await forget();
  return { code, output };
}

/**
 * @typedef {object} GuardedProcess
 * @property {import("node:stream").Readable} stdout
 * @property {import("node:stream").Readable} stderr
 * @property {Promise<number>} exited its exit code
 * @property {() => Promise<void>} stop ends it with all it started and removes its folders
 */

/**
 * Starts a long-running command that does not outlive us: it ends on `stop`, when we leave, and when we are killed.
 * @param {string} command
 * @param {readonly string[]} commandArguments
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, folders?: readonly string[] }} [options] `folders` go with it
 * @returns {GuardedProcess}
 */
export function startGuarded(command, commandArguments, options = {}) {
  const folders = JSON.stringify(options.folders ?? []);
  const guard = spawn(process.execPath, [GUARD, folders, command, ...commandArguments], {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ["pipe", "pipe", "pipe"],
    // Out of our process group: Ctrl+C reaches us only, and we end things in order.
    detached: true,
    windowsHide: true,
  });
  const exited = once(guard, "exit").then(([code]) => Number(code ?? 1));
  const stop = onLeave(async () => {
    guard.stdin.end();
    await exited;
  });
  return { stdout: guard.stdout, stderr: guard.stderr, exited, stop };
}
