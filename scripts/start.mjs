import { bundleExtension } from "./bundle/extension.mjs";
import { editorAddress } from "./editor/address.mjs";
import { openDesktop } from "./editor/desktop.mjs";
import { openInBrowser } from "./editor/openInBrowser.mjs";
import { startEditorServer } from "./editor/server.mjs";
import { STAND_IN_KEY, startStandIn } from "./editor/standIn.mjs";
import { copySampleWorkspace, existingFolder } from "./editor/workspace.mjs";
import { provideDependencies } from "./provision/dependencies.mjs";
import { provideToolsNode } from "./provision/node.mjs";
import { withProgress } from "./provision/progress.mjs";
import { provisionEditor } from "./provision/provisionEditor.mjs";
import { provideTypeScript } from "./provision/typescript.mjs";
import { makeTemporaryFolder, onLeave, removeFolder } from "./system/cleanup.mjs";
import { readCommandLine } from "./system/commandLine.mjs";
import { Failure } from "./system/failure.mjs";
import { rootFolder } from "./system/layout.mjs";
import { runMain } from "./system/main.mjs";

const USAGE = "npm start [-- [FOLDER] [--desktop] [--port N] [--no-open]]";

await runMain(async () => {
  const { values, positionals } = readCommandLine(
    USAGE,
    {
      desktop: { type: "boolean" },
      port: { type: "string" },
      "no-open": { type: "boolean" },
    },
    1,
  );
  const port = readPort(values.port);
  const { workspace, temporaryFolders } = openWorkspace(positionals[0]);
  await provideDependencies();
  await withProgress("Building the extension", () => bundleExtension());
  const env = await connectToGroq();
  if (values.desktop) return startDesktop(workspace, env);
  return startEmbedded({ workspace, temporaryFolders, env, port, open: !values["no-open"] });
});

/**
 * @param {string | undefined} text
 * @returns {number} 0 for a free one
 */
function readPort(text = "0") {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new Failure(`${text} is no port; give a number from 1 to 65535.`);
}

/**
 * @param {string | undefined} named on the command line
 * @returns {{ workspace: string, temporaryFolders: string[] }} that folder, else a fresh copy of the sample project
 */
function openWorkspace(named) {
  if (named) return { workspace: existingFolder(named), temporaryFolders: [] };
  const { workspace, temporary } = copySampleWorkspace();
  onLeave(() => removeFolder(temporary));
  return { workspace, temporaryFolders: [temporary] };
}

/**
 * Real Groq when there is a key for it, else the stand-in; says which.
 * @returns {Promise<Record<string, string>>} what the extension's environment needs
 */
async function connectToGroq() {
  if (process.env["GROQ_API_KEY"]) {
    console.log("Groq: the real service, with the key in GROQ_API_KEY. Requests cost money.");
    return {};
  }
  const { url } = await startStandIn(await provideToolsNode());
  console.log(`Groq: the local stand-in at ${url}. Set GROQ_API_KEY to use the real service.`);
  return { GROQ_API_KEY: STAND_IN_KEY, GROQ_BASE_URL: url };
}

/**
 * @param {string} workspace
 * @param {Record<string, string>} env
 */
async function startDesktop(workspace, env) {
  const userDataFolder = makeTemporaryFolder("desktop");
  onLeave(() => removeFolder(userDataFolder));
  console.log("Opening the desktop VS Code; close its window to stop.");
  await openDesktop({ workspace, userDataFolder, env });
}

/**
 * @param {object} request
 * @param {string} request.workspace
 * @param {string[]} request.temporaryFolders
 * @param {Record<string, string>} request.env
 * @param {number} request.port
 * @param {boolean} request.open
 */
async function startEmbedded({ workspace, temporaryFolders, env, port, open }) {
  const installation = await provisionEditor();
  const settings = {
    "typescript.tsdk": await provideTypeScript(),
    // It would fetch types for what the workspace imports.
    "typescript.disableAutomaticTypeAcquisition": true,
  };
  const server = await startEditorServer({ installation, env, settings, port, temporaryFolders });
  const address = editorAddress(server.url, { workspace, extensionPath: rootFolder });
  console.log(`Workspace: ${workspace}`);
  console.log(
    `\nOpen this address in a Chromium-based browser; Ctrl+C stops all:\n${address.href}\n`,
  );
  if (open) openInBrowser(address);
  await server.exited;
  throw new Failure("The editor ended by itself.");
}
