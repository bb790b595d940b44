/**
 * A table in Markdown; bars and line breaks in cells are escaped.
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
export function markdownTable(head, rows) {
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function line(/** @type {readonly string[]} */ cells) {
  return `| ${cells.map(cell).join(" | ")} |`;
}

function cell(/** @type {string} */ text) {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
