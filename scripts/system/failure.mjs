/** An expected failure, told to the person at the terminal as the one sentence in `message`. */
export class Failure extends Error {
  /** @param {string} message a whole sentence: what could not be done, and what helps */
  constructor(message) {
    super(message);
    this.name = "Failure";
  }
}

/**
 * Puts anything thrown into one line.
 * @param {unknown} error
 * @returns {string}
 */
export function messageOf(error) {
  const text = error instanceof Error ? error.message : String(error);
  return text.trim().split("\n")[0] ?? "";
}
