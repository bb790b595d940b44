import { parseArgs } from "node:util";
import { Failure, messageOf } from "./failure.mjs";

/**
 * Reads a command's own arguments; an unknown one is a failure that shows the usage.
 * @template {import("node:util").ParseArgsOptionsConfig} const T
 * @param {string} usage one line
 * @param {T} options as `parseArgs` takes them
 */
export function readCommandLine(usage, options) {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw new Failure(`${messageOf(error).split(". ")[0]}. Usage: ${usage}`);
  }
}
