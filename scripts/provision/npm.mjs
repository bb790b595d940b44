import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { Failure } from "../system/failure.mjs";
import { run } from "../system/processes.mjs";

const QUIET = ["--no-audit", "--no-fund", "--no-progress", "--loglevel=error"];

/**
 * Runs npm, quietly. Install scripts never run: nothing that we install needs one.
 * @param {object} request
 * @param {readonly string[]} request.command such as `["ci"]`
 * @param {string} request.folder where
 * @param {string} request.what named in the failure, such as "the editor"
 * @param {string} [request.node] the Node that runs npm; ours by default
 * @throws {Failure}
 */
export async function npm({ command, folder, what, node = process.execPath }) {
  const withNode = {
    ...process.env,
    PATH: [path.dirname(node), pathVariable()].join(path.delimiter),
  };
  const { code, output } = await run(node, [findNpm(), ...command, "--ignore-scripts", ...QUIET], {
    cwd: folder,
    env: withNode,
  });
  if (code === 0) return;
  throw new Failure(
    `Could not install ${what} with npm (${reasonIn(output)}); check the network and the free disk space, then try again.`,
  );
}

/** @returns {string} */
export function pathVariable() {
  return process.env["PATH"] ?? process.env["Path"] ?? "";
}

/**
 * npm's own JavaScript file, so that it can run on a Node of our choice and without a shell.
 * @returns {string}
 */
function findNpm() {
  const nodeFolder = path.dirname(process.execPath);
  const candidates = [
    process.env["npm_execpath"] ?? "",
    path.join(nodeFolder, "node_modules", "npm", "bin", "npm-cli.js"),
    path.join(nodeFolder, "..", "lib", "node_modules", "npm", "bin", "npm-cli.js"),
    ...pathVariable()
      .split(path.delimiter)
      .map((folder) => path.join(folder, "npm")),
  ];
  for (const candidate of candidates) {
    if (!existsSync(candidate)) continue;
    const file = realpathSync(candidate);
    if (path.basename(file) === "npm-cli.js") return file;
  }
  throw new Failure("npm is missing; install Node.js 20 or later together with npm.");
}

/**
 * The line of npm's output that says most: an error line that is more than its code.
 * @param {string} output
 * @returns {string}
 */
function reasonIn(output) {
  const lines = output
    .split("\n")
    .map((line) => line.replace(/^npm (error|ERR!) ?/, "").trim())
    .filter(
      (line) => line !== "" && !/^(code|errno|syscall|path|command|A complete log) ?/.test(line),
    );
  return (lines[0] ?? "no reason given").replace(/\.$/, "");
}
