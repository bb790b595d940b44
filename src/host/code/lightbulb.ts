import { CodeAction, CodeActionKind, CodeActionTriggerKind, l10n, languages } from "vscode";
import type { CodeActionContext, Disposable, Range, TextDocument } from "vscode";
import { isMadeUp } from "../editor/proposalDocuments";

/** Schemes of documents that are only shown and cannot be edited. */
const shownOnly = new Set([
  "git",
  "output",
  "debug",
  "comment",
  "search-editor",
  "vscode-terminal",
]);

/**
 * The commands behind the editor's lightbulb: a quick fix where the editor reports a problem, edits where code is
 * selected or the user asks for actions. Nothing is sent before one is chosen.
 */
export function registerLightbulb(): Disposable {
  return languages.registerCodeActionsProvider(
    "*",
    { provideCodeActions },
    { providedCodeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite] },
  );
}

export function provideCodeActions(
  document: TextDocument,
  range: Range,
  { diagnostics, only, triggerKind }: CodeActionContext,
): CodeAction[] {
  if (shownOnly.has(document.uri.scheme) || isMadeUp(document.uri)) return [];
  const asked = triggerKind === CodeActionTriggerKind.Invoke || !range.isEmpty;
  const fixes = diagnostics.length > 0 ? [fix(document, range, diagnostics)] : [];
  const rewrites = asked ? [edit(document, range), comment(document, range)] : [];
  return [...fixes, ...rewrites].filter(
    ({ kind }) => only === undefined || (kind !== undefined && only.contains(kind)),
  );
}

function fix(
  document: TextDocument,
  range: Range,
  diagnostics: CodeActionContext["diagnostics"],
): CodeAction {
  const all = diagnostics.reduce((sum, diagnostic) => sum.union(diagnostic.range), range);
  const action = actionFor(document, all, {
    command: "groqCoder.fixSelection",
    title: l10n.t("Fix with Groq Coder"),
    kind: CodeActionKind.QuickFix,
  });
  action.diagnostics = [...diagnostics];
  return action;
}

function edit(document: TextDocument, range: Range): CodeAction {
  return actionFor(document, range, {
    command: "groqCoder.editSelection",
    title: l10n.t("Edit with Groq Coder…"),
    kind: CodeActionKind.RefactorRewrite,
  });
}

function comment(document: TextDocument, range: Range): CodeAction {
  return actionFor(document, range, {
    command: "groqCoder.documentSelection",
    title: l10n.t("Document with Groq Coder"),
    kind: CodeActionKind.RefactorRewrite,
  });
}

function actionFor(
  { uri }: TextDocument,
  { start, end }: Range,
  {
    command,
    title,
    kind,
  }: { readonly command: string; readonly title: string; readonly kind: CodeActionKind },
): CodeAction {
  const action = new CodeAction(title, kind);
  const target = { uri: uri.toString(), range: { start: place(start), end: place(end) } };
  action.command = { command, title, arguments: [target] };
  return action;
}

/** Plain data, as the command takes it. */
function place({ line, character }: Range["start"]) {
  return { line, character };
}
