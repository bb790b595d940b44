import { commands } from "vscode";

const reviewingContext = "groqCoder.reviewing";

/** Enables or disables the keys and the title buttons of a review. Not awaited: the window does everything in order. */
export function createReviewKeys(): (work: boolean) => void {
  let works = false;
  return (work) => {
    if (work === works) return;
    works = work;
    void commands.executeCommand("setContext", reviewingContext, work);
  };
}
