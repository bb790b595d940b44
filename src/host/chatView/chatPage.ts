import { l10n } from "vscode";
import type { Uri, Webview } from "vscode";
import type { ChatWords } from "../../protocol/chatWords";
import { webviewPage } from "../webviewPage";
import type { PageFiles } from "../webviewPage";

/** The page of a chat webview. */
export function chatPage(webview: Webview, extensionUri: Uri, files: PageFiles): string {
  return webviewPage(webview, extensionUri, {
    title: "Groq Coder",
    files,
    words: chatWords(),
  });
}

function chatWords(): ChatWords {
  return {
    message: l10n.t("Message"),
    placeholder: l10n.t("Ask about your code"),
    send: l10n.t("Send"),
    stop: l10n.t("Stop"),
    newChat: l10n.t("New chat"),
    you: l10n.t("You"),
    assistant: "Groq Coder",
    thinking: l10n.t("Thinking"),
    transcript: l10n.t("Conversation"),
    sessionCost: l10n.t("Session cost"),
    nextRequest: l10n.t("Next request"),
    model: l10n.t("Model"),
    effort: l10n.t("Reasoning effort"),
    answerLength: l10n.t("Answer length"),
    automatic: l10n.t("Current code"),
    instructions: l10n.t("Instructions"),
    addContext: l10n.t("Add context"),
    remove: l10n.t("Remove {0}"),
    queued: l10n.t("Next: {0}"),
    queuedName: l10n.t("queued message"),
    suggestions: l10n.t("Suggestions"),
    copy: l10n.t("Copy"),
    copied: l10n.t("Copied"),
    insert: l10n.t("Insert"),
    newFile: l10n.t("New file"),
    apply: l10n.t("Apply"),
    code: l10n.t("Code"),
    table: l10n.t("Table"),
    showMoreText: l10n.t("Show more ({0} characters left)"),
    showMoreParts: l10n.t("Show more ({0} parts left)"),
    hiddenCharacters: l10n.t("Contains hidden characters"),
    retry: l10n.t("Retry"),
    retryWith: l10n.t("Ask another model"),
    edit: l10n.t("Edit"),
    editMessage: l10n.t("Edited question"),
    resend: l10n.t("Ask again"),
    cancel: l10n.t("Cancel"),
    previousVersion: l10n.t("Previous version"),
    nextVersion: l10n.t("Next version"),
    summary: l10n.t("Summary of the messages above, sent in their place"),
    notSent: l10n.t("Earlier messages are not sent"),
    removeSummary: l10n.t("Remove summary"),
    continueAnswer: l10n.t("Continue"),
    review: l10n.t("Review"),
    accept: l10n.t("Accept"),
    reject: l10n.t("Reject"),
    proposal: l10n.t("Proposed edit"),
    welcome: l10n.t("Welcome to Groq Coder"),
    emptyTitle: l10n.t("Ask, explain, refactor"),
    emptyHint: l10n.t(
      "Type a question, or select code and choose Explain or Refactor from its context menu.",
    ),
  };
}
