import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { makeTemporaryFolder } from "../system/cleanup.mjs";
import { Failure } from "../system/failure.mjs";
import { run, startGuarded } from "../system/processes.mjs";
import { makeBuiltInExtensions } from "./builtInExtensions.mjs";

const START_TIMEOUT_MILLISECONDS = 60_000;

/** What a quiet editor needs; a caller's settings come on top. */
const SETTINGS = {
  "workbench.startupEditor": "none",
  "workbench.welcomePage.experimentalOnboarding": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "telemetry.telemetryLevel": "off",
  // The editor's own chat would stand beside ours, and lead nowhere.
  "chat.disableAIFeatures": true,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
};

/** The editor runs without two native modules, for which we have no compiler; it says so at length. */
const HARMLESS_OUTPUT =
  /bindings file|spdlog|native-watchdog|^\s+(at |→ |\/)|^\s*$|DeprecationWarning|node --trace/;

/** Without its port the editor's server does not end, and nobody can reach it. */
const REFUSED_PORT = /listen (EADDRINUSE|EACCES)\b/;

/**
 * @typedef {object} ServerRequest
 * @property {import("../provision/provisionEditor.mjs").EditorInstallation} installation
 * @property {Readonly<Record<string, string>>} [env] added to ours, for the extension host too
 * @property {Readonly<Record<string, unknown>>} [settings] the user's settings
 * @property {readonly object[]} [keybindings] the user's keybindings
 * @property {boolean} [trusted] false leaves workspace trust on, so that folders open in Restricted Mode
 * @property {number} [port] a free one when not given
 * @property {string} [extensionsFolder] of installed extensions; an empty one when not given
 * @property {boolean} [bare] true leaves out those of the editor's own extensions that ours never meets
 * @property {string} [vsix] a packed extension to install first
 * @property {string} [dataFolder] where all its data lie, so that a second start finds them; the caller removes it.
 *   A temporary one when not given
 * @property {readonly string[]} [temporaryFolders] of the caller, that go when the editor does
 */

/**
 * @typedef {object} EditorServer
 * @property {URL} url where it answers
 * @property {string} userDataFolder
 * @property {() => string} output what it has printed so far
 * @property {Promise<number>} exited
 * @property {() => Promise<void>} stop ends it and all it started, and removes its temporary folders
 */

/**
 * Starts the editor's server and waits until it answers.
 * @param {ServerRequest} request
 * @returns {Promise<EditorServer>}
 * @throws {Failure}
 */
export async function startEditorServer(request) {
  const dataFolder = request.dataFolder ?? makeTemporaryFolder("editor");
  const userDataFolder = path.join(dataFolder, "user");
  writeUserFiles(userDataFolder, request);
  if (request.bare)
    makeBuiltInExtensions(request.installation.serverFile, path.join(dataFolder, "built-in"));
  if (request.vsix) await installVsix(request.vsix, request, dataFolder);
  const server = startGuarded(request.installation.node, serverArguments(request, dataFolder), {
    env: { ...serverEnvironment(request.env), ...socketsIn(path.join(dataFolder, "run")) },
    folders: [...(request.dataFolder ? [] : [dataFolder]), ...(request.temporaryFolders ?? [])],
  });
  let output = "";
  const collect = (/** @type {Buffer} */ chunk) => (output += chunk.toString());
  server.stdout.on("data", collect);
  server.stderr.on("data", collect);
  const url = await readAddress(server);
  if (!url) {
    await server.stop();
    throw new Failure(whyNotStarted(output, request.port));
  }
  return { url, userDataFolder, output: () => output, exited: server.exited, stop: server.stop };
}

/**
 * @param {string} userDataFolder
 * @param {ServerRequest} request
 */
function writeUserFiles(userDataFolder, { settings, keybindings }) {
  const folder = path.join(userDataFolder, "User");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "settings.json"), JSON.stringify({ ...SETTINGS, ...settings }));
  if (keybindings)
    writeFileSync(path.join(folder, "keybindings.json"), JSON.stringify(keybindings));
}

/**
 * @param {string} vsix
 * @param {ServerRequest} request
 * @param {string} dataFolder
 */
async function installVsix(vsix, request, dataFolder) {
  const { code, output } = await run(request.installation.node, [
    ...serverArguments(request, dataFolder),
    `--install-extension=${vsix}`,
    "--do-not-sync",
  ]);
  if (code !== 0) throw new Failure(`${vsix} could not be installed: ${tellingLine(output)}`);
}

/**
 * @param {ServerRequest} request
 * @param {string} dataFolder
 */
function serverArguments(request, dataFolder) {
  const { installation, trusted = true, port = 0, extensionsFolder, bare = false } = request;
  return [
    installation.serverFile,
    "--accept-server-license-terms",
    // The workbench refuses to load from 127.0.0.1.
    "--host=localhost",
    `--port=${String(port)}`,
    "--without-connection-token",
    // Without it the editor ignores, silently, the extension in development that the address names.
    "--enable-smoke-test-driver",
    `--server-data-dir=${path.join(dataFolder, "server")}`,
    `--user-data-dir=${path.join(dataFolder, "user")}`,
    `--extensions-dir=${extensionsFolder ?? path.join(dataFolder, "extensions")}`,
    "--telemetry-level=off",
    ...(trusted ? ["--disable-workspace-trust"] : []),
    ...(bare ? [`--builtin-extensions-dir=${path.join(dataFolder, "built-in")}`] : []),
  ];
}

/**
 * @param {Readonly<Record<string, string>>} [added]
 * @returns {NodeJS.ProcessEnv}
 */
function serverEnvironment(added) {
  const inherited = Object.entries(process.env).filter(
    // A terminal of an editor hands these on, and they would change ours.
    ([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|npm_)/.test(name),
  );
  return { ...Object.fromEntries(inherited), ...added };
}

/**
 * The editor and its git leave their sockets behind in this folder, which is ours to remove.
 * @param {string} folder
 */
function socketsIn(folder) {
  if (process.platform !== "linux") return {};
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return { XDG_RUNTIME_DIR: folder };
}

/**
 * @param {import("../system/processes.mjs").GuardedProcess} server
 * @returns {Promise<URL | undefined>} undefined when it ended first, got no port, or said nothing in time
 */
async function readAddress(server) {
  let text = "";
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), START_TIMEOUT_MILLISECONDS);
    const settle = (/** @type {URL | undefined} */ url) => {
      clearTimeout(timer);
      resolve(url);
    };
    const read = (/** @type {Buffer} */ chunk) => {
      text += String(chunk);
      const address = /Web UI available at (\S+)/.exec(text)?.[1];
      if (address) settle(new URL(address));
      else if (REFUSED_PORT.test(text)) settle(undefined);
    };
    server.stdout.on("data", read);
    server.stderr.on("data", read);
    void server.exited.then(() => settle(undefined));
  });
}

/**
 * @param {string} output
 * @param {number} [port] that was asked for
 * @returns {string} a whole sentence
 */
function whyNotStarted(output, port) {
  switch (REFUSED_PORT.exec(output)?.[1]) {
    case "EADDRINUSE":
      return `Port ${port} is in use; name another one, or none for a free one.`;
    case "EACCES":
      return `Port ${port} is reserved; name one from 1024 to 65535, or none for a free one.`;
    default:
      return `The editor did not start: ${tellingLine(output)}`;
  }
}

/**
 * @param {string} output
 * @returns {string}
 */
function tellingLine(output) {
  const lines = output.split("\n").filter((line) => !HARMLESS_OUTPUT.test(line));
  return (
    lines.find((line) => /error|EADDR|EACCES/i.test(line)) ?? lines.at(-1) ?? "it said nothing."
  );
}
