/** Asks for the rest of an answer that broke off; the two are joined with nothing between them. */
export const continuePrompt =
  "Your answer broke off. Continue exactly where it stops, in mid-word if need be. Repeat nothing, add no introduction.";
