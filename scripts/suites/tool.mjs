import { readFileSync } from "node:fs";
import path from "node:path";
import { inRoot, rootFolder } from "../system/layout.mjs";
import { run } from "../system/processes.mjs";

/**
 * Runs a package's command on a Node of our choice, its output on the terminal.
 * @param {object} request
 * @param {string} request.node
 * @param {string} request.package
 * @param {string} [request.command] when it is not called like the package
 * @param {readonly string[]} request.arguments
 * @param {NodeJS.ProcessEnv} [request.env] added to ours
 * @returns {Promise<number>} its exit code
 */
export async function runTool({ node, package: name, command = name, arguments: given, env }) {
  const folder = inRoot("node_modules", name);
  const { bin } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  const file = path.join(folder, typeof bin === "string" ? bin : bin[command]);
  const withNode = [path.dirname(node), process.env["PATH"] ?? ""].join(path.delimiter);
  const { code } = await run(node, [file, ...given], {
    cwd: rootFolder,
    env: { ...process.env, PATH: withNode, ...env },
    show: true,
  });
  return code;
}
