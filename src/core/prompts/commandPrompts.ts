import { onOneLine } from "../context/fence";
import type { TestPlan } from "../context/testConventions";
import { slashPrompt } from "./slashPrompts";

/** Asks to fix the problems that the editor reported or, where there were none, whatever is wrong. */
export function fixPrompt(reported: boolean, words: string): string {
  const about = reported ? "Its problems are listed above." : "If there are none, say so.";
  return slashPrompt("/fix", joined(about, words));
}

/** Asks for documentation comments; `languageId` is the editor's name of the language. */
export function documentPrompt(languageId: string, words: string): string {
  const style = commentStyles[languageId];
  return slashPrompt("/docs", joined(style === undefined ? "" : `Use ${style}.`, words));
}

const commentStyles: Readonly<Record<string, string>> = {
  c: "Doxygen comments",
  cpp: "Doxygen comments",
  csharp: "XML documentation comments (///)",
  go: "Go doc comments, which begin with the name",
  java: "Javadoc",
  javascript: "JSDoc",
  javascriptreact: "JSDoc",
  kotlin: "KDoc",
  php: "PHPDoc",
  python: "docstrings",
  ruby: "YARD comments",
  rust: "/// comments",
  swift: "/// comments",
  typescript: "TSDoc",
  typescriptreact: "TSDoc",
};

/** What is known of the code that tests are for. */
export interface TestedCode {
  readonly path: string;
  /** How the test file names it. */
  readonly importFrom: string | undefined;
  /** It has a module for tests already, in languages in which tests are part of the code. */
  readonly hasTests: boolean;
}

/** Asks for tests where the project has them. */
export function testsPrompt(plan: TestPlan | undefined, code: TestedCode, words: string): string {
  if (plan === undefined) return slashPrompt("/tests", joined("Put them into a new file.", words));
  const { path, exists, framework, example } = plan;
  const { importFrom } = code;
  const parts = [
    `Use ${framework}.`,
    placeOf(plan, code),
    importFrom === undefined || path === code.path
      ? ""
      : `Import the code from "${onOneLine(importFrom)}".`,
    example === undefined || exists ? "" : `Write them in the style of ${named(example)}.`,
    words,
  ];
  return slashPrompt("/tests", joined(...parts));
}

function placeOf({ path, exists }: TestPlan, code: TestedCode): string {
  if (path === code.path && code.hasTests)
    return `Add them to the module for tests in ${named(path)}.`;
  if (path === code.path) return `Put them into a module for tests at the end of ${named(path)}.`;
  return exists
    ? `Add them to ${named(path)}, which is shown.`
    : `Put them into the new file ${named(path)}.`;
}

/** A file of the project may have a sentence for its name: in quotes, it is a name. */
function named(path: string): string {
  return /^[\w./@+~#-]+$/.test(path) ? path : JSON.stringify(onOneLine(path));
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" ");
}
