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

/** Asks for tests where the project has them; `importFrom` is how the test file names the code's. */
export function testsPrompt(
  plan: TestPlan | undefined,
  details: { readonly source: string; readonly importFrom: string | undefined },
  words: string,
): string {
  if (plan === undefined) return slashPrompt("/tests", joined("Put them into a new file.", words));
  const { path, exists, framework, example } = plan;
  const { source, importFrom } = details;
  const parts = [
    `Use ${framework}.`,
    placeOf(plan, source),
    importFrom === undefined || path === source ? "" : `Import the code from "${importFrom}".`,
    example === undefined || exists ? "" : `Write them in the style of ${example}.`,
    words,
  ];
  return slashPrompt("/tests", joined(...parts));
}

function placeOf({ path, exists }: TestPlan, source: string): string {
  if (path === source) return `Put them into a module for tests at the end of ${path}.`;
  return exists ? `Add them to ${path}, which is shown.` : `Put them into the new file ${path}.`;
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" ");
}
