import { DiagnosticSeverity, languages } from "vscode";
import type { Diagnostic, Uri } from "vscode";
import type { CodeProblem, ProblemSeverity } from "../../core/context/contextItem";
import { shiftLines } from "../../core/context/shiftLines";
import type { LineRange } from "../../core/context/shiftLines";
import { succeed } from "../../core/dispatch/failure";
import { displayPath } from "../editor/codeTarget";
import type { ContextSource } from "./contextSource";
import { refuse } from "./workspacePlace";

/** More of them mostly repeat each other. */
const mostProblems = 40;

/** The problems that the editor reports in a document, or in some of its lines, zero-based; the worst first. */
export function problemsSource(uri: Uri, lines?: LineRange): ContextSource {
  const path = displayPath(uri);
  let within = lines;
  return {
    uri,
    about: () => (within === undefined ? {} : { lines: within }),
    shift(change) {
      within &&= shiftLines(within, change) ?? within;
    },
    read() {
      const problems = languages
        .getDiagnostics(uri)
        .filter(({ range }) => within === undefined || touches(range, within))
        .toSorted(
          (one, other) =>
            one.severity - other.severity || one.range.start.line - other.range.start.line,
        )
        .map(problemOf);
      if (problems.length === 0) return Promise.resolve(refuse(path, "noProblems"));
      return Promise.resolve(
        succeed({
          kind: "problems",
          uri: uri.toString(),
          path,
          problems: problems.slice(0, mostProblems),
          problemsLeftOut: Math.max(0, problems.length - mostProblems),
        }),
      );
    },
  };
}

function touches({ start, end }: Diagnostic["range"], lines: LineRange): boolean {
  return start.line <= lines.endLine && end.line >= lines.startLine;
}

const severities: Readonly<Record<DiagnosticSeverity, ProblemSeverity>> = {
  [DiagnosticSeverity.Error]: "error",
  [DiagnosticSeverity.Warning]: "warning",
  [DiagnosticSeverity.Information]: "information",
  [DiagnosticSeverity.Hint]: "hint",
};

function problemOf({ severity, message, range, source }: Diagnostic): CodeProblem {
  return {
    severity: severities[severity],
    message,
    line: range.start.line + 1,
    ...(source !== undefined && { source }),
  };
}
