/** What a slash command asks in the user's name; their own words follow it. */
export const slashPrompts = {
  "/fix": "Fix the errors and bugs in this code.",
  "/tests": "Write tests for this code.",
  "/docs":
    "Add documentation comments to this code, in the style of its language. Change nothing else.",
  "/review":
    "Review this. List errors, risks and unclear places, the most severe first, each with its line; leave out praise.",
  "/commit":
    "Write a commit message for these changes: a subject of at most 72 characters in the imperative, an empty line, then what changed and why. Answer with the message in one fenced block and nothing else.",
} as const;

/** The prompt with the user's words. */
export function slashPrompt(command: keyof typeof slashPrompts, words: string): string {
  return words === "" ? slashPrompts[command] : `${slashPrompts[command]} ${words}`;
}
