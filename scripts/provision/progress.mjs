import { lstat, readdir } from "node:fs/promises";
import path from "node:path";

const TICK_MILLISECONDS = process.stderr.isTTY ? 1_000 : 10_000;

/**
 * Says on the terminal what is being done, that it goes on, and what it took.
 * @template T
 * @param {string} title for example "Installing the editor"
 * @param {() => Promise<T>} work
 * @param {{ folder?: string }} [options] a folder whose size on disk is told at the end
 * @returns {Promise<T>} what `work` gave; its failure passes through
 */
export async function withProgress(title, work, options = {}) {
  const started = performance.now();
  const elapsed = () => `${((performance.now() - started) / 1_000).toFixed(1)} s`;
  console.error(`${title} …`);
  const ticker = setInterval(() => showElapsed(`  ${elapsed()}`), TICK_MILLISECONDS);
  try {
    return await work();
  } finally {
    clearInterval(ticker);
    const size = options.folder ? `, ${formatSize(await folderSize(options.folder))} on disk` : "";
    console.error(`${process.stderr.isTTY ? "\r" : ""}  ${elapsed()}${size}`);
  }
}

/** @param {string} text */
function showElapsed(text) {
  process.stderr.write(process.stderr.isTTY ? `\r${text}` : `${text} …\n`);
}

/**
 * @param {number} bytes
 * @returns {string} in kB or MB
 */
export function formatSize(bytes) {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/**
 * The bytes of all files in a folder; 0 when it does not exist.
 * @param {string} folder
 * @returns {Promise<number>}
 */
async function folderSize(folder) {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  let total = 0;
  for (const name of names) {
    const found = await lstat(path.join(folder, name));
    if (found.isFile()) total += found.size;
  }
  return total;
}
