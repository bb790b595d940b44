import path from "node:path";
import { installOnce } from "./installation.mjs";

/** The version that the editor of `editor.mjs` is made for; the package that carries the editor leaves it out. */
const PACKAGE = { name: "typescript", version: "6.0.3" };

/**
 * What the embedded editor knows JavaScript and TypeScript by, installed when it is missing: without it the editor reports
 * an error with the first such file, and finds no functions.
 * @returns {Promise<string>} the folder for the editor's setting `typescript.tsdk`
 */
export async function provideTypeScript() {
  const folder = await installOnce({ ...PACKAGE, what: "the editor's TypeScript" });
  return path.join(folder, "node_modules", PACKAGE.name, "lib");
}
