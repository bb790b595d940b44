import { commands } from "vscode";

const reviewingContext = "groqCoder.reviewing";

/** Lets the keys and the title's buttons of a review work, or not. Not waited for: the window does all in order. */
export function createReviewKeys(): (work: boolean) => void {
  let works = false;
  return (work) => {
    if (work === works) return;
    works = work;
    void commands.executeCommand("setContext", reviewingContext, work);
  };
}
