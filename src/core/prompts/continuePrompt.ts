/** Asks for the rest of an answer that broke off; it is joined to the text without anything between. */
export const continuePrompt =
  "Your answer broke off. Continue exactly where it stops, in mid-word if need be. Repeat nothing, add no introduction.";
