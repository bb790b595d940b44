import { parseArgs } from "node:util";
import { Failure, messageOf } from "./failure.mjs";

/**
 * Reads a command's own arguments; an unknown one, or one too many, is a failure that shows the usage.
 * @template {import("node:util").ParseArgsOptionsConfig} const T
 * @param {string} usage one line
 * @param {T} options as `parseArgs` takes them
 * @param {number} [most] how many arguments without a name it takes
 */
export function readCommandLine(usage, options, most = 0) {
  const found = parse(usage, options);
  const extra = found.positionals[most];
  if (extra !== undefined) throw new Failure(`Unexpected argument '${extra}'. Usage: ${usage}`);
  return found;
}

/**
 * @template {import("node:util").ParseArgsOptionsConfig} const T
 * @param {string} usage
 * @param {T} options
 */
function parse(usage, options) {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw new Failure(`${messageOf(error).split(". ")[0]}. Usage: ${usage}`);
  }
}
