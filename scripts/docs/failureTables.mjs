import { markdownTable } from "./markdownTable.mjs";

/** @import { ExampleFailure, Explain, ExplainName, SourceFacts } from "./sourceFacts.mjs" */

/** @type {readonly (readonly [string, readonly ExplainName[]])[]} */
const TOPICS = [
  ["Key and account", ["explainAccountFailure"]],
  ["Limits and budget", ["explainLimitFailure", "explainBudgetFailure"]],
  ["Model and request", ["explainRequestFailure"]],
  ["Connection", ["explainWayFailure", "explainEnd"]],
  ["What goes along with a message", ["explainContextFailure"]],
  ["Edits", ["explainEditorFailure"]],
  ["History and data", ["explainHistoryFailure", "explainStoreFailure"]],
];

/** What only examples contain, such as the words of a service. */
const EXAMPLES =
  /Words of the service\.|\blocked\b|text\/html|<html>|The disk is full\.|There is no such file\./g;
const VALUES = /a\.ts|tokens a day|\b\d+ (?:h|min|s)(?: \d+ (?:min|s))?\b/g;

/** Where the program adds nothing to what it was told. */
const OTHERS_WORDS = "The cause, in the words of the service or the system.";

/**
 * Every failure that the program can explain, with its ways out, by topic.
 * @param {SourceFacts} facts
 */
export function failureTables(facts) {
  const examples = Object.values(facts.failureExamples).flat();
  const left = new Set(Object.keys(facts.failureExamples));
  const parts = TOPICS.map(([title, names]) => {
    const rows = rowsOf(
      names.map((name) => facts[name]),
      examples,
      left,
    );
    const table = markdownTable(["you see", "what it means", "ways out"], rows);
    return `### ${title}\n\n${table}`;
  });
  if (left.size > 0) throw new Error(`no topic explains ${[...left].join(", ")}`);
  return { failures: parts.join("\n\n") };
}

/**
 * One row for each title; the second provider's are like Groq's.
 * @param {readonly Explain[]} explains
 * @param {readonly ExampleFailure[]} examples
 * @param {Set<string>} left the kinds that are still without a row
 */
function rowsOf(explains, examples, left) {
  /** @type {Map<string, { details: Set<string>, actions: Set<string> }>} */
  const rows = new Map();
  for (const example of examples.filter(({ provider }) => provider === undefined)) {
    const said = explains.map((explain) => explain(example)).find((words) => words !== undefined);
    if (said === undefined) continue;
    left.delete(example.kind);
    const title = tidy(said.title);
    const row = rows.get(title) ?? { details: new Set(), actions: new Set() };
    row.details.add(tidy(said.detail) || OTHERS_WORDS);
    for (const { label } of said.actions) row.actions.add(label.replace(/ \(.*\)$/, ""));
    rows.set(title, row);
  }
  return [...rows].map(([title, { details, actions }]) => [
    title,
    distinct([...details]).join("<br>"),
    actions.size === 0 ? "–" : [...actions].join(", "),
  ]);
}

/** Without what another one says, too. */
function distinct(/** @type {readonly string[]} */ texts) {
  return texts.filter((text) => !texts.some((other) => other !== text && other.includes(text)));
}

function tidy(/** @type {string} */ text) {
  return text
    .replace(EXAMPLES, "")
    .replace(VALUES, "…")
    .replaceAll("…, …", "…")
    .replace(/ \(…\)$|(?<=\.) …$/, "")
    .trim();
}
