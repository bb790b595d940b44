import { l10n, Range, window, workspace } from "vscode";
import type { CodeCommandParts } from "./codeQuestion";
import type { CommandResult } from "./commandResult";
import { editSelection } from "./editSelection";

/** Code to try an edit on where none is at hand, with enough in it to improve. */
const sample = [
  "function total(items) {",
  "  let sum = 0;",
  "  for (let i = 0; i < items.length; i++) {",
  "    sum = sum + items[i].price * items[i].quantity;",
  "  }",
  "  return sum;",
  "}",
];

/** Opens a sample as an untitled document, with its function selected, and asks what to change in it. */
export async function editSample(parts: CodeCommandParts): Promise<CommandResult> {
  const hint = l10n.t('Try "use reduce", or "take 10 % off orders above 100".');
  // Below the function, because the input box covers the first lines.
  const content = [...sample, "", `// ${hint}`, ""].join("\n");
  const document = await workspace.openTextDocument({ language: "javascript", content });
  const range = new Range(0, 0, sample.length - 1, sample.at(-1)?.length ?? 0);
  await window.showTextDocument(document, { selection: range });
  return editSelection(parts, { uri: document.uri, range }, undefined);
}
