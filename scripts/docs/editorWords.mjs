/**
 * Stands for the editor where the words of failures are looked up: what an example puts into a sentence is left
 * open, other sentences and numbers in it stay.
 */

/** @type {Set<unknown>} */
const sentences = new Set(["Groq"]);

export const env = { language: "en" };

export const l10n = {
  /**
   * @param {string} message
   * @param {unknown[]} values
   */
  t(message, ...values) {
    const said = message.replace(/\{(\d+)\}/g, (_, index) => open(values[Number(index)]));
    sentences.add(said);
    return said;
  },
};

function open(/** @type {unknown} */ value) {
  if (value === "") return "";
  return typeof value === "number" || sentences.has(value) ? String(value) : "…";
}
