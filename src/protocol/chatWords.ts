/** The chat's own words, translated by the host and written into the page. */
export interface ChatWords {
  readonly message: string;
  readonly placeholder: string;
  readonly send: string;
  readonly stop: string;
  readonly newChat: string;
  readonly you: string;
  readonly assistant: string;
  readonly thinking: string;
  readonly transcript: string;
  readonly sessionCost: string;
  readonly nextRequest: string;
  readonly model: string;
  readonly effort: string;
  readonly answerLength: string;
  readonly automatic: string;
  readonly instructions: string;
  readonly addContext: string;
  /** `{0}` is the name of what is taken away. */
  readonly remove: string;
  /** `{0}` is the message. */
  readonly queued: string;
  readonly queuedName: string;
  readonly suggestions: string;
  readonly copy: string;
  readonly copied: string;
  readonly insert: string;
  readonly newFile: string;
  readonly apply: string;
  readonly code: string;
  readonly table: string;
  /** `{0}` is a number of characters or parts. */
  readonly showMoreText: string;
  readonly showMoreParts: string;
  readonly hiddenCharacters: string;
  readonly retry: string;
  readonly retryWith: string;
  readonly edit: string;
  readonly editMessage: string;
  readonly resend: string;
  readonly cancel: string;
  readonly previousVersion: string;
  readonly nextVersion: string;
  /** Names of the marks that show which part of the conversation is sent. */
  readonly summary: string;
  readonly notSent: string;
  readonly removeSummary: string;
  readonly continueAnswer: string;
  readonly review: string;
  readonly accept: string;
  readonly reject: string;
  readonly proposal: string;
  readonly welcome: string;
  readonly emptyTitle: string;
  readonly emptyHint: string;
}
