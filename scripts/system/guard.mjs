// Runs a command for an owner, and ends it and removes its folders when the owner closes our stdin. The system
// closes that pipe however the owner dies, so nothing stays behind even when it is killed outright.
// Arguments: a JSON list of folders to remove, the command, its arguments.
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { endTree } from "./processTree.mjs";

const [foldersAsJson = "[]", command = "", ...commandArguments] = process.argv.slice(2);
/** @type {string[]} */
const folders = JSON.parse(foldersAsJson);

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => {});

const child = spawn(command, commandArguments, {
  stdio: ["ignore", "inherit", "inherit"],
  detached: process.platform !== "win32",
  windowsHide: true,
});
const childEnded = new Promise((resolve) => {
  child.once("exit", (code) => resolve(code ?? 1));
  child.once("error", (error) => {
    console.error(error.message);
    resolve(127);
  });
});
const ownerLeft = new Promise((resolve) => {
  process.stdin.once("end", resolve).once("error", resolve).resume();
});

await Promise.race([childEnded, ownerLeft]);
if (child.pid !== undefined) await endTree(child.pid);
for (const folder of folders) remove(folder);
process.exit(Number(await childEnded));

/**
 * @param {string} folder also one into which a process that is just ending still writes
 */
function remove(folder) {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  } catch (error) {
    console.error(`Not removed: ${String(error)}`);
  }
}
