import path from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout. */
export const rootFolder = path.resolve(fileURLToPath(new URL("../..", import.meta.url)));

/** The folder of everything that is provisioned or built for tests. GROQ_CODER_CACHE moves it. */
const cacheFolder = path.resolve(
  process.env["GROQ_CODER_CACHE"] ?? path.join(rootFolder, ".vscode-test"),
);

/**
 * A path in the checkout.
 * @param {string[]} parts
 */
export function inRoot(...parts) {
  return path.join(rootFolder, ...parts);
}

/**
 * A path in the cache.
 * @param {string[]} parts
 */
export function inCache(...parts) {
  return path.join(cacheFolder, ...parts);
}
