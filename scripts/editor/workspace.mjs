import { cpSync, existsSync, statSync } from "node:fs";
import path from "node:path";
import { makeTemporaryFolder } from "../system/cleanup.mjs";
import { Failure } from "../system/failure.mjs";
import { inRoot } from "../system/layout.mjs";

/**
 * Copies the sample project, so that trying the extension out leaves the checkout as it was.
 * @returns {{ workspace: string, temporary: string }} `temporary` holds the copy and is the caller's to remove
 */
export function copySampleWorkspace() {
  const temporary = makeTemporaryFolder("workspace");
  const workspace = path.join(temporary, "sampleWorkspace");
  cpSync(inRoot("test", "fixtures", "sampleWorkspace"), workspace, { recursive: true });
  return { workspace, temporary };
}

/**
 * @param {string} folder as the user named it
 * @returns {string} its absolute path
 * @throws {Failure} when it is not a folder
 */
export function existingFolder(folder) {
  const absolute = path.resolve(folder);
  if (existsSync(absolute) && statSync(absolute).isDirectory()) return absolute;
  throw new Failure(`There is no folder ${absolute}.`);
}
