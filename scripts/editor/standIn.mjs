import { bundleNodeProgram } from "../bundle/nodeProgram.mjs";
import { Failure } from "../system/failure.mjs";
import { startGuarded } from "../system/processes.mjs";

/** The stand-in takes any key of this form; this one says what it is wherever it turns up. */
export const STAND_IN_KEY = "gsk_local_stand_in";

/**
 * Starts the local stand-in for Groq on a free port.
 * @param {string} node the Node that runs it
 * @param {readonly string[]} [flags] of its command line
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 * @throws {Failure}
 */
export async function startStandIn(node, flags = []) {
  const program = await bundleNodeProgram({ entry: "test/groqServer/cli.ts" });
  const server = startGuarded(node, [program, "--port", "0", ...flags]);
  let output = "";
  /** @type {Promise<string | undefined>} */
  const address = new Promise((resolve) => {
    const read = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString();
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
      if (found) resolve(found);
    };
    server.stdout.on("data", read);
    server.stderr.on("data", read);
    void server.exited.then(() => resolve(undefined));
  });
  const url = await address;
  if (url) return { url, stop: server.stop };
  throw new Failure(`The stand-in for Groq did not start: ${output.trim().split("\n").at(-1)}`);
}
