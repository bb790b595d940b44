import type { LastLetters } from "../src/protocol/composerMessages";

/**
 * The text of the message box, saved where a reload at the same moment cannot lose it, while a message to the host may
 * still be on its way. The browser keeps it as long as its tab, and the host decides what happens with it.
 */
const key = "groqCoder.lastLetters";

/** The same tab may later show another folder; "" until the host has said which window this is. */
let ownWindow = "";

export function readLastLetters(): LastLetters | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? "null");
    return isLastLetters(kept) ? { window: kept.window, text: kept.text } : undefined;
  } catch {
    // Without session storage the host has everything but the last letters.
    return undefined;
  }
}

export function writeLastLetters(text: string): void {
  try {
    if (text === "") sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify({ window: ownWindow, text }));
  } catch {
    // Likewise.
  }
}

export function setOwnWindow(name: string): void {
  ownWindow = name;
}

function isLastLetters(value: unknown): value is LastLetters {
  return (
    typeof value === "object" &&
    value !== null &&
    "window" in value &&
    typeof value.window === "string" &&
    "text" in value &&
    typeof value.text === "string"
  );
}
