import { readFileSync } from "node:fs";
import { inRoot } from "../system/layout.mjs";
import { markdownTable } from "./markdownTable.mjs";

/** @typedef {{ command: string, title: string, category: string }} ManifestCommand */
/** @typedef {{ default: unknown, markdownDescription: string, enum?: string[], order: number }} ManifestSetting */

/**
 * The part of package.json that is read here.
 * @typedef {{ contributes: {
 *   commands: ManifestCommand[],
 *   configuration: { properties: Record<string, ManifestSetting> },
 * } }} Manifest
 */

/** @returns {Record<string, unknown>} */
function readJson(/** @type {string} */ name) {
  return JSON.parse(readFileSync(inRoot(name), "utf8"));
}

/** The README's tables, from the manifest and its English words: by name, as Markdown. */
export function manifestTables() {
  const { contributes } = /** @type {Manifest} */ (readJson("package.json"));
  const words = /** @type {Record<string, string>} */ (readJson("package.nls.json"));
  const say = (/** @type {string} */ text) =>
    text.replace(/^%(.+)%$/, (_, key) => words[key] ?? text);
  return {
    commands: commandTable(contributes.commands, say),
    settings: settingTable(contributes.configuration.properties, say),
  };
}

/**
 * @param {ManifestCommand[]} commands
 * @param {(text: string) => string} say
 */
function commandTable(commands, say) {
  return markdownTable(
    ["in the palette", "id"],
    commands.map(({ command, title, category }) => [`${category}: ${say(title)}`, code(command)]),
  );
}

/**
 * @param {Record<string, ManifestSetting>} settings
 * @param {(text: string) => string} say
 */
function settingTable(settings, say) {
  const rows = Object.entries(settings)
    .toSorted(([, left], [, right]) => left.order - right.order)
    .map(([name, setting]) => {
      const choices = setting.enum ? ` One of ${setting.enum.map(code).join(", ")}.` : "";
      return [code(name), code(setting.default), `${say(setting.markdownDescription)}${choices}`];
    });
  return markdownTable(["setting", "default", "what it does"], rows);
}

function code(/** @type {unknown} */ value) {
  if (value === "") return "empty";
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}
